import { readDocumentText } from '../../plans/document-text.js';
import { knownFields } from '../../plans/known-fields.js';
import { plainWords } from '../../plans/plain-words.js';
import { audienceName, judgeNewVersion } from '../../plans/plan-versions.js';
import { planFault, planFaults, type LineOf, type PlanFault } from '../../plans/plan-faults.js';
import { planOf } from '../../plans/plan-document.js';
import type { PlanVersion } from '../../plans/plan.js';
import { scenarioDocument, type ScenarioDocument } from './scenario-document.js';
import { faultAt, type FindFaults } from './scenario-fault.js';
import { faultsOfIds } from './scenario-ids.js';
import { faultsOfNames } from './scenario-names.js';
import { faultsOfRepeats } from './scenario-repeats.js';
import { faultsOfSums } from './scenario-sums.js';
import { faultsOfTimes } from './scenario-times.js';

export type ScenarioReading =
  | { readonly kind: 'scenario'; readonly document: ScenarioDocument }
  | { readonly kind: 'refused'; readonly faults: readonly PlanFault[] };

const kind = { name: 'scenario', known: knownFields(scenarioDocument) };
const maxTextLength = 5_000_000;

const maxFaults = 20;
const checks: readonly FindFaults[] = [
  faultsOfPlans,
  faultsOfIds,
  faultsOfNames,
  faultsOfTimes,
  faultsOfRepeats,
  faultsOfSums,
  faultsOfRecruiters,
];

/**
 * Reads a scenario from its text, YAML or JSON, and checks what one part of it says of another.
 * @param plan what it is about if it names no plans itself
 */
export function readScenario(text: string, plan?: unknown): ScenarioReading {
  const reading = readDocumentText(text, 'scenario', maxTextLength);
  if (reading.kind === 'refused') return reading;
  const value = plan === undefined ? reading.value : withPlan(reading.value, plan);
  if (isPlan(value)) {
    const where = { field: 'plan', line: reading.lineOf(['plan'], 'name'), value: value.plan };
    return { kind: 'refused', faults: [planFault(where, 'a scenario, which has plans: this is a plan itself')] };
  }
  const result = scenarioDocument.safeParse(value, { error: plainWords });
  if (!result.success) {
    return { kind: 'refused', faults: planFaults(result.error.issues, value, reading.lineOf, kind) };
  }
  const faults = checks.flatMap((find) => find(result.data, reading.lineOf)).slice(0, maxFaults);
  return faults.length === 0 ? { kind: 'scenario', document: result.data } : { kind: 'refused', faults };
}

function withPlan(value: unknown, plan: unknown): unknown {
  const isOpen =
    typeof value === 'object' && value !== null && !Array.isArray(value) && !('plans' in value) && !isPlan(value);
  return isOpen ? { ...value, plans: [plan] } : value;
}

/** Whether somebody took the file of a plan for that of a scenario. */
function isPlan(value: unknown): value is { readonly plan: unknown } {
  return typeof value === 'object' && value !== null && 'plan' in value && 'rules' in value && !('plans' in value);
}

/** A version that could not be stored cannot be tried either. */
function faultsOfPlans({ plans }: ScenarioDocument, lineOf: LineOf): readonly PlanFault[] {
  const stored: PlanVersion[] = [];
  return plans.flatMap((entry, index) => {
    const isDated = 'terms' in entry;
    const plan = planOf(isDated ? entry.terms : entry);
    const verdict = judgeNewVersion(stored, plan);
    if (verdict.kind === 'refused') {
      const path = ['plans', index, ...(isDated ? ['terms'] : []), verdict.field];
      const value =
        { corrects: plan.corrects, for: audienceName(plan.audience) }[verdict.field as string] ?? plan.effectiveFrom;
      return [faultAt(lineOf, path, value, verdict.expected)];
    }
    stored.push({ id: `${plan.slug}@${verdict.number}`, number: verdict.number, plan, knownOn: null });
    return [];
  });
}

/** Nobody is recruited by somebody it has recruited, however far down. */
function faultsOfRecruiters({ partners }: ScenarioDocument, lineOf: LineOf): readonly PlanFault[] {
  const recruiterOf = new Map(partners.map(({ id, recruitedBy }) => [id, recruitedBy]));
  return partners.flatMap(({ id, recruitedBy }, index) => {
    const seen = new Set<string>();
    for (let above = recruitedBy; above !== undefined && !seen.has(above); above = recruiterOf.get(above))
      seen.add(above);
    if (!seen.has(id)) return [];
    return [
      faultAt(
        lineOf,
        ['partners', index, 'recruitedBy'],
        recruitedBy,
        'a partner that this one has not recruited, directly or through others',
      ),
    ];
  });
}
