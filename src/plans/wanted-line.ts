import type { Currency } from '../money/currency.js';
import type { Day } from '../program/calendar.js';
import type { RegistrationFacts } from './facts.js';
import type { PlanVersion } from './plan.js';
import type { Scope, WonDeal } from './scope.js';
import type { DraftLine } from './draft-line.js';
import type { Trail } from './step.js';

/** What a line that gives is for. What takes back has kinds of its own, which follow from the difference. */
export type EarningKind = 'commission' | 'revshare' | 'override' | 'bonus';

/** A line that should exist. */
export interface WantedLine {
  /** Stable identity of this one thing to be earned: its occasion, who earns it, and by which part of which rule. */
  readonly key: string;
  /** What it is earned by. While that stands, a change of amount is an adjustment and not a taking-back. */
  readonly occasion: string;
  readonly partnerId: string;
  readonly kind: EarningKind;
  /** The rule, or `rule/part`. */
  readonly component: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly earnedOn: Day;
  readonly payableOn: Day;
  readonly deal: WonDeal;
  readonly registration: RegistrationFacts;
  readonly version: PlanVersion;
  /** The steps of its working, last first. */
  readonly trail: Trail | null;
}

/** One win of a deal. Won again is another moment, hence another occasion. */
export function occasionOfWin(deal: WonDeal): string {
  return `won|${deal.id}|${deal.wonAt}`;
}

/** The line a draft has become once every stage is through with it: its value is then a whole number of minor units. */
export function wantedLine(scope: Scope, draft: DraftLine, currency: Currency): WantedLine {
  const { deal, registration, version, rule } = draft;
  const occasion = occasionOfWin(deal);
  return {
    key: `${occasion}|${registration.partnerId}|${rule.id}`,
    occasion,
    partnerId: registration.partnerId,
    kind: 'commission',
    component: rule.id,
    amountMinor: draft.value.numerator / draft.value.denominator,
    currency,
    earnedOn: deal.wonOn,
    payableOn: scope.daysAfter(deal.wonOn, version.plan.holdDays),
    deal,
    registration,
    version,
    trail: draft.trail,
  };
}
