import type { Database, Reader } from '../platform/database.js';
import { judgePlan, type PlanSource } from '../plans/judge-plan.js';
import { longestPeriod, type PlanVersion } from '../plans/plan.js';
import { loadPlanVersions } from '../plans/plan.store.js';
import { addDays, dayIn, lastWholeMonth, rangeAround, startOfDayIn, type Day } from '../program/calendar.js';
import type { ProgramSettings } from '../program/program.api.js';
import { loadProgram } from '../program/program.store.js';
import { bookedSumsOfDeals } from './booked-sum.store.js';
import { createLoadFacts, type CreditScope, type FactSources, type MomentRange } from './load-facts.handler.js';
import { createPlanComparer, type PlanComparison } from './plan-comparison.js';
import { previewBatches, type PreviewBatch, type WonDealRecord } from './preview-batches.js';
import { rememberedSources } from './remembered-sources.handler.js';
import { createWidenScope } from './widen-scope.handler.js';

/** Enough for few statements, little enough for the facts to be held at once. */
const dealsPerBatch = 4_000;

/** Days, the last one included. */
export interface PreviewDays {
  readonly from: Day;
  readonly to: Day;
}

export interface PreviewPlan {
  /** The slug the caller addressed; the document must name the same. */
  readonly slug: string;
  readonly plan: PlanSource;
  /** On which days the deals were won; null: in the last whole month. */
  readonly days: PreviewDays | null;
  readonly keep: 'changed' | 'all';
}

/** Where people find a deal again. */
export interface CrmId {
  readonly crm: string;
  readonly crmDealId: string;
}

export interface PlanPreview extends PlanComparison {
  readonly slug: string;
  /** `new`: it would be stored; `unchanged`: the same terms hold already. */
  readonly outcome: 'new' | 'unchanged';
  /** The number it would have, or has. */
  readonly number: number;
  readonly days: PreviewDays;
  readonly asOf: Day;
  /** Of the deals that are named. */
  readonly crmIds: ReadonlyMap<string, CrmId>;
  readonly dealNames: ReadonlyMap<string, string | null>;
  readonly partnerNames: ReadonlyMap<string, string>;
}

/** From a moment and from a day up to, not including, others; the days only where the typed close date counts. */
export interface WonWhen {
  readonly moments: MomentRange;
  readonly closeDates: { readonly from: Day; readonly until: Day } | null;
}

/** What the preview asks the stages above, each for many at once. */
export interface PreviewSources extends FactSources {
  readonly wonDeals: (db: Reader, when: WonWhen) => Promise<readonly WonDealRecord[]>;
  readonly crmIds: (db: Reader, dealIds: readonly string[]) => Promise<ReadonlyMap<string, CrmId>>;
  readonly partnerNames: (db: Reader, partnerIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

export type PreviewPlanNow = (db: Database, now: Date, request: PreviewPlan) => Promise<PlanPreview>;

/**
 * What storing a plan would change about the deals won on some days: judges it as storing it would, and compares the book with
 * what it would say. Writes nothing. @throws PlanRefused when it would not be stored
 */
export function createPreviewPlan(sources: PreviewSources): PreviewPlanNow {
  return async (db, now, request) => {
    // One moment for all batches: what is booked meanwhile would look like a difference.
    const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
    return snapshot.execute((trx) => preview(sources, trx, now, request));
  };
}

async function preview(
  sources: PreviewSources,
  db: Reader,
  now: Date,
  { slug, plan: source, days: asked, keep }: PreviewPlan,
): Promise<PlanPreview> {
  const stored = await loadPlanVersions(db);
  const judgement = judgePlan(stored, slug, source);
  const { settings } = await loadProgram(db);
  const asOf = dayIn(now, settings.timeZone);
  const drafts =
    judgement.kind === 'new' ? [{ id: 'draft', number: judgement.number, plan: judgement.plan, knownOn: asOf }] : [];
  const days = asked ?? lastWholeMonth(asOf);
  const won = await sources.wonDeals(db, wonWhen(days, settings));
  const comparer = createPlanComparer(keep);
  for (const batch of previewBatches(won, dealsPerBatch)) {
    const once = rememberedSources(sources);
    const scope = await scopeOf(once, db, batch, { stored, drafts, days, settings });
    const facts = await createLoadFacts(once)(db, now, scope, drafts);
    comparer.add({ facts, dealIds: batch.dealIds, booked: await bookedSumsOfDeals(db, [...batch.dealIds]) });
  }
  const comparison = comparer.result();
  return {
    ...comparison,
    slug,
    outcome: judgement.kind,
    number: judgement.kind === 'new' ? judgement.number : judgement.version.number,
    days,
    asOf,
    ...(await namesOf(sources, db, comparison, won)),
  };
}

interface Circumstances {
  readonly stored: readonly PlanVersion[];
  readonly drafts: readonly PlanVersion[];
  readonly days: PreviewDays;
  readonly settings: ProgramSettings;
}

/** The deals of the batch and all that bear on them, under the versions that are stored and under the drafts. */
async function scopeOf(
  sources: FactSources,
  db: Reader,
  { dealIds, partnerIds }: PreviewBatch,
  { stored, drafts, days, settings }: Circumstances,
): Promise<CreditScope> {
  // Only these deals are compared, and what they come to does not depend on what was booked for them.
  const scope = await createWidenScope(sources, () => Promise.resolve([]))(db, [...dealIds]);
  const longest = longestOf(drafts);
  // What is stored may look as far already.
  if (longest === null || lengths.indexOf(longest) <= lengths.indexOf(longestOf(stored) ?? 'none')) return scope;
  // The typed close date may lie in any period, whatever the moment of winning.
  const within = settings.wonDate === 'close-date' ? null : [periodsOf(days, longest, settings.timeZone)];
  const others = await sources.dealsOfPartners(db, [...partnerIds], within);
  return { ...scope, dealIds: [...new Set([...scope.dealIds, ...others])] };
}

const lengths = ['none', 'month', 'quarter', 'year'] as const;
type PeriodLength = Exclude<(typeof lengths)[number], 'none'>;

function longestOf(versions: readonly PlanVersion[]): PeriodLength | null {
  const periods = versions.map(({ plan }) => longestPeriod(plan));
  return (['year', 'quarter', 'month'] as const).find((length) => periods.includes(length)) ?? null;
}

/** The whole periods that the days lie in. */
function periodsOf({ from, to }: PreviewDays, length: PeriodLength, timeZone: string): MomentRange {
  return {
    from: startOfDayIn(rangeAround(from, length).from, timeZone),
    until: startOfDayIn(rangeAround(to, length).until, timeZone),
  };
}

function wonWhen({ from, to }: PreviewDays, { timeZone, wonDate }: ProgramSettings): WonWhen {
  const until = addDays(to, 1);
  return {
    moments: { from: startOfDayIn(from, timeZone), until: startOfDayIn(until, timeZone) },
    closeDates: wonDate === 'close-date' ? { from, until } : null,
  };
}

/** Names of what the answer names. */
async function namesOf(
  sources: PreviewSources,
  db: Reader,
  { deals, partners, flags }: PlanComparison,
  won: readonly WonDealRecord[],
): Promise<Pick<PlanPreview, 'crmIds' | 'dealNames' | 'partnerNames'>> {
  const dealIds = new Set([...deals, ...flags].map(({ dealId }) => dealId));
  const partnerIds = new Set(partners.map(({ partnerId }) => partnerId));
  return {
    crmIds: await sources.crmIds(db, [...dealIds]),
    dealNames: new Map(won.map(({ dealId, name }) => [dealId, name])),
    partnerNames: await sources.partnerNames(db, [...partnerIds]),
  };
}
