import type { Currency } from '../money/currency.js';
import type { Ratio } from '../money/ratio.js';
import type { DraftLine } from './draft-line.js';
import type { ManualDecision } from './facts.js';
import type { Step, Trail } from './step.js';

/** What one partner earns of a commission, rounded. */
export interface Part {
  readonly line: DraftLine;
  readonly partnerId: string;
  readonly currency: Currency;
  /** What it is without churn, and with it. */
  readonly grossMinor: bigint;
  readonly keptMinor: bigint;
  /** Its share of the whole commission; null for all of it. */
  readonly share: Ratio | null;
  /** What a person decided it to be, whatever the plan says; null where nobody did. */
  readonly decision: ManualDecision | null;
  readonly trail: Trail | null;
}

/** A trail with one more step, which is put into words only when somebody reads it. */
export function told(before: Trail | null, tell: (Step & { readonly step: 'told' })['tell']): Trail {
  return { step: { step: 'told', tell }, before };
}
