import type { Currency } from '../money/currency.js';
import type { Ratio } from '../money/ratio.js';
import type { BaseReading } from './base.js';
import type { RegistrationFacts } from './facts.js';
import type { BlockReason, Evidence, GateName } from './gate.js';
import type { PlanRule, PlanVersion } from './plan.js';
import type { Scope, WonDeal } from './scope.js';
import type { Step, Trail } from './step.js';

/** A line in the making: an exact value that each stage carries further, and the steps that led there. */
export interface DraftLine {
  readonly deal: WonDeal;
  readonly registration: RegistrationFacts;
  readonly version: PlanVersion;
  readonly rule: PlanRule;
  readonly reading: BaseReading | null;
  /** Exact minor units of `currency`; zero until the first stage has set it. */
  readonly value: Ratio;
  readonly currency: Currency | null;
  readonly trail: Trail | null;
}

/** Says that a line is not made for now, and why. */
export type Refuse = (line: DraftLine, gate: GateName, reason: BlockReason, evidence: Evidence) => void;

/**
 * One step of the order inside a deal (design section 3), over all lines of the scope at once: a stage may change lines, drop
 * them with a reason, or make several of one, and it sees every other line of its period.
 */
export type Stage = (lines: readonly DraftLine[], refuse: Refuse, scope: Scope) => readonly DraftLine[];

/** The line one step further. */
export function carried(line: DraftLine, value: Ratio, step: Step, currency = line.currency): DraftLine {
  return { ...line, value, currency, trail: { step, before: line.trail } };
}
