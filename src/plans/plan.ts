import type { Currency } from '../money/currency.js';
import type { Money } from '../money/money.js';
import type { Ratio } from '../money/ratio.js';
import type { RoundingMode } from '../money/rounding.js';
import type { Day } from '../program/calendar.js';

/** What a rate is applied to: the deal's amount, or a CRM field, by the name the program's field map gives it. */
export type PlanBase = { readonly kind: 'amount' } | { readonly kind: 'field'; readonly field: string };

/** What a rule pays. */
export type PlanPay =
  | { readonly kind: 'flat'; readonly money: Money }
  /** `rate` is the percentage as a fraction of one. */
  | { readonly kind: 'percent'; readonly rate: Ratio; readonly of: PlanBase };

export interface PlanRule {
  /** Unique within the plan; names the lines it makes. */
  readonly id: string;
  readonly pay: PlanPay;
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

/** How people name a version: `standard@2`. */
export function versionName(version: PlanVersion): string {
  return `${version.plan.slug}@${version.number}`;
}

/** How people name a base: `amount`, `field contract_value`. */
export function baseName(base: PlanBase): string {
  return base.kind === 'amount' ? 'amount' : `field ${base.field}`;
}
