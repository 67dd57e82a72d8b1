import type { Currency } from '../money/currency.js';
import type { Money } from '../money/money.js';
import type { Ratio } from '../money/ratio.js';

export const namedBases = ['amount', 'net-of-tax', 'net-of-discount', 'net', 'first-year', 'mrr', 'margin'] as const;
/** What of a deal or payment a rate is applied to. `net` is without tax and discount. */
export type NamedBase = (typeof namedBases)[number];

/** A named base, or a CRM field, by the name the program's field map gives it. */
export type PlanBase = { readonly kind: NamedBase } | { readonly kind: 'field'; readonly field: string };

/** The bases that a payment has, too. */
export const paymentBases: readonly PlanBase['kind'][] = ['amount', 'net-of-tax', 'net'];

export const tierModes = ['marginal', 'retroactive', 'forward-only'] as const;
/**
 * What reaching a band does: `marginal` pays each rate on the part of the volume that lies in its band, `retroactive` pays the
 * rate of the band that was reached on everything of the period, `forward-only` on what reaches it and what comes after.
 */
export type TierMode = (typeof tierModes)[number];

export const tierPeriods = ['deal', 'month', 'quarter', 'year'] as const;
/** What volume is added up over: one deal by itself, or the partner's deals of a period by the day they were won. */
export type TierPeriod = (typeof tierPeriods)[number];

export const calendarPeriods = ['month', 'quarter', 'year'] as const;
export type CalendarPeriod = (typeof calendarPeriods)[number];

export const tierBoundaries = ['at-or-above', 'above'] as const;
/** Whether a volume that is exactly the beginning of a band is in it. */
export type TierBoundary = (typeof tierBoundaries)[number];

export const tierMeasures = ['amount', 'count'] as const;
/** What is added up: what the rule pays on, or the number of deals. */
export type TierMeasure = (typeof tierMeasures)[number];

/** A number that is written in the plan, or one that is measured of each partner. */
export type Figure =
  { readonly kind: 'number'; readonly value: Ratio } | { readonly kind: 'metric'; readonly metric: string };

/** How volume is added up. */
export interface VolumeTerms {
  readonly by: TierMeasure | { readonly metric: string };
  readonly per: TierPeriod;
  readonly mode: TierMode;
  readonly boundary: TierBoundary;
  /** Currency in which volume is measured, and what is paid on it; null: the currency of each deal. */
  readonly currency: Currency | null;
  /** What counts before the first deal of the period, such as a volume carried in from another system; null: nothing. */
  readonly opening: Figure | null;
}

/** What a band pays: a share of the base, or a fixed sum for each deal. */
export type BandPay =
  { readonly kind: 'rate'; readonly rate: Ratio } | { readonly kind: 'flat'; readonly money: Money };

/** From `from` on up to where the next band begins: in major units of the deals' currency, or a number of deals. */
export interface TierBand {
  readonly from: Ratio;
  readonly pay: BandPay;
  /** Paid once, by the deal that reaches the band; null for none. */
  readonly bonus: Money | null;
}

export interface TierTable extends VolumeTerms {
  /** The first begins at zero, each later one higher. */
  readonly bands: readonly TierBand[];
}

/** A stretch of a RevShare's term with its rate. */
export interface SchedulePart {
  /** Null: for ever. */
  readonly months: number | null;
  readonly rate: Ratio;
}

/** A share of what the customer pays. */
export interface RevShare {
  /** One after the other from the start on; nothing is paid after the last. */
  readonly schedule: readonly SchedulePart[];
  /** From when the months count. */
  readonly start: 'won' | 'first-payment';
  /** What the customer pays a month in any case, on which nothing is earned; null: nothing. */
  readonly baseline: Money | null;
  /** `cash` earns when the money comes in, `straight-line` month by month over the time it is for. */
  readonly recognise: 'cash' | 'straight-line';
}

/** What a rule pays. `rate` is the percentage as a fraction of one. */
export type PlanPay =
  | { readonly kind: 'flat'; readonly money: Money }
  | { readonly kind: 'percent'; readonly rate: Ratio; readonly of: PlanBase }
  | { readonly kind: 'tiers'; readonly tiers: TierTable; readonly of: PlanBase | null }
  | { readonly kind: 'revshare'; readonly revshare: RevShare; readonly of: PlanBase };

/** What a pay is taken on; null for a fixed sum, which needs no amount. */
export function baseOf(pay: PlanPay): PlanBase | null {
  return pay.kind === 'flat' ? null : pay.of;
}

/** How people name a base: `amount`, `field contract_value`. */
export function baseName(base: PlanBase): string {
  return base.kind === 'field' ? `field ${base.field}` : base.kind;
}
