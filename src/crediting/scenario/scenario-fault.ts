import { nearest } from '../../plans/nearest.js';
import { fieldName, type FieldPath } from '../../plans/field-path.js';
import { planFault, type LineOf, type PlanFault } from '../../plans/plan-faults.js';
import { didYouMean } from '../../plans/slips.js';
import type { ScenarioDocument } from './scenario-document.js';

/** Finds what one part of a scenario says that another part makes impossible. */
export type FindFaults = (document: ScenarioDocument, lineOf: LineOf) => readonly PlanFault[];

/** A fault at one place of a scenario. */
export function faultAt(lineOf: LineOf, path: FieldPath, value: unknown, expected: string): PlanFault {
  return planFault({ field: fieldName(path, 'scenario'), line: lineOf(path, 'value'), value }, expected);
}

/** An id that has to be one of some others: the fault where it is none, with the one that was likely meant. */
export function unknownId(
  lineOf: LineOf,
  path: FieldPath,
  id: string | null | undefined,
  { ids, of }: { readonly ids: readonly string[]; readonly of: string },
): readonly PlanFault[] {
  if (id == null || ids.includes(id)) return [];
  const meant = nearest(id, ids);
  return [faultAt(lineOf, path, id, `${of}${meant === null ? '' : ` (${didYouMean(meant)})`}`)];
}

/** The places of a list that say what an earlier one said already. */
export function repeated<T>(list: readonly T[], keyOf: (one: T) => string): readonly { one: T; index: number }[] {
  const seen = new Set<string>();
  return list.flatMap((one, index) => {
    const key = keyOf(one);
    if (seen.has(key)) return [{ one, index }];
    seen.add(key);
    return [];
  });
}
