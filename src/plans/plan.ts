import type { Currency } from '../money/currency.js';
import type { Money } from '../money/money.js';
import type { Ratio } from '../money/ratio.js';
import type { RoundingMode } from '../money/rounding.js';
import type { Json } from '../platform/json.js';
import type { Day } from '../program/calendar.js';

/** What a rate is applied to: the deal's amount, or a CRM field, by the name the program's field map gives it. */
export type PlanBase = { readonly kind: 'amount' } | { readonly kind: 'field'; readonly field: string };

export const tierModes = ['marginal', 'retroactive', 'forward-only'] as const;
/**
 * What reaching a tier does: `marginal` pays each rate on the part of the volume that lies in its band, `retroactive` pays the
 * rate of the band that was reached on every deal of the period, `forward-only` on the deal that reaches it and those after.
 */
export type TierMode = (typeof tierModes)[number];

export const tierPeriods = ['deal', 'month', 'quarter', 'year'] as const;
/** What volume is added up over: one deal by itself, or the partner's deals of a period by the day they were won. */
export type TierPeriod = (typeof tierPeriods)[number];

export const tierBoundaries = ['at-or-above', 'above'] as const;
/** Whether a volume that is exactly the beginning of a band is in it. */
export type TierBoundary = (typeof tierBoundaries)[number];

/** From `from` on up to where the next band begins: in major units of the deals' currency, or a number of deals. */
export interface TierBand {
  readonly from: Ratio;
  readonly rate: Ratio;
}

export const tierMeasures = ['amount', 'count'] as const;
/** What is added up: what the rule pays on, or the number of deals. */
export type TierMeasure = (typeof tierMeasures)[number];

export interface TierTable {
  readonly by: TierMeasure;
  readonly per: TierPeriod;
  readonly mode: TierMode;
  readonly boundary: TierBoundary;
  /** Currency the volume is measured and the rate is paid in; null: the currency of each deal. */
  readonly currency: Currency | null;
  /** The first begins at zero, each later one higher. */
  readonly bands: readonly TierBand[];
}

/** What a rule pays. */
export type PlanPay =
  | { readonly kind: 'flat'; readonly money: Money }
  /** `rate` is the percentage as a fraction of one. */
  | { readonly kind: 'percent'; readonly rate: Ratio; readonly of: PlanBase }
  | { readonly kind: 'tiers'; readonly tiers: TierTable; readonly of: PlanBase };

export interface PlanRule {
  /** Unique within the plan; names the lines it makes. */
  readonly id: string;
  readonly pay: PlanPay;
  /** The least and the most it pays for one deal. */
  readonly floor: Money | null;
  readonly cap: Money | null;
  /** The rule as it is written, with every default filled in: what an explanation keeps of it. */
  readonly document: Json;
}

/** What a pay is taken on; null for a fixed sum, which needs no amount. */
export function baseOf(pay: PlanPay): PlanBase | null {
  return pay.kind === 'flat' ? null : pay.of;
}

export const creditMoments = ['approved', 'submitted'] as const;
/** What must have happened to the registration by the moment the deal was won. */
export type CreditMoment = (typeof creditMoments)[number];

export const versionDates = ['won', 'registered'] as const;
/** Which day selects the version: the day the deal was won, or the day its registration was submitted. */
export type VersionDate = (typeof versionDates)[number];

export const exchangeDays = ['won', 'month-end'] as const;
/** The day whose rate counts where a line is paid in another currency: the day it was earned, or the last day of that month. */
export type ExchangeDay = (typeof exchangeDays)[number];

/** The terms of one version of a plan. */
export interface Plan {
  readonly slug: string;
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
  readonly rules: readonly PlanRule[];
}

/** A stored version. It is never edited. */
export interface PlanVersion {
  readonly id: string;
  /** 1 for the first version of its plan, and so on. */
  readonly number: number;
  readonly plan: Plan;
}

/** The longest period over which a plan adds deals up; null where each deal stands by itself. */
export function longestPeriod(plan: Plan): Exclude<TierPeriod, 'deal'> | null {
  const periods = plan.rules.flatMap(({ pay }) => (pay.kind === 'tiers' ? pay.tiers.per : []));
  return (['year', 'quarter', 'month'] as const).find((period) => periods.includes(period)) ?? null;
}

/** Whether a line of the plan may need an exchange rate. */
export function mayExchange({ payIn, rules }: Plan): boolean {
  return (
    payIn !== null ||
    rules.some(
      ({ pay, floor, cap }) => floor !== null || cap !== null || (pay.kind === 'tiers' && pay.tiers.currency !== null),
    )
  );
}

/** How people name a version: `standard@2`. */
export function versionName(version: PlanVersion): string {
  return `${version.plan.slug}@${version.number}`;
}

/** How people name a base: `amount`, `field contract_value`. */
export function baseName(base: PlanBase): string {
  return base.kind === 'amount' ? 'amount' : `field ${base.field}`;
}
