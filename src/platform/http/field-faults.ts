import type { z } from 'zod';
import type { FieldFault } from '../domain-error.js';

type Issue = z.core.$ZodIssue;

const maxFaults = 20;
const shownLength = 80;
const secretName = /key|secret|token|password|authorization/i;

/**
 * What zod found wrong, one fault per field, at most 20. `input` is what was parsed. A schema whose rule is not plain from its
 * kind says as its `error` what it expects, in words that go on after "must be"; a pattern is never shown.
 */
export function fieldFaults(issues: readonly Issue[], input: unknown): readonly FieldFault[] {
  return issues.flatMap((issue) => faultsOf(issue, input)).slice(0, maxFaults);
}

function faultsOf(issue: Issue, input: unknown): readonly FieldFault[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField([...issue.path, key]));
  if (issue.code === 'invalid_union') {
    const branch = closestBranch(issue.errors);
    if (branch !== undefined) {
      return branch.flatMap((inner) => faultsOf({ ...inner, path: [...issue.path, ...inner.path] }, input));
    }
  }
  const field = fieldName(issue.path);
  const value = valueAt(input, issue.path);
  const expected = expectation(issue);
  const message = value === undefined ? `${field} is missing.` : sentence(issue, field, expected);
  return [{ field, ...shownValue(field, value), expected, message }];
}

function unknownField(path: readonly PropertyKey[]): FieldFault {
  const field = fieldName(path);
  return { field, expected: 'no such field', message: `${field} is not a field of this request.` };
}

/** The branch a person most likely meant: the one that knows most of the fields, then the one whose faults lie deepest. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const depth = (branch: readonly Issue[]): number => Math.max(0, ...branch.map((issue) => issue.path.length));
  const strangers = (branch: readonly Issue[]): number =>
    branch.reduce(
      (sum, issue) => sum + (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys.length : 0),
      0,
    );
  const deepest = [...branches].sort((a, b) => strangers(a) - strangers(b) || depth(b) - depth(a))[0];
  return deepest !== undefined && depth(deepest) > 0 ? deepest : undefined;
}

function sentence(issue: Issue, field: string, expected: string): string {
  const isOwnSentence = issue.code === 'custom' && ownWords(issue) === null;
  return isOwnSentence ? `${field}: ${issue.message}` : `${field} must be ${expected}.`;
}

/** What the schema says it expects. Zod's own messages, and whole sentences, begin with a capital letter. */
function ownWords(issue: Issue): string | null {
  return /^[a-z0-9]/.test(issue.message) ? issue.message : null;
}

function expectation(issue: Issue): string {
  return ownWords(issue) ?? plainWords(issue);
}

function plainWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? 'a value of another kind';
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}${unit(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}${unit(issue.origin, issue.maximum)}`;
    case 'invalid_format':
      return formatWords[issue.format] ?? 'text of another form';
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'not_multiple_of':
      return `a multiple of ${String(issue.divisor)}`;
    case 'custom':
      return typeof issue.params?.['expected'] === 'string' ? issue.params['expected'] : issue.message;
    case 'invalid_union':
      return 'one of the accepted forms';
    case 'invalid_key':
      return issue.issues[0] === undefined ? acceptedName : expectation(issue.issues[0]);
    case 'unrecognized_keys':
    case 'invalid_element':
      return acceptedName;
  }
}

const acceptedName = 'a name that is accepted here';

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

const formatWords: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'a URL',
  date: 'a day, YYYY-MM-DD',
  uuid: 'a UUID',
  datetime: 'a time in ISO 8601 UTC, such as 2026-03-31T12:00:00Z',
};

function unit(origin: string, count: number | bigint): string {
  const ending = Number(count) === 1 ? '' : 's';
  if (origin === 'string') return ` character${ending}`;
  return origin === 'array' || origin === 'set' ? ` item${ending}` : '';
}

/** `deal.amount`, `lines[2].id`; the whole body is `body`. */
export function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>((left, part) => {
    if (typeof part === 'number') return `${left}[${String(part)}]`;
    return left === '' ? String(part) : `${left}.${String(part)}`;
  }, '');
  return name === '' ? 'body' : name.slice(0, shownLength);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inside, key) => {
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, key)) return undefined;
    const found: unknown = Reflect.get(inside, key);
    return found;
  }, input);
}

function shownValue(field: string, value: unknown): { readonly value?: string } {
  if (value === undefined || secretName.test(field)) return {};
  if (Array.isArray(value)) return { value: `a list of ${String(value.length)}` };
  if (typeof value === 'object' && value !== null) return { value: 'an object' };
  const text = JSON.stringify(value);
  return { value: text.length > shownLength ? `${text.slice(0, shownLength)}…` : text };
}
