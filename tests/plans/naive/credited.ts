import type { DealFacts, PaymentFacts, RegistrationFacts } from '../../../src/plans/facts.js';
import { Fraction } from './fraction.js';
import { versionFor, wasThere, type VersionText, type World } from './world.js';

/** Something that happened for which somebody may earn. */
export interface Event {
  /** What names it in the book. */
  readonly occasion: string;
  readonly at: string;
  readonly on: string;
  readonly what: 'won' | 'payment' | 'approved';
  readonly deal: DealFacts | null;
  readonly registration: RegistrationFacts;
  readonly payment: (PaymentFacts & { readonly number: number }) | null;
  readonly partnerId: string;
  readonly version: VersionText;
  /** The partner's share of the deal, where each partner is paid by its own plan. */
  readonly ownShare: Fraction | null;
}

/** Everything that happened for which some plan may pay. */
export function eventsOf(world: World): Event[] {
  return [...world.facts.deals.flatMap((deal) => eventsOfDeal(world, deal)), ...approvals(world)];
}

function eventsOfDeal(world: World, deal: DealFacts): Event[] {
  const { wonAt, wonOn } = deal;
  if (deal.outcome !== 'won' || deal.archived || wonAt === null || wonOn === null) return [];
  const registration = creditedRegistration(world, deal, wonAt, wonOn);
  if (registration === null || !wasThere(world, registration.partnerId, wonAt)) return [];
  const version = versionOfRegistration(world, registration, wonOn);
  const events: Event[] = [];
  for (const party of partiesOf(world, registration, version, wonOn)) {
    const common = { deal, registration, partnerId: party.partnerId, ownShare: party.ownShare };
    if (party.version !== null && wasThere(world, party.partnerId, wonAt)) {
      const occasion = `won|${deal.id}|${wonAt}`;
      const won = { occasion, at: wonAt, on: wonOn, what: 'won', payment: null, version: party.version } as const;
      events.push({ ...common, ...won });
    }
    for (const payment of paymentsOf(world, deal.id)) {
      const then = versionOfPayment(world, party.partnerId, party.version, payment.receivedOn);
      if (then === null || !wasThere(world, party.partnerId, payment.receivedOn)) continue;
      const { receivedOn: on } = payment;
      const occasion = `payment|${payment.id}`;
      events.push({ ...common, occasion, at: on, on, what: 'payment', payment, version: then });
    }
  }
  return events;
}

/** Of those that were approved in time and protected, the one that was submitted first. */
function creditedRegistration(world: World, deal: DealFacts, wonAt: string, wonOn: string): RegistrationFacts | null {
  const standing = world.facts.registrations.filter((one) => {
    const { submittedAt, approvedAt, protectedUntil, endedAt } = one;
    if (one.dealId !== deal.id || submittedAt === null || approvedAt === null || protectedUntil === null) return false;
    if (endedAt !== null && endedAt <= wonAt) return false;
    const creditWhen = versionOfRegistration(world, one, wonOn)?.text.creditWhen ?? world.facts.program.creditWhen;
    return (creditWhen === 'approved' ? approvedAt : submittedAt) <= wonAt && wonOn <= protectedUntil;
  });
  let first: RegistrationFacts | null = null;
  for (const one of standing) {
    const isEarlier =
      first === null ||
      one.submittedAt! < first.submittedAt! ||
      (one.submittedAt === first.submittedAt && one.id < first.id);
    if (isEarlier) first = one;
  }
  return first;
}

/** The day it was won selects the version, or where the plan says so the day of registration. */
function versionOfRegistration(world: World, registration: RegistrationFacts, day: string): VersionText | null {
  const then = versionFor(world, registration.partnerId, day);
  if (registration.submittedOn === null) return then;
  // The specification does not say whose `versionBy` counts where the two days have different plans: either one that goes by
  // registration is enough, as the engine has it.
  const before = versionFor(world, registration.partnerId, registration.submittedOn);
  const isByRegistration = [then, before].some((one) => one?.text.versionBy === 'registered');
  return isByRegistration ? before : then;
}

/** RevShare keeps the version it started under, unless that goes by the day of payment. */
function versionOfPayment(world: World, partnerId: string, started: VersionText | null, day: string) {
  if (started !== null && started.text.versionBy !== 'paid') return started;
  const then = versionFor(world, partnerId, day);
  // Silent: under no plan at the win, a payment earns by a plan of its own day only where that goes by the day of payment.
  return started !== null || then?.text.versionBy === 'paid' ? then : null;
}

/** The partner of the registration, or where each is paid by its own plan everybody who shares in it. */
function partiesOf(world: World, registration: RegistrationFacts, version: VersionText | null, day: string) {
  const { partnerId, shares } = registration;
  if (version?.text.shareBy !== 'own-plans' || shares.length === 0) return [{ partnerId, version, ownShare: null }];
  return shares.map(({ partnerId: one, share }) => ({
    partnerId: one,
    version: one === partnerId ? version : versionFor(world, one, day),
    ownShare: Fraction.of(share.numerator, share.denominator),
  }));
}

/** A lead pays when it is approved, whoever was first and whatever becomes of it; not when it was rejected after all. */
function approvals(world: World): Event[] {
  return world.facts.registrations.flatMap((registration): Event[] => {
    const { id, partnerId, approvedAt: at, approvedOn: on, endedAt } = registration;
    if (at === null || on === null || endedAt !== null || !wasThere(world, partnerId, at)) return [];
    const version = versionOfRegistration(world, registration, on);
    if (version === null) return [];
    const deal = world.facts.deals.find((one) => one.id === registration.dealId) ?? null;
    const occasion = `approved|${id}`;
    return [
      { occasion, at, on, what: 'approved', deal, registration, payment: null, partnerId, version, ownShare: null },
    ];
  });
}

/** What the customer of a deal paid, in order, numbered from one. */
export function paymentsOf(world: World, dealId: string): (PaymentFacts & { readonly number: number })[] {
  return moneyOf(world, dealId)
    .filter(({ kind }) => kind === 'payment')
    .map((payment, index) => ({ ...payment, number: index + 1 }));
}

export function refundsOf(world: World, dealId: string): PaymentFacts[] {
  return moneyOf(world, dealId).filter(({ kind }) => kind === 'refund');
}

function moneyOf({ facts }: World, dealId: string): PaymentFacts[] {
  return facts.payments
    .filter((one) => {
      // What is yet to come has not happened.
      if (one.receivedOn > facts.asOf) return false;
      const registered = facts.registrations.find(({ id }) => id === one.registrationId)?.dealId;
      return (one.dealId ?? registered) === dealId;
    })
    .toSorted((a, b) => (a.receivedOn + a.id < b.receivedOn + b.id ? -1 : 1));
}
