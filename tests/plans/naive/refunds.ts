import { baseOfDeal, type Amount } from './bases.js';
import { paymentsOf, refundsOf, type Event } from './credited.js';
import { Fraction, nothing, sumOf, whole } from './fraction.js';
import { exchanged, rateOn, type World } from './world.js';

/** The share that is left of what an event earned, after everything the customer got back. Never less than nothing. */
export function shareLeft(world: World, event: Event): Fraction {
  const given = event.payment === null ? givenOfDeal(world, event) : givenOfPayment(world, event);
  const left = whole.minus(given);
  return left.isBelow(nothing) ? nothing : left;
}

/** A refund takes back refund over won amount; where the deal has none, over everything the customer paid. */
function givenOfDeal(world: World, { deal, on }: Event): Fraction {
  if (deal === null) return nothing;
  const refunds = refundsOf(world, deal.id);
  if (refunds.length === 0) return nothing;
  const worth = baseOfDeal(deal, 'amount') ?? paidFor(world, deal.id);
  // Silent: of a deal of which nothing is known at all, any refund is a refund of the whole.
  if (worth === null) return whole;
  return sumOf(
    refunds.map((refund) => {
      // Silent: a refund in a currency that has no rate takes nothing back until there is one.
      const rate = rateOn(world, refund.currency, worth.currency, on);
      if (rate === null) return nothing;
      return exchanged(Fraction.of(refund.amountMinor), refund.currency, worth.currency, rate).over(worth.minor);
    }),
  );
}

/** Silent: where the customer paid in several currencies, that of its first payment counts. */
function paidFor(world: World, dealId: string): Amount | null {
  const payments = paymentsOf(world, dealId);
  const currency = payments[0]?.currency;
  if (currency === undefined) return null;
  const same = payments.filter((payment) => payment.currency === currency);
  return { currency, minor: sumOf(same.map(({ amountMinor }) => Fraction.of(amountMinor))) };
}

/**
 * What of a payment was given back. A refund takes from the payment it names; afterwards those that name none take, in their
 * order, from the latest payments of their currency that came on or before their day.
 */
function givenOfPayment(world: World, { deal, payment }: Event): Fraction {
  if (deal === null || payment === null) return nothing;
  const payments = paymentsOf(world, deal.id);
  const rest = new Map(payments.map(({ id, amountMinor }) => [id, amountMinor]));
  const refunds = refundsOf(world, deal.id);
  const named = refunds.filter(({ refundOf }) => refundOf !== null);
  const unnamed = refunds.filter(({ refundOf }) => refundOf === null);
  for (const refund of [...named, ...unnamed]) {
    let wanted = refund.amountMinor;
    for (const one of payments.toReversed()) {
      const isMeant = refund.refundOf === null ? one.receivedOn <= refund.receivedOn : one.id === refund.refundOf;
      if (!isMeant || one.currency !== refund.currency) continue;
      const room = rest.get(one.id) ?? 0n;
      const taken = room < wanted ? room : wanted;
      rest.set(one.id, room - taken);
      wanted -= taken;
    }
  }
  return Fraction.of(payment.amountMinor - (rest.get(payment.id) ?? 0n), payment.amountMinor);
}
