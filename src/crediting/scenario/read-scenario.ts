import { readDocumentText } from '../../plans/document-text.js';
import { judgeNewVersion } from '../../plans/plan-versions.js';
import { fieldName, planFault, planFaults, type LineOf, type PlanFault } from '../../plans/plan-faults.js';
import { planOf } from '../../plans/plan-document.js';
import type { PlanVersion } from '../../plans/plan.js';
import { scenarioDocument, type ScenarioDocument } from './scenario-document.js';

export type ScenarioReading =
  | { readonly kind: 'scenario'; readonly document: ScenarioDocument }
  | { readonly kind: 'refused'; readonly faults: readonly PlanFault[] };

const maxTextLength = 5_000_000;

/** Reads a scenario from its text, YAML or JSON, and checks what one part of it says of another. */
export function readScenario(text: string): ScenarioReading {
  const reading = readDocumentText(text, 'scenario', maxTextLength);
  if (reading.kind === 'refused') return { kind: 'refused', faults: [reading.fault] };
  const result = scenarioDocument.safeParse(reading.value);
  if (!result.success) {
    return { kind: 'refused', faults: planFaults(result.error.issues, reading.value, reading.lineOf) };
  }
  const faults = [...faultsOfPlans(result.data, reading.lineOf), ...faultsOfDeals(result.data, reading.lineOf)];
  return faults.length === 0 ? { kind: 'scenario', document: result.data } : { kind: 'refused', faults };
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
      const value = verdict.field === 'corrects' ? plan.corrects : plan.effectiveFrom;
      return [planFault({ field: fieldName(path), line: lineOf(path, 'value'), value }, verdict.expected)];
    }
    stored.push({ id: `${plan.slug}@${verdict.number}`, number: verdict.number, plan });
    return [];
  });
}

function faultsOfDeals({ deals, registrations }: ScenarioDocument, lineOf: LineOf): readonly PlanFault[] {
  const ids = deals.map(({ id }) => id);
  const doubled = deals.flatMap(({ id }, index) =>
    ids.indexOf(id) === index ? [] : [fault(lineOf, ['deals', index, 'id'], id, 'an id that no other deal has')],
  );
  const dangling = registrations.flatMap(({ deal }, index) =>
    ids.includes(deal)
      ? []
      : [fault(lineOf, ['registrations', index, 'deal'], deal, 'the id of a deal of the scenario')],
  );
  return [...doubled, ...dangling];
}

function fault(lineOf: LineOf, path: readonly (string | number)[], value: unknown, expected: string): PlanFault {
  return planFault({ field: fieldName(path), line: lineOf(path, 'value'), value }, expected);
}
