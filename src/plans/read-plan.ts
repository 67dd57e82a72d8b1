import { readDocumentText } from './document-text.js';
import { knownFields } from './known-fields.js';
import { plainWords } from './plain-words.js';
import type { Plan } from './plan.js';
import { planDocument, planOf, type PlanDocument } from './plan-document.js';
import { planFault, planFaults, type LineOf, type PlanFault } from './plan-faults.js';

export type PlanReading =
  | {
      readonly kind: 'plan';
      readonly plan: Plan;
      readonly document: PlanDocument;
      /** What it was read from, without the defaults. */
      readonly written: unknown;
      readonly lineOf: LineOf;
    }
  | { readonly kind: 'refused'; readonly faults: readonly PlanFault[] };

const kind = { name: 'plan', known: knownFields(planDocument) };
const maxTextLength = 100_000;
/** Far more than any plan needs, and far less than the stack has room for. */
const maxDepth = 60;

/** Reads a plan from its text, YAML or JSON (which is YAML). */
export function readPlanText(text: string): PlanReading {
  const reading = readDocumentText(text, 'plan', maxTextLength);
  if (reading.kind === 'refused') return reading;
  return readPlanValue(reading.value, reading.lineOf);
}

/** Reads a plan that has been parsed already, such as a JSON body or a stored document. */
export function readPlanValue(value: unknown, lineOf: LineOf = () => null): PlanReading {
  if (isTooDeep(value)) {
    const fault = planFault({ field: 'plan', line: 1, value }, `values nested at most ${String(maxDepth)} deep`);
    return { kind: 'refused', faults: [fault] };
  }
  if (isScenario(value)) {
    const fault = planFault(
      { field: 'plans', line: lineOf(['plans'], 'name'), value: value.plans },
      'a plan, which has rules: this is a scenario',
    );
    return { kind: 'refused', faults: [fault] };
  }
  const result = planDocument.safeParse(value, { error: plainWords });
  if (!result.success) return { kind: 'refused', faults: planFaults(result.error.issues, value, lineOf, kind) };
  return { kind: 'plan', plan: planOf(result.data), document: result.data, written: value, lineOf };
}

/** Whether somebody took the file of a scenario for that of a plan. */
function isScenario(value: unknown): value is { readonly plans: unknown } {
  return typeof value === 'object' && value !== null && 'plans' in value && 'asOf' in value && !('rules' in value);
}

/** Whether a value is nested deeper than any plan is; found level by level, since it may be deeper than the stack. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= maxDepth; depth += 1) {
    level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}
