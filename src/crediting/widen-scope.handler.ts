import type { Reader } from '../platform/database.js';
import { loadPlanVersions } from '../plans/plan.store.js';
import { wonAtOf } from '../plans/occasion.js';
import { longestPeriod, type PlanVersion } from '../plans/plan.js';
import { dayIn, rangeAround, startOfDayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { earningsOfDeals } from './commission-line.store.js';
import type { CreditScope, FactSources, MomentRange } from './load-facts.handler.js';

/** What has to be computed together with what was asked for. */
export interface WideScope extends CreditScope {
  /** The deals that were asked for, by their own id or that of a registration. */
  readonly askedFor: readonly string[];
}

/** @param ids of deals and of registrations */
export type WidenScope = (db: Reader, ids: readonly string[]) => Promise<WideScope>;

const lengths = ['month', 'quarter', 'year'] as const;

/** Ids say what they are of. */
export function isRegistrationId(id: string): boolean {
  return id.startsWith('reg_');
}

/**
 * Under tiers, limits and quotas by period a deal bears on its partner's other deals of that period: on those of the period it is
 * won in now, and of the ones it was booked in before. Where a plan adds up payments, or rewards who recruited a partner, on all
 * of them. Without such a plan a deal stands by itself, and nothing more is read.
 */
export function createWidenScope(sources: FactSources): WidenScope {
  return async (db, ids) => {
    const { dealIds: askedFor, registrationIds } = await resolve(db, sources, ids);
    const versions = await loadPlanVersions(db);
    const periods = versions.map(({ plan }) => longestPeriod(plan));
    const longest = lengths.findLast((length) => periods.includes(length));
    const always = versions.some(addsUpWithoutEnd);
    if ((longest === undefined && !always) || askedFor.length === 0) {
      return { askedFor, dealIds: askedFor, registrationIds };
    }
    const { settings } = await loadProgram(db);
    const [deals, registrations, earnings] = await Promise.all([
      sources.deals(db, askedFor),
      sources.registrationsOfDeals(db, askedFor),
      earningsOfDeals(db, askedFor),
    ]);
    const partnerIds = new Set([
      ...registrations.flatMap(({ partnerId, shares }) => [partnerId, ...shares.map((one) => one.partnerId)]),
      ...earnings.map(({ partnerId }) => partnerId),
    ]);
    const moments = [...deals.map(({ wonAt }) => wonAt), ...earnings.map(({ occasion }) => wonAtOf(occasion))];
    const days = moments.flatMap((at) => (at === null ? [] : dayIn(new Date(at), settings.timeZone)));
    const rangeOf = (day: Day): MomentRange => {
      const { from, until } = rangeAround(day, longest ?? 'month');
      return { from: startOfDayIn(from, settings.timeZone), until: startOfDayIn(until, settings.timeZone) };
    };
    // The typed close date may lie in any period, whatever the moment of winning.
    const ranges = always || settings.wonDate === 'close-date' ? null : days.map(rangeOf);
    const others = await sources.dealsOfPartners(db, [...partnerIds], ranges);
    return { askedFor, dealIds: [...new Set([...askedFor, ...others])], registrationIds };
  };
}

/** A registration that has a deal is credited with it, and a deal that was merged away with what is left of it. */
async function resolve(db: Reader, sources: FactSources, asked: readonly string[]): Promise<CreditScope> {
  const deals = asked.filter((id) => !isRegistrationId(id));
  const ids = [...new Set([...asked, ...(await sources.survivorsOf(db, deals))])];
  const named = ids.filter(isRegistrationId);
  if (named.length === 0) return { dealIds: ids, registrationIds: [] };
  const registrations = await sources.registrations(db, named);
  const linked = registrations.flatMap(({ dealId }) => dealId ?? []);
  const dealIds = [...new Set([...ids.filter((id) => !isRegistrationId(id)), ...linked])];
  return { dealIds, registrationIds: registrations.flatMap(({ id, dealId }) => (dealId === null ? [id] : [])) };
}

/** Payments that are added up by period may be of deals won at any time, and a recruiter's bonus counts every deal. */
function addsUpWithoutEnd({ plan }: PlanVersion): boolean {
  if (plan.rules.some(({ on }) => on.kind === 'recruit')) return true;
  return longestPeriod(plan) !== null && plan.rules.some(({ on }) => on.kind === 'payment');
}
