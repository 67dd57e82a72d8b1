import type { Ratio } from '../money/ratio.js';
import { addDays, periodOf, quarterOf, yearOf, type Day } from '../program/calendar.js';
import type { DealFacts, Facts, Instant, PartnerTerms, PaymentFacts, RegistrationFacts } from './facts.js';
import type { PlanVersion } from './plan.js';
import { versionForPartner, versionInForce } from './plan-versions.js';

/** A deal that is won, with the moment that makes this win a different one from a later win of the same deal. */
export interface WonDeal extends DealFacts {
  readonly wonAt: Instant;
  readonly wonOn: Day;
}

/** A payment and which of its deal's it is, from 1. */
export interface NumberedPayment extends PaymentFacts {
  readonly number: number;
}

/** The facts with what is looked up in them again and again. */
export interface Scope {
  readonly facts: Facts;
  /** The version that holds for a partner on a day. */
  readonly versionFor: (partnerId: string, day: Day) => PlanVersion | null;
  readonly daysAfter: (day: Day, days: number) => Day;
  readonly registrationsOf: (dealId: string) => readonly RegistrationFacts[];
  readonly paymentsOf: (dealId: string) => readonly NumberedPayment[];
  readonly refundsOf: (dealId: string) => readonly PaymentFacts[];
  /** What a partner was on a day; null when nothing is known of it. */
  readonly termsOf: (partnerId: string, day: Day) => PartnerTerms | null;
  /** A partner's metric for the month a day lies in, or for its quarter, or for its year; null when none of them is known. */
  readonly metricOf: (partnerId: string, name: string, day: Day) => Ratio | null;
}

const none: readonly never[] = [];

export function scopeOf(facts: Facts): Scope {
  const registrations = grouped(facts.registrations, ({ dealId }) => dealId);
  const money = moneyByDeal(facts);
  const payments = new Map([...money].map(([dealId, all]) => [dealId, numbered(all)]));
  const metrics = new Map(facts.metrics.map((one) => [`${one.partnerId}|${one.name}|${one.period}`, one.value]));
  const termsOf: Scope['termsOf'] = (partnerId, day) =>
    facts.partners.get(partnerId)?.terms.findLast(({ since }) => since <= day) ?? null;
  return {
    facts,
    termsOf,
    registrationsOf: (dealId) => registrations.get(dealId) ?? none,
    paymentsOf: (dealId) => payments.get(dealId) ?? none,
    refundsOf: (dealId) => money.get(dealId)?.filter(({ kind }) => kind === 'refund') ?? none,
    versionFor: versionLookup(facts, termsOf),
    daysAfter: daysLookup(),
    metricOf: (partnerId, name, day) => {
      const periods = [periodOf(day), quarterOf(day), yearOf(day)];
      const period = periods.find((one) => metrics.has(`${partnerId}|${name}|${one}`));
      return period === undefined ? null : (metrics.get(`${partnerId}|${name}|${period}`) ?? null);
    },
  };
}

export function isWon(deal: DealFacts): deal is WonDeal {
  return deal.outcome === 'won' && !deal.archived && deal.wonAt !== null && deal.wonOn !== null;
}

/** Whether a partner was in the program when something happened: a moment, or a day where no more is known. */
export function takesPart({ facts }: Scope, partnerId: string, { at }: { readonly at: Instant }): boolean {
  const partner = facts.partners.get(partnerId);
  return partner !== undefined && (partner.deactivatedAt === null || partner.deactivatedAt > at);
}

/** Where every plan is the program's, the day alone decides; otherwise who the partner is does, too. */
function versionLookup({ planVersions }: Facts, termsOf: Scope['termsOf']): Scope['versionFor'] {
  const known = new Map<string, PlanVersion | null>();
  if (planVersions.every(({ plan }) => plan.audience.kind === 'program')) {
    return (_partnerId, day) => {
      const found = known.get(day);
      return found === undefined ? remembered(known, day, () => versionInForce(planVersions, day)) : found;
    };
  }
  return (partnerId, day) => {
    const tier = termsOf(partnerId, day)?.tier ?? null;
    const find = (): PlanVersion | null => versionForPartner(planVersions, { partnerId, tier }, day);
    return remembered(known, JSON.stringify([day, partnerId, tier]), find);
  };
}

/** The same few days are asked for by every line, and the calendar is slow. */
function daysLookup(): Scope['daysAfter'] {
  const known = new Map<number, Map<Day, Day>>();
  return (day, count) => {
    const after = remembered(known, count, () => new Map<Day, Day>());
    return after.get(day) ?? remembered(after, day, () => addDays(day, count));
  };
}

/** Payments and refunds by their deal: the one they name, or the one of the registration they name. What is yet to come is not there. */
function moneyByDeal({ payments, registrations, asOf }: Facts): ReadonlyMap<string, readonly PaymentFacts[]> {
  if (payments.length === 0) return new Map();
  const dealOf = new Map(registrations.map(({ id, dealId }) => [id, dealId]));
  const received = payments.filter(({ receivedOn }) => receivedOn <= asOf);
  return grouped(received, ({ dealId, registrationId }) => dealId ?? dealOf.get(registrationId ?? '') ?? null);
}

function numbered(money: readonly PaymentFacts[]): readonly NumberedPayment[] {
  return money.filter(({ kind }) => kind === 'payment').map((payment, index) => ({ ...payment, number: index + 1 }));
}

function grouped<T>(things: readonly T[], groupOf: (thing: T) => string | null): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groupOf(thing);
    if (group !== null) remembered(groups, group, () => []).push(thing);
  }
  return groups;
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, find: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = find();
  known.set(key, value);
  return value;
}
