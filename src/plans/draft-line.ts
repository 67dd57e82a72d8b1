import type { Currency } from '../money/currency.js';
import { multiply, type Ratio } from '../money/ratio.js';
import { round } from '../money/rounding.js';
import type { Day } from '../program/calendar.js';
import type { BaseReading } from './base.js';
import type { PartnerShare } from './facts.js';
import type { BlockReason, Evidence, GateName } from './gate.js';
import { baseName, baseOf } from './pay.js';
import type { Occasion } from './occasion.js';
import type { PlanRule, PlanVersion } from './plan.js';
import type { Scope } from './scope.js';
import type { Step, Trail } from './step.js';
import type { EarningKind } from './wanted-line.js';

/** A share of what was earned that is taken back because the customer got money back, or left. */
export interface TakeBack {
  /** The refund, or the leaving. */
  readonly occasion: string;
  readonly on: Day;
  readonly sentence: string;
  /** What is left of the whole after it and all before it; null where churn has been worked into `value`. */
  readonly left: Ratio | null;
}

/** A line in the making: an exact value that each stage carries further, and the steps that led there. */
export interface DraftLine {
  readonly occasion: Occasion;
  readonly partnerId: string;
  readonly payee: 'partner' | 'customer';
  readonly kind: EarningKind;
  /** The rule, or `rule/part`. */
  readonly component: string;
  /** The partner's share of a deal it has brought with others, where each is paid by its own plan; null for all of it. */
  readonly share: Ratio | null;
  /** Tells lines of one component and partner apart; mostly empty. */
  readonly suffix: string;
  readonly version: PlanVersion;
  readonly rule: PlanRule;
  readonly reading: BaseReading | null;
  /** Exact minor units of `currency`; zero until the first stage has set it. */
  readonly value: Ratio;
  /** What it would be had the customer stayed; null while that is the same. */
  readonly unchurned: Ratio | null;
  readonly currency: Currency | null;
  /** The part of the value that this line is, from one share of it up to another: a month's, or an instalment. */
  readonly slice: { readonly from: Ratio; readonly to: Ratio } | null;
  /** Days and months from earning until the hold begins to run. */
  readonly delay: { readonly days: number; readonly months: number };
  /** Between whom the rounded commission is divided; empty when it is all its partner's. */
  readonly shares: readonly PartnerShare[];
  /** In the order of their days. */
  readonly takeBacks: readonly TakeBack[];
  readonly trail: Trail | null;
}

/** Says that a line is not made for now, and why. */
export type Refuse = (line: DraftLine, gate: GateName, reason: BlockReason, evidence: Evidence) => void;

/**
 * One step of the order inside a deal (design section 3), over all lines of the scope at once: a stage may change lines, drop
 * them with a reason, or make several of one, and it sees every other line of its period.
 */
export type Stage = (lines: readonly DraftLine[], refuse: Refuse, scope: Scope) => readonly DraftLine[];

/** What the deal or payment of a line is worth to it; null, and where a value is missing the line refused, while that is not known. */
export function readingIn(line: DraftLine, refuse: Refuse): (BaseReading & { readonly kind: 'read' }) | null {
  const { reading, rule } = line;
  if (reading?.kind !== 'missing') return reading;
  const base = baseName(baseOf(rule.pay) ?? { kind: 'amount' });
  const evidence = { base, value: reading.text, currency: reading.currency };
  refuse(line, reading.flag.startsWith('currency-') ? 'currency' : 'amount', reading.flag, evidence);
  return null;
}

/** A slice is what the rounded whole grows by over it, so that all slices come to the rounded whole. */
export function roundedSlice({ slice, version }: DraftLine, value: Ratio): bigint {
  const mode = version.plan.rounding;
  if (slice === null) return round(value, mode);
  return round(multiply(value, slice.to), mode) - round(multiply(value, slice.from), mode);
}

/** Whether a line is paid beside what its rule pays: for reaching a band, or up to a floor. */
export function isBeside({ kind, component, rule }: DraftLine): boolean {
  return kind === 'bonus' && component !== rule.id;
}

/** The line one step further. */
export function carried(line: DraftLine, value: Ratio, step: Step, currency = line.currency): DraftLine {
  return { ...line, value, currency, trail: { step, before: line.trail } };
}

/** Both values of a line one step further: the one that counts, and the one without churn. */
export function carriedBoth(
  line: DraftLine,
  change: (value: Ratio) => Ratio,
  step: Step,
  currency = line.currency,
): DraftLine {
  const unchurned = line.unchurned === null ? null : change(line.unchurned);
  return { ...carried(line, change(line.value), step, currency), unchurned };
}
