import { isCurrency, type Currency } from '../money/currency.js';
import { readAmount, formatAmount } from '../money/money.js';
import { add, compareRatios, formatRatio, multiply, ratio, subtract, type Ratio } from '../money/ratio.js';
import type { TakeBack } from './draft-line.js';
import { inCurrency } from './exchange.js';
import type { DealFacts, PaymentFacts } from './facts.js';
import type { Evidence, FlagKind } from './gate.js';
import type { NumberedPayment, Scope, WonDeal } from './scope.js';

const zero = ratio(0n);
const one = ratio(1n);

function keyOfRefund(refundId: string): string {
  return `refund|${refundId}`;
}

/** A refund that takes nothing back for now, which somebody should know. */
export interface IdleRefund {
  readonly flag: FlagKind;
  readonly evidence: Evidence;
}

/** What refunds take back, and those of them that wait for something to be mended. */
export interface RefundsOfWin {
  readonly takeBacks: readonly TakeBack[];
  readonly idle: readonly IdleRefund[];
}

/**
 * What refunds take back of what was earned by winning a deal: each its share of the won amount, together never more than all of
 * it (design section 3). Where the deal has no amount, of what the customer has paid. One in a currency without a rate waits.
 */
export function refundsOfWin(scope: Scope, deal: WonDeal): RefundsOfWin {
  const refunds = scope.refundsOf(deal.id);
  if (refunds.length === 0) return { takeBacks: [], idle: [] };
  const whole = wholeOf(scope, deal);
  const idle: IdleRefund[] = [];
  const takeBacks = sharesOf(refunds, (refund) => {
    if (whole === null) return one;
    // A refund uses the original rate (design section 3, exchange).
    const given = inCurrency(scope, refund, whole.currency, deal.wonOn);
    if (given !== null) return divided(given, whole.minor);
    const evidence = { payIn: whole.currency, currency: refund.currency, day: deal.wonOn };
    idle.push({ flag: 'exchange-rate-missing', evidence });
    return zero;
  });
  return { takeBacks, idle };
}

/** The refunds that name no payment, and before which the customer paid nothing in their currency: of what was paid they take nothing. */
export function refundsWithoutPayment(scope: Scope, dealId: string): readonly IdleRefund[] {
  const payments = scope.paymentsOf(dealId);
  return scope
    .refundsOf(dealId)
    .filter((refund) => refund.refundOf === null && !payments.some((payment) => isBefore(payment, refund)))
    .map(({ amountMinor, currency, receivedOn }) => ({
      flag: 'refund-without-payment',
      evidence: { amount: formatAmount(amountMinor, currency), currency, day: receivedOn },
    }));
}

function isBefore(payment: PaymentFacts, refund: PaymentFacts): boolean {
  return payment.receivedOn <= refund.receivedOn && payment.currency === refund.currency;
}

/** What refunds take back of what was earned by one payment. */
export function refundsOfPayment(scope: Scope, payment: NumberedPayment, dealId: string): readonly TakeBack[] {
  const refunds = scope.refundsOf(dealId);
  if (refunds.length === 0) return [];
  const given = givenBack(scope.paymentsOf(dealId), refunds).get(payment.id) ?? [];
  return sharesOf(
    given.map(({ refund }) => refund),
    (_refund, index) => ratio(given[index]?.minor ?? 0n, payment.amountMinor),
  );
}

interface GivenBack {
  readonly refund: PaymentFacts;
  readonly minor: bigint;
}

/**
 * Which payments the refunds give back: those they name, otherwise the latest of the same currency that came before them.
 * What goes beyond the payments gives back nothing more.
 */
function givenBack(
  payments: readonly NumberedPayment[],
  refunds: readonly PaymentFacts[],
): ReadonlyMap<string, readonly GivenBack[]> {
  const left = new Map(payments.map(({ id, amountMinor }) => [id, amountMinor]));
  const given = new Map<string, GivenBack[]>();
  const take = (payment: NumberedPayment, refund: PaymentFacts, wanted: bigint): bigint => {
    const room = left.get(payment.id) ?? 0n;
    const minor = wanted < room ? wanted : room;
    if (minor <= 0n) return 0n;
    left.set(payment.id, room - minor);
    given.set(payment.id, [...(given.get(payment.id) ?? []), { refund, minor }]);
    return minor;
  };
  const named = refunds.filter(({ refundOf }) => refundOf !== null);
  for (const refund of named) {
    const payment = payments.find(({ id }) => id === refund.refundOf);
    if (payment !== undefined && payment.currency === refund.currency) take(payment, refund, refund.amountMinor);
  }
  for (const refund of refunds.filter(({ refundOf }) => refundOf === null)) {
    let wanted = refund.amountMinor;
    const before = payments.filter((payment) => isBefore(payment, refund));
    for (const payment of before.toReversed()) wanted -= take(payment, refund, wanted);
  }
  return given;
}

/** One after the other, each with what is left of the whole after it. */
function sharesOf(
  refunds: readonly PaymentFacts[],
  shareOf: (refund: PaymentFacts, index: number) => Ratio,
): readonly TakeBack[] {
  let left = one;
  return refunds.map((refund, index) => {
    const rest = subtract(left, shareOf(refund, index));
    left = compareRatios(rest, zero) < 0 ? zero : rest;
    const after = left;
    const amount = `${formatAmount(refund.amountMinor, refund.currency)} ${refund.currency}`;
    return {
      occasion: keyOfRefund(refund.id),
      on: refund.receivedOn,
      sentence: `The customer got back ${amount} on ${refund.receivedOn}; ${percentText(after)} of the whole is left.`,
      left: after,
    };
  });
}

function wholeOf(scope: Scope, deal: DealFacts): { readonly minor: Ratio; readonly currency: Currency } | null {
  const { amount, currency } = deal;
  if (currency !== null && isCurrency(currency) && amount !== null) {
    const reading = readAmount(amount, currency);
    if (reading.kind === 'amount' && reading.minor.numerator > 0n) return { minor: reading.minor, currency };
  }
  const payments = scope.paymentsOf(deal.id);
  const [first] = payments;
  if (first === undefined) return null;
  const same = payments.filter((payment) => payment.currency === first.currency);
  return { minor: same.reduce((sum, { amountMinor }) => add(sum, ratio(amountMinor)), zero), currency: first.currency };
}

function divided(a: Ratio, b: Ratio): Ratio {
  return ratio(a.numerator * b.denominator, a.denominator * b.numerator);
}

function percentText(share: Ratio): string {
  return `${formatRatio(multiply(share, ratio(100n)))} %`;
}
