import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
export type FieldPath = readonly (string | number)[];

/** One thing wrong with a plan. */
export interface PlanFault {
  /** Where, such as `rules[0].pay.percent`; `plan` is the document as a whole. */
  readonly field: string;
  /** Line of the document, from 1; null when it did not come as text. */
  readonly line: number | null;
  /** What is written there, shortened; left out when nothing is. */
  readonly value?: string;
  readonly expected: string;
  /** The whole as one sentence. */
  readonly message: string;
}

/** Finds the line a field stands in, or the line of what should contain it. */
export type LineOf = (path: FieldPath, part: 'name' | 'value') => number | null;

const maxFaults = 20;
const shownLength = 80;

/** What the schema found wrong, one fault per field. @param input what was checked */
export function planFaults(issues: readonly Issue[], input: unknown, lineOf: LineOf): readonly PlanFault[] {
  return issues.flatMap((issue) => faultsOf(issue, input, lineOf)).slice(0, maxFaults);
}

/** A fault in words of our own. */
export function planFault(where: { field: string; line: number | null; value?: unknown }, expected: string): PlanFault {
  const value = where.value === undefined ? undefined : shown(where.value);
  const place = where.line === null ? '' : `line ${where.line}: `;
  const found = value === undefined ? 'is missing' : `is ${value}`;
  return {
    field: where.field,
    line: where.line,
    ...(value === undefined ? {} : { value }),
    expected,
    message: `${place}${where.field} ${found}; expected ${expected}.`,
  };
}

function faultsOf(issue: Issue, input: unknown, lineOf: LineOf): readonly PlanFault[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const value = valueAt(input, path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField([...path, key], valueAt(value, [key]), lineOf));
  }
  if (issue.code === 'invalid_union') {
    const meant = meantBranch(issue.errors, value);
    if (meant !== undefined) {
      return meant.flatMap((inner) => faultsOf({ ...inner, path: [...issue.path, ...inner.path] }, input, lineOf));
    }
  }
  return [planFault({ field: fieldName(path), line: lineOf(path, 'value'), value }, issue.message)];
}

function unknownField(path: FieldPath, value: unknown, lineOf: LineOf): PlanFault {
  const line = lineOf(path, 'name');
  const field = fieldName(path);
  const place = line === null ? '' : `line ${line}: `;
  const expected = 'no such field here';
  return { field, line, value: shown(value), expected, message: `${place}${field} is not a known field.` };
}

/** The alternative a person meant: one that knows at least one of the fields that are there, and misses the fewest. */
function meantBranch(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const written = Object.keys(value);
  const [best] = branches
    .map((branch) => ({ branch, unknown: unknownKeys(branch), misfits: misfits(branch, value) }))
    .filter(({ unknown }) => unknown < written.length)
    .sort((a, b) => a.misfits - b.misfits);
  return best?.branch;
}

function unknownKeys(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);
}

function misfits(branch: readonly Issue[], value: unknown): number {
  const missing = branch.filter((issue) => issue.path.length === 1 && valueAt(value, issue.path) === undefined);
  return unknownKeys(branch) + missing.length;
}

/** `rules[0].pay`; the whole document is `plan`. */
export function fieldName(path: FieldPath): string {
  const name = path.reduce<string>((left, part) => {
    if (typeof part === 'number') return `${left}[${part}]`;
    return left === '' ? part : `${left}.${part}`;
  }, '');
  return name === '' ? 'plan' : name.slice(0, shownLength);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inside, key) => {
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, key)) return undefined;
    const found: unknown = Reflect.get(inside, key);
    return found;
  }, input);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null)
    return `an object with ${Object.keys(value).join(', ') || 'no fields'}`.slice(0, shownLength);
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
