import { planFault, type PlanFault } from '../../plans/plan-faults.js';
import { readPlanText } from '../../plans/read-plan.js';
import { compareOutcome } from './compare-outcome.js';
import { readScenario } from './read-scenario.js';
import { runScenario, ScenarioTooLarge, type ScenarioOutcome } from './run-scenario.js';
import type { ScenarioDocument } from './scenario-document.js';
import { outcomeView, type OutcomeView } from './scenario-view.js';

export type ScenarioTrial =
  | {
      readonly kind: 'refused';
      readonly document: 'plan' | 'scenario';
      readonly faults: readonly PlanFault[];
    }
  | {
      readonly kind: 'run';
      readonly view: OutcomeView;
      /** Null: the scenario expects nothing. */
      readonly differences: readonly string[] | null;
    };

/** About a second of one core: meanwhile nobody else is answered. */
const mostWork = 20_000;

const tooLarge = planFault(
  { field: 'scenario', line: null, value: 'more work than can be done while others wait' },
  'fewer deals, rules or moments here, or `introducer plan test`, which has no limit',
);

function runWithin(work: number, document: ScenarioDocument): ScenarioOutcome | null {
  try {
    return runScenario(document, work);
  } catch (error) {
    if (error instanceof ScenarioTooLarge) return null;
    throw error;
  }
}

/** In a scenario there is no version before it that it could put right. */
function withoutCorrection(written: unknown): unknown {
  if (typeof written !== 'object' || written === null) return written;
  return Object.fromEntries(Object.entries(written).filter(([name]) => name !== 'corrects'));
}

/** Runs a scenario on the plan beside it: one that names no plans of its own is about that one. */
export function tryScenario(texts: { readonly plan: string; readonly scenario: string }): ScenarioTrial {
  const plan = readPlanText(texts.plan);
  if (plan.kind === 'refused') return { kind: 'refused', document: 'plan', faults: plan.faults };
  // As it was written: the terms are read once more, as part of the scenario.
  const reading = readScenario(texts.scenario, withoutCorrection(plan.written));
  if (reading.kind === 'refused') return { kind: 'refused', document: 'scenario', faults: reading.faults };
  const outcome = runWithin(mostWork, reading.document);
  if (outcome === null) return { kind: 'refused', document: 'scenario', faults: [tooLarge] };
  const view = outcomeView(outcome);
  const { expect } = reading.document;
  return { kind: 'run', view, differences: expect === undefined ? null : compareOutcome(expect, view) };
}
