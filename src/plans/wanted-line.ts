import type { Currency } from '../money/currency.js';
import type { Day } from '../program/calendar.js';
import type { DealFacts, ManualDecision, RegistrationFacts } from './facts.js';
import type { PlanRule, PlanVersion } from './plan.js';
import type { Trail } from './step.js';

/** What a line that gives is for. What takes back has kinds of its own, which follow from the difference. */
export type EarningKind = 'commission' | 'revshare' | 'override' | 'bonus';

/** What of a line is taken back, by what. */
export interface TakenBack {
  readonly occasion: string;
  readonly on: Day;
  /** Above zero; together never more than the line. */
  readonly amountMinor: bigint;
  readonly sentence: string;
}

/** A line that should exist. */
export interface WantedLine {
  /** Stable identity of this one thing to be earned: its occasion, who earns it, and by which part of which rule. */
  readonly key: string;
  /** What it is earned by. While that stands, a change of amount is an adjustment and not a taking-back. */
  readonly occasion: string;
  readonly partnerId: string;
  readonly payee: 'partner' | 'customer';
  readonly kind: EarningKind | 'adjustment';
  /** The rule, or `rule/part`. */
  readonly component: string;
  /** What was earned, before anything of it was taken back. */
  readonly amountMinor: bigint;
  readonly takenBack: readonly TakenBack[];
  readonly currency: Currency;
  readonly earnedOn: Day;
  readonly payableOn: Day;
  /** Null for a lead without a deal. */
  readonly deal: DealFacts | null;
  /** By what, and under which terms, it was earned. */
  readonly source:
    | {
        readonly kind: 'plan';
        readonly registration: RegistrationFacts;
        readonly version: PlanVersion;
        readonly rule: PlanRule;
      }
    | { readonly kind: 'manual'; readonly decision: ManualDecision };
  /** What a person set its amount to; null where the plan alone says it. */
  readonly decision: ManualDecision | null;
  /** The steps of its working, last first. */
  readonly trail: Trail | null;
}

/** What is left of a wanted line after everything that is taken back of it. */
export function netOf({ amountMinor, takenBack }: Pick<WantedLine, 'amountMinor' | 'takenBack'>): bigint {
  return takenBack.reduce((left, taken) => left - taken.amountMinor, amountMinor);
}

/** A decision that is a line of its own. */
export function lineOfDecision(decision: ManualDecision, deal: DealFacts | null): WantedLine {
  const { id, partnerId, amountMinor, currency, on } = decision;
  const key = keyOfDecision(id);
  return {
    key,
    occasion: key,
    partnerId,
    payee: 'partner',
    kind: 'adjustment',
    component: 'manual',
    amountMinor,
    takenBack: [],
    currency,
    earnedOn: on,
    payableOn: on,
    deal,
    source: { kind: 'manual', decision },
    decision: null,
    trail: null,
  };
}

/** The decision that a line is; null for one that was earned by something else. */
export function decisionIdOf(key: string): string | null {
  return /^manual\|(.+)$/.exec(key)?.[1] ?? null;
}

export function keyOfDecision(decisionId: string): string {
  return `manual|${decisionId}`;
}
