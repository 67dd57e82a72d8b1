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
  /** Whose volumes the deals add to; empty where no plan adds anything up. */
  readonly partnerIds: readonly string[];
}

/** @param ids of deals, of registrations and of decisions */
export type WidenScope = (db: Reader, ids: readonly string[]) => Promise<WideScope>;

const lengths = ['month', 'quarter', 'year'] as const;

/** Ids say what they are of. */
export function isRegistrationId(id: string): boolean {
  return id.startsWith('reg_');
}

export function isDecisionId(id: string): boolean {
  return id.startsWith('dec_');
}

/**
 * Under tiers, limits and quotas by period a deal bears on its partner's other deals of that period: on those of the period it is
 * won in now, and of the ones it was booked in before. Where a plan adds up payments, or rewards who recruited a partner, on all
 * of them. Without such a plan a deal stands by itself, and nothing more is read.
 * @param earningsOf what the deals were booked for before; nothing, for who only asks what should be booked
 */
export function createWidenScope(sources: FactSources, earningsOf = earningsOfDeals): WidenScope {
  return async (db, ids) => {
    const alone = await scopeOf(db, sources, ids);
    const versions = await loadPlanVersions(db);
    const periods = versions.map(({ plan }) => longestPeriod(plan));
    const longest = lengths.findLast((length) => periods.includes(length));
    const always = versions.some(addsUpWithoutEnd);
    if ((longest === undefined && !always) || alone.askedFor.length === 0) return { ...alone, partnerIds: [] };
    const { settings } = await loadProgram(db);
    const [deals, earnings] = await Promise.all([sources.deals(db, alone.askedFor), earningsOf(db, alone.askedFor)]);
    const moments = [...deals.map(({ wonAt }) => wonAt), ...earnings.map(({ occasion }) => wonAtOf(occasion))];
    const days = new Set(moments.flatMap((at) => (at === null ? [] : dayIn(new Date(at), settings.timeZone))));
    const rangeOf = (day: Day): MomentRange => {
      const { from, until } = rangeAround(day, longest ?? 'month');
      return { from: startOfDayIn(from, settings.timeZone), until: startOfDayIn(until, settings.timeZone) };
    };
    // The typed close date may lie in any period, whatever the moment of winning.
    const ranges = always || settings.wonDate === 'close-date' ? null : [...days].map(rangeOf);
    const others = await withOthers(db, sources, { dealIds: alone.askedFor, earnings }, { ranges, earningsOf });
    return { ...alone, ...others };
  };
}

/** Whether some version adds up deals at all, or money without end. */
export function addsUp(versions: readonly PlanVersion[]): boolean {
  return versions.some((version) => longestPeriod(version.plan) !== null || addsUpWithoutEnd(version));
}

/** What was asked for by itself. */
export async function scopeOf(
  db: Reader,
  sources: FactSources,
  ids: readonly string[],
): Promise<Omit<WideScope, 'partnerIds'>> {
  const decisionIds = ids.filter(isDecisionId);
  const asked = ids.filter((id) => !isDecisionId(id));
  const { dealIds, registrationIds } = await resolve(db, sources, asked);
  return { askedFor: dealIds, dealIds, registrationIds, decisionIds };
}

/**
 * The deals and all that their partners won in the ranges. One of those may be another partner's, too, or claimed by it, and then
 * means something only among that partner's deals; and so on until nobody new comes up.
 */
async function withOthers(
  db: Reader,
  sources: FactSources,
  asked: KnownDeals,
  {
    ranges,
    earningsOf,
  }: { readonly ranges: readonly MomentRange[] | null; readonly earningsOf: typeof earningsOfDeals },
): Promise<Pick<WideScope, 'dealIds' | 'partnerIds'>> {
  const dealIds = new Set(asked.dealIds);
  const partnerIds = new Set<string>();
  for (let found = asked; found.dealIds.length > 0;) {
    const partners = (await partnersOf(db, sources, found)).filter((id) => !partnerIds.has(id));
    if (partners.length === 0) break;
    const won = (await sources.dealsOfPartners(db, partners, ranges)).filter((id) => !dealIds.has(id));
    for (const id of partners) partnerIds.add(id);
    for (const id of won) dealIds.add(id);
    found = { dealIds: won, earnings: won.length === 0 ? [] : await earningsOf(db, won) };
  }
  return { dealIds: [...dealIds], partnerIds: [...partnerIds] };
}

interface KnownDeals {
  readonly dealIds: readonly string[];
  readonly earnings: Awaited<ReturnType<typeof earningsOfDeals>>;
}

/** Who registered these deals, shares in them, or has ever earned by them. */
export async function partnersOfDeals(
  db: Reader,
  sources: FactSources,
  dealIds: readonly string[],
): Promise<readonly string[]> {
  return partnersOf(db, sources, { dealIds, earnings: await earningsOfDeals(db, dealIds) });
}

async function partnersOf(
  db: Reader,
  sources: FactSources,
  { dealIds, earnings }: KnownDeals,
): Promise<readonly string[]> {
  const registrations = await sources.registrationsOfDeals(db, dealIds);
  const partners = registrations.flatMap(({ partnerId, shares }) => [partnerId, ...shares.map((one) => one.partnerId)]);
  return [...new Set([...partners, ...earnings.map(({ partnerId }) => partnerId)])];
}

/** A registration that has a deal is credited with it, and a deal that was merged away with what is left of it. */
async function resolve(
  db: Reader,
  sources: FactSources,
  asked: readonly string[],
): Promise<Pick<CreditScope, 'dealIds' | 'registrationIds'>> {
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
