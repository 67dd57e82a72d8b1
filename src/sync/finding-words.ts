import type { CrmFinding } from '../../connectors/contract.js';

/** A finding as a person reads it: what there is, what it costs, what to do. */
export function inWords({ found, costs, remedy }: CrmFinding): string {
  const cost = costs === null ? '' : `: ${costs}`;
  return `${found}${cost}.${remedy === null ? '' : ` To do: ${remedy}.`}`;
}
