import { readDocumentText } from './document-text.js';
import type { Plan } from './plan.js';
import { planDocument, planOf, type PlanDocument } from './plan-document.js';
import { planFaults, type LineOf, type PlanFault } from './plan-faults.js';

export type PlanReading =
  | { readonly kind: 'plan'; readonly plan: Plan; readonly document: PlanDocument; readonly lineOf: LineOf }
  | { readonly kind: 'refused'; readonly faults: readonly PlanFault[] };

const maxTextLength = 100_000;

/** Reads a plan from its text, YAML or JSON (which is YAML). */
export function readPlanText(text: string): PlanReading {
  const reading = readDocumentText(text, 'plan', maxTextLength);
  if (reading.kind === 'refused') return { kind: 'refused', faults: [reading.fault] };
  return readPlanValue(reading.value, reading.lineOf);
}

/** Reads a plan that has been parsed already, such as a JSON body or a stored document. */
export function readPlanValue(value: unknown, lineOf: LineOf = () => null): PlanReading {
  const result = planDocument.safeParse(value);
  if (!result.success) return { kind: 'refused', faults: planFaults(result.error.issues, value, lineOf) };
  return { kind: 'plan', plan: planOf(result.data), document: result.data, lineOf };
}
