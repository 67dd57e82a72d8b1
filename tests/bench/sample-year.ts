import type { Facts } from '../../src/plans/facts.js';
import type { Day } from '../../src/program/calendar.js';
import { asDay, deal, factsOf, partner, registration, versions } from '../plans/sample-facts.js';

export interface YearOfDeals {
  readonly deals: number;
  /** What is counted on is spread unevenly: the first partner has the most. */
  readonly partners: number;
  /** The plan they are paid by. */
  readonly plan: string;
}

const year = 2026;
const days = 365;
const dayMs = 24 * 60 * 60 * 1000;
const partnersPerRecruiter = 5;

/**
 * Facts of a program in its second year: deals of all sizes, won over twelve months by partners of whom few bring most, each
 * registered by one of them a month before. Always the same ones.
 */
export function yearOfDeals({ deals, partners, plan }: YearOfDeals): Facts {
  const next = pseudoRandom(7);
  const numbers = Array.from({ length: deals }, (_, number) => number);
  const wins = numbers.map((number) => ({
    number,
    on: next(days),
    minute: next(24 * 60),
    amount: next(5_000_000) + 1,
  }));
  return factsOf({
    planVersions: versions(plan),
    partners: Array.from({ length: partners }, (_, number) =>
      partner({ id: partnerId(number), recruitedBy: recruiterOf(number) }),
    ),
    deals: wins.map(({ number, on, minute, amount }) =>
      deal({
        id: `deal_${String(number)}`,
        wonAt: new Date(Date.UTC(year, 0, 1 + on, 0, minute)).toISOString(),
        wonOn: dayOfYear(on),
        amount: `${String(Math.floor(amount / 100))}.${String(amount % 100).padStart(2, '0')}`,
      }),
    ),
    registrations: wins.map(({ number, on }) => {
      const [submitted, approved] = [on - 30, on - 29];
      return registration({
        id: `reg_${String(number)}`,
        dealId: `deal_${String(number)}`,
        // The square of an even spread: a tenth of the partners brings a third of the deals.
        partnerId: partnerId(Math.floor(partners * (next(10_000) / 10_000) ** 2)),
        submittedAt: `${dayOfYear(submitted)}T08:00:00.000Z`,
        submittedOn: dayOfYear(submitted),
        approvedAt: `${dayOfYear(approved)}T08:00:00.000Z`,
        approvedOn: dayOfYear(approved),
        protectedUntil: dayOfYear(on + 60),
      });
    }),
    asOf: dayOfYear(days),
  });
}

/** One partner in so many recruited those after it; the recruiters were recruited by the very first one. */
function recruiterOf(number: number): string | null {
  if (number === 0) return null;
  return partnerId(number % partnersPerRecruiter === 0 ? 0 : number - (number % partnersPerRecruiter));
}

function partnerId(number: number): string {
  return `par_${String(number)}`;
}

function dayOfYear(day: number): Day {
  return asDay(new Date(Date.UTC(year, 0, 1) + day * dayMs).toISOString().slice(0, 'YYYY-MM-DD'.length));
}

/** Numbers from zero up to a limit that look like chance and are the same in every run (Lehmer's generator). */
function pseudoRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}
