import { addDays, type Day } from '../program/calendar.js';
import type { DealFacts, Facts, Instant, RegistrationFacts } from './facts.js';
import type { PlanVersion } from './plan.js';
import { versionInForce } from './plan-versions.js';

/** A deal that is won, with the moment that makes this win a different one from a later win of the same deal. */
export interface WonDeal extends DealFacts {
  readonly wonAt: Instant;
  readonly wonOn: Day;
}

/** The facts with what is looked up in them again and again. */
export interface Scope {
  readonly facts: Facts;
  readonly versionOn: (day: Day) => PlanVersion | null;
  readonly daysAfter: (day: Day, days: number) => Day;
  readonly registrationsOf: (dealId: string) => readonly RegistrationFacts[];
}

export function scopeOf(facts: Facts): Scope {
  const versions = new Map<Day, PlanVersion | null>();
  const days = new Map<string, Day>();
  const registrations = new Map<string, RegistrationFacts[]>();
  for (const registration of facts.registrations) {
    if (registration.dealId === null) continue;
    remembered(registrations, registration.dealId, () => []).push(registration);
  }
  return {
    facts,
    registrationsOf: (dealId) => registrations.get(dealId) ?? [],
    versionOn: (day) => remembered(versions, day, () => versionInForce(facts.planVersions, day)),
    daysAfter: (day, count) => remembered(days, `${day}+${count}`, () => addDays(day, count)),
  };
}

export function isWon(deal: DealFacts): deal is WonDeal {
  return deal.outcome === 'won' && !deal.archived && deal.wonAt !== null && deal.wonOn !== null;
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, find: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = find();
  known.set(key, value);
  return value;
}
