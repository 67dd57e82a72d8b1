import type { Reader } from '../platform/database.js';
import { loadPlanVersions } from '../plans/plan.store.js';
import { longestPeriod } from '../plans/plan.js';
import { dayIn, rangeAround, startOfDayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { earningsOfDeals } from './commission-line.store.js';
import type { FactSources, MomentRange } from './load-facts.handler.js';

/** The deals that have to be computed together with some others. */
export type WidenScope = (db: Reader, dealIds: readonly string[]) => Promise<readonly string[]>;

const lengths = ['month', 'quarter', 'year'] as const;

/**
 * Under tiers by period a deal bears on its partner's other deals of that period: on those of the period it is won in now, and
 * of the ones it was booked in before. Without such a plan a deal stands by itself, and nothing more is read.
 */
export function createWidenScope(sources: FactSources): WidenScope {
  return async (db, dealIds) => {
    const periods = (await loadPlanVersions(db)).map(({ plan }) => longestPeriod(plan));
    const longest = lengths.findLast((length) => periods.includes(length));
    if (longest === undefined) return dealIds;
    const { settings } = await loadProgram(db);
    const [deals, registrations, earnings] = await Promise.all([
      sources.deals(db, dealIds),
      sources.registrationsOfDeals(db, dealIds),
      earningsOfDeals(db, dealIds),
    ]);
    const partnerIds = new Set([...registrations, ...earnings].map(({ partnerId }) => partnerId));
    const wonOn = deals.flatMap(({ wonAt }) => (wonAt === null ? [] : dayIn(new Date(wonAt), settings.timeZone)));
    const rangeOf = (day: Day): MomentRange => {
      const { from, until } = rangeAround(day, longest);
      return { from: startOfDayIn(from, settings.timeZone), until: startOfDayIn(until, settings.timeZone) };
    };
    // The typed close date may lie in any period, whatever the moment of winning.
    const ranges =
      settings.wonDate === 'close-date' ? null : [...wonOn, ...earnings.map(({ earnedOn }) => earnedOn)].map(rangeOf);
    const others = await sources.dealsOfPartners(db, [...partnerIds], ranges);
    return [...new Set([...dealIds, ...others])];
  };
}
