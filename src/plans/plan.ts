import type { Currency } from '../money/currency.js';
import type { Money } from '../money/money.js';
import type { Ratio } from '../money/ratio.js';
import type { RoundingMode } from '../money/rounding.js';
import type { Json } from '../platform/json.js';
import type { Day } from '../program/calendar.js';
import type { Condition } from './condition.js';
import {
  calendarPeriods,
  type CalendarPeriod,
  type Figure,
  type PlanPay,
  type TierBoundary,
  type VolumeTerms,
} from './pay.js';

/** What a rule pays for. */
export type Trigger =
  | { readonly kind: 'won' }
  /** Each payment of the customer. */
  | { readonly kind: 'payment' }
  /** A registration that was approved: a lead that qualified. */
  | { readonly kind: 'approved' }
  /** The first time the deal entered a stage, by its id or label in the CRM. */
  | { readonly kind: 'stage'; readonly stage: string }
  /** To the recruiter, when a partner it recruited has that many deals credited. */
  | { readonly kind: 'recruit'; readonly deals: number };

/** The least or the most that is paid: for one deal or payment, and for all of a period. */
export interface Limits {
  readonly deal: Money | null;
  readonly month: Money | null;
  readonly quarter: Money | null;
  readonly year: Money | null;
}

/** Raises what is earned on the volume beyond a quota. */
export interface Accelerator {
  readonly volume: VolumeTerms;
  /** In major units of the volume's currency, or a number of deals. */
  readonly quota: Figure;
  /** From a share of the quota on, what is earned counts so many times. The first begins at zero. */
  readonly bands: readonly FactorBand[];
}

export interface FactorBand {
  readonly from: Ratio;
  readonly times: Ratio;
}

/** A factor that a metric of the partner decides. */
export type Multiplier = {
  readonly metric: string;
  /** What counts where the metric is not known; null: the line waits for it. */
  readonly otherwise: Ratio | null;
} & (
  | { readonly kind: 'bands'; readonly bands: readonly FactorBand[]; readonly boundary: TierBoundary }
  /** The metric as a share of its target, held between a least and a most. */
  | { readonly kind: 'target'; readonly target: Ratio; readonly least: Ratio | null; readonly most: Ratio | null }
);

/** What is taken back when the customer leaves within some months of the win. */
export interface ChurnTerms {
  readonly months: number;
  /** `prorated` keeps the share of the months that the customer stayed; a share is taken back whenever it left. */
  readonly takeBack: 'prorated' | Ratio;
}

/** A part of a rule's commission for a partner. */
export interface SplitPart {
  /** Null: the partner whose registration is credited. */
  readonly partnerId: string | null;
  readonly share: Ratio;
}

export const overrideBases = ['sale', 'commission', 'level-below'] as const;
export interface Override {
  readonly rate: Ratio;
  /** What the deal is paid on, the commission of the partner that sold, or the override of the level below. */
  readonly of: (typeof overrideBases)[number];
}

/** A part of a commission that is paid later, or only once something has happened. */
export interface Instalment {
  readonly share: Ratio;
  readonly afterDays: number;
  readonly afterMonths: number;
  /** Paid only when the deal enters a stage, or when the customer has paid a share of the deal's amount. */
  readonly milestone:
    { readonly kind: 'stage'; readonly stage: string } | { readonly kind: 'paid'; readonly share: Ratio } | null;
}

export interface PlanRule {
  /** Unique within the plan; names the lines it makes. */
  readonly id: string;
  readonly on: Trigger;
  /** Null: always. */
  readonly when: Condition | null;
  readonly payee: 'partner' | 'customer';
  readonly pay: PlanPay;
  readonly accelerator: Accelerator | null;
  readonly multipliers: readonly Multiplier[];
  readonly churn: ChurnTerms | null;
  /** Whether a refund to the customer takes its share of the commission back. */
  readonly refunds: 'take-back' | 'keep';
  readonly floor: Limits | null;
  readonly cap: Limits | null;
  /** Empty: as the registration says. */
  readonly split: readonly SplitPart[];
  /** By level above the partner that sold. */
  readonly overrides: readonly Override[];
  /** Empty: all at once. */
  readonly instalments: readonly Instalment[];
  /** The rule as it is written, with every default filled in: what an explanation keeps of it. */
  readonly document: Json;
}

export const creditMoments = ['approved', 'submitted'] as const;
/** What must have happened to the registration by the moment the deal was won. */
export type CreditMoment = (typeof creditMoments)[number];

export const versionDates = ['won', 'registered', 'paid'] as const;
/**
 * Which day selects the version: the day the deal was won, the day its registration was submitted, or for what pays on payments
 * the day of each payment.
 */
export type VersionDate = (typeof versionDates)[number];

export const exchangeDays = ['won', 'month-end', 'payout'] as const;
/**
 * The day whose rate counts where a line is paid in another currency: the day it was earned, the last day of that month, or the
 * day it is paid out, until which it stays in the currency of what it is paid on.
 */
export type ExchangeDay = (typeof exchangeDays)[number];

/** Whom a plan is for. The narrowest plan in force is the one that holds: a partner's, then a tier's, then the program's. */
export type Audience =
  { readonly kind: 'program' } | { readonly kind: 'tier' | 'partner'; readonly names: readonly string[] };

/** The terms of one version of a plan. */
export interface Plan {
  readonly slug: string;
  readonly audience: Audience;
  readonly effectiveFrom: Day;
  /** Exclusive; null is open-ended. */
  readonly effectiveTo: Day | null;
  /** Number of the version of this plan that this one puts right. */
  readonly corrects: number | null;
  /** Null: as the program says. */
  readonly creditWhen: CreditMoment | null;
  readonly versionBy: VersionDate;
  /** Currency every line is paid in; null: the currency of its base. */
  readonly payIn: Currency | null;
  readonly exchangeOn: ExchangeDay;
  /** Days from earning to becoming payable. */
  readonly holdDays: number;
  readonly rounding: RoundingMode;
  /** Whether every rule that applies earns, or only the first. */
  readonly match: 'all' | 'first';
  /** Between partners that share a registration: one commission is divided, or each earns its share by its own plan. */
  readonly shareBy: 'commission' | 'own-plans';
  /** Over all rules together. */
  readonly floor: Limits | null;
  readonly cap: Limits | null;
  readonly rules: readonly PlanRule[];
}

/** A stored version. It is never edited. */
export interface PlanVersion {
  readonly id: string;
  /** 1 for the first version of its plan, and so on. */
  readonly number: number;
  readonly plan: Plan;
  /** The day on which it became known; null: it was known from the beginning. */
  readonly knownOn: Day | null;
}

/** The longest period over which a plan adds deals up; null where each deal stands by itself. */
export function longestPeriod(plan: Plan): CalendarPeriod | null {
  const used = new Set<string>([
    ...plan.rules.flatMap(periodsOf),
    ...limitPeriods(plan.floor),
    ...limitPeriods(plan.cap),
  ]);
  return calendarPeriods.findLast((period) => used.has(period)) ?? null;
}

/** Whether all that a plan adds up over periods is the volume of tiers: no limit, no quota, no bonus, no payment and no recruit. */
export function addsUpByTiersAlone({ floor, cap, rules }: Plan): boolean {
  const limits = [...limitPeriods(floor), ...limitPeriods(cap)];
  return limits.length === 0 && rules.every(isPlainlyTiered);
}

/** Volume that is a sum of what each deal adds, and pays each deal alone. */
function isPlainlyTiered(rule: PlanRule): boolean {
  if (periodsBesideTiers(rule).some((period) => period !== 'deal')) return false;
  if (rule.on.kind === 'recruit') return false;
  if (rule.pay.kind !== 'tiers' || rule.pay.tiers.per === 'deal') return true;
  if (rule.on.kind !== 'won') return false;
  const { by, opening, bands } = rule.pay.tiers;
  return typeof by !== 'object' && opening?.kind !== 'metric' && bands.every(({ bonus }) => bonus === null);
}

function periodsOf(rule: PlanRule): readonly string[] {
  return [...(rule.pay.kind === 'tiers' ? [rule.pay.tiers.per] : []), ...periodsBesideTiers(rule)];
}

function periodsBesideTiers({ accelerator, floor, cap }: PlanRule): readonly string[] {
  return [...(accelerator === null ? [] : [accelerator.volume.per]), ...limitPeriods(floor), ...limitPeriods(cap)];
}

function limitPeriods(limits: Limits | null): readonly CalendarPeriod[] {
  return limits === null ? [] : calendarPeriods.filter((period) => limits[period] !== null);
}

/** Whether the plan asks when a deal entered a stage. */
export function looksAtStages({ rules }: Plan): boolean {
  return rules.some(
    ({ on, instalments }) => on.kind === 'stage' || instalments.some(({ milestone }) => milestone?.kind === 'stage'),
  );
}

/** Whether a rule earns a payment over the time it is for. */
export function earnsMonthByMonth({ pay }: PlanRule): boolean {
  return pay.kind === 'revshare' && pay.revshare.recognise === 'straight-line';
}

/** Whether a line of the plan may need an exchange rate: it names a currency somewhere. */
export function mayExchange({ payIn, rules, floor, cap }: Plan): boolean {
  return (
    payIn !== null ||
    floor !== null ||
    cap !== null ||
    rules.some(({ document }) => /\b[A-Z]{3}\b/.test(JSON.stringify(document)))
  );
}

/** How people name a version: `standard@2`. */
export function versionName(version: Pick<PlanVersion, 'plan' | 'number'>): string {
  return `${version.plan.slug}@${version.number}`;
}
