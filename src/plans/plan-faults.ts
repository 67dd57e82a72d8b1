import type { z } from 'zod';
import { fieldName, type FieldPath } from './field-path.js';
import type { KnownFields } from './known-fields.js';
import { nearest } from './nearest.js';
import { didYouMean } from './slips.js';
import { listed } from './words.js';

type Issue = z.core.$ZodIssue;

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
const maxPlaces = 3;
const shownLength = 80;

/** A kind of document people write. */
export interface DocumentKind {
  /** What one is called. */
  readonly name: string;
  readonly known: KnownFields;
}

/** What the schema found wrong, one fault per field. @param input what was checked */
export function planFaults(
  issues: readonly Issue[],
  input: unknown,
  lineOf: LineOf,
  kind: DocumentKind,
): readonly PlanFault[] {
  const told = issues.filter((issue) => !issues.some((other) => hides(other, issue)));
  const faults: PlanFault[] = [];
  for (const issue of told) {
    if (faults.length >= maxFaults) break;
    faults.push(...faultsOf(issue, { input, lineOf, kind }));
  }
  return faults.slice(0, maxFaults);
}

/** A name that is none explains whatever is wrong inside it, and an unknown field what is missing beside it. */
function hides(issue: Issue, other: Issue): boolean {
  if (issue === other || issue.path.some((part, index) => part !== other.path[index])) return false;
  if (isOfName(other)) return false;
  return isOfName(issue) || (issue.code === 'unrecognized_keys' && other.code === 'custom' && isAt(other, issue.path));
}

/** The name itself is wrong, whatever it holds: marked by the check that found it. */
function isOfName(issue: Issue): boolean {
  return issue.code === 'custom' && issue.params?.['of'] === 'name';
}

function isAt(issue: Issue, path: Issue['path']): boolean {
  return issue.path.length === path.length;
}

/** A fault in words of our own. */
export function planFault(where: { field: string; line: number | null; value?: unknown }, expected: string): PlanFault {
  const value = where.value === undefined ? undefined : shown(where.value);
  const place = where.line === null ? '' : `line ${where.line}: `;
  const found = value === undefined ? 'is missing' : where.value === null ? 'is empty' : `is ${value}`;
  return {
    field: where.field,
    line: where.line,
    ...(value === undefined ? {} : { value }),
    expected,
    message: `${place}${where.field} ${found}; expected ${expected}.`,
  };
}

interface Checked {
  readonly input: unknown;
  readonly lineOf: LineOf;
  readonly kind: DocumentKind;
}

function faultsOf(issue: Issue, checked: Checked): readonly PlanFault[] {
  const { input, lineOf, kind } = checked;
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const value = valueAt(input, path);
  if (path.length === 0 && issue.code !== 'unrecognized_keys') return [wholeFault(value, issue.message, checked)];
  const where = { field: fieldName(path, kind.name), line: lineOf(path, 'value'), value };
  if (issue.code === 'unrecognized_keys') {
    // Each is looked up among the known names: no more than are told.
    return issue.keys.slice(0, maxFaults).map((key) => unknownField([...path, key], valueAt(value, [key]), checked));
  }
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues;
    const expected = inner?.message ?? 'another name';
    return [planFault({ ...where, line: lineOf(path, 'name'), value: path.at(-1) }, expected)];
  }
  if (issue.code === 'invalid_value') return [planFault(where, withNearest(issue.message, value, issue.values))];
  if (issue.code !== 'invalid_union') return [planFault(where, issue.message)];
  const meant = meantBranch(issue.errors, value);
  if (meant !== undefined) {
    const told = meant.filter((inner) => !meant.some((other) => hides(other, inner)));
    return told.flatMap((inner) => faultsOf({ ...inner, path: [...issue.path, ...inner.path] }, checked));
  }
  const misspelt = misspeltFields(path, value, checked);
  if (misspelt.length > 0) return misspelt;
  return [planFault(where, withNearest(issue.message, value, valuesOf(issue.errors)))];
}

/** The document itself is no such thing: empty, a list, or one long text. */
function wholeFault(value: unknown, expected: string, { lineOf, kind }: Checked): PlanFault {
  const line = lineOf([], 'value');
  const isUnspaced = typeof value === 'string' && value.includes(':');
  const words = isUnspaced ? `${expected} (a space after each colon)` : expected;
  const fault = planFault({ field: kind.name, line, value }, words);
  return { ...fault, message: fault.message.replace(kind.name, `the ${kind.name}`) };
}

function unknownField(path: FieldPath, value: unknown, checked: Checked): PlanFault {
  const { lineOf, kind } = checked;
  const line = lineOf(path, 'name');
  const field = fieldName(path, kind.name);
  const place = line === null ? '' : `line ${line}: `;
  const name = String(path.at(-1));
  const names = kind.known.at(path.slice(0, -1));
  const others = Object.keys(Object(valueAt(checked.input, path.slice(0, -1))) as object).filter(
    (other) => other !== name && names.includes(other),
  );
  if (names.includes(name) && others.length > 0) {
    const expected = `one of them${path.at(-2) === 'pay' ? ': a hybrid is several rules' : ''}`;
    const message = `${place}${field} cannot stand beside ${listed(others)}; expected ${expected}.`;
    return { field, line, value: shown(value), expected, message };
  }
  const expected =
    adviceOn(path, kind.known) ?? `expected ${names.length === 0 ? 'no such field' : listed(names, 'or')}`;
  const message = `${place}${field} is not a known field; ${expected}${expected.endsWith('?') ? '' : '.'}`;
  return { field, line, value: shown(value), expected, message };
}

/** What an unknown field was likely meant to be: a name like it, or a field of a place near by. */
function adviceOn(path: FieldPath, known: KnownFields): string | null {
  const name = String(path.at(-1));
  const owner = path.slice(0, -1);
  if (/^\d+$/.test(name)) return 'decimals have a point: a comma separates fields';
  if (name.startsWith('//')) return 'a comment begins with #';
  const meant = nearest(name, known.at(owner));
  if (meant !== null) return didYouMean(meant);
  const places = known.placesOf(name, owner).slice(0, maxPlaces);
  return places.length === 0 ? null : `it is a field of ${listed(places, 'or')}`;
}

/** The fields of something that is none of the forms it may take, where each is like one that is known. */
function misspeltFields(path: FieldPath, value: unknown, checked: Checked): readonly PlanFault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const names = checked.kind.known.at(path);
  const unknown = Object.keys(value).filter((name) => !names.includes(name));
  if (unknown.some((name) => adviceOn([...path, name], checked.kind.known) === null)) return [];
  return unknown.map((name) => unknownField([...path, name], valueAt(value, [name]), checked));
}

function withNearest(words: string, value: unknown, values: readonly unknown[]): string {
  const names = values.filter((one) => typeof one === 'string');
  const meant = typeof value === 'string' ? nearest(value, names) : null;
  return meant === null ? words : `${words} (${didYouMean(meant)})`;
}

/** The words that some form of a value may be. */
function valuesOf(branches: readonly (readonly Issue[])[]): readonly unknown[] {
  return branches.flat().flatMap((issue): readonly unknown[] => (issue.code === 'invalid_value' ? issue.values : []));
}

/** The alternative a person meant: one that knows at least one of the fields that are there, and misses the fewest. */
function meantBranch(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const written = Object.keys(value);
  const [best] = branches
    .filter((branch) => !branch.some(isOfAnotherKind))
    .map((branch) => ({ branch, unknown: unknownKeys(branch), misfits: misfits(branch, value) }))
    .filter(({ unknown }) => unknown < written.length)
    .sort((a, b) => a.misfits - b.misfits);
  return best?.branch;
}

/** A text or a list where there are fields. */
function isOfAnotherKind({ code, path }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union');
}

/** How many of its own fields the alternative does not know; those further in say nothing about which one is meant. */
function unknownKeys(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => {
    return sum + (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys.length : 0);
  }, 0);
}

function misfits(branch: readonly Issue[], value: unknown): number {
  const missing = branch.filter((issue) => issue.path.length === 1 && valueAt(value, issue.path) === undefined);
  return unknownKeys(branch) + missing.length;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inside, key) => {
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, key)) return undefined;
    const found: unknown = Reflect.get(inside, key);
    return found;
  }, input);
}

/** A value as a fault quotes it, on one line and shortened. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null)
    return `an object with ${Object.keys(value).join(', ') || 'no fields'}`.slice(0, shownLength);
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
