import { validationError } from './api-fault.js';
import type { PropertyDefinition } from './property-definition.js';
import { instantOf } from './property-value.js';

export interface SearchFilter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string | undefined;
  readonly values?: readonly string[] | undefined;
  readonly highValue?: string | undefined;
}

/** Whether a stored value (`undefined` when the property is empty) passes. */
export type ValueTest = (stored: string | undefined) => boolean;

type Comparable = number | string;

interface Comparing {
  readonly stored: (text: string) => Comparable;
  readonly wanted: (text: string) => Comparable;
}

const asItIs = (text: string): string => text;
const lower = (text: string): string => text.toLowerCase();

/** The stored form of a moment, which is in order as text and so need not be read for every record. */
function momentText(text: string): string {
  const at = instantOf(text);
  if (Number.isNaN(at)) throw validationError(`${text} is not a valid moment.`);
  return new Date(at).toISOString();
}

/** How values of this property compare: numbers as numbers, moments as their stored text, text without regard to case. */
function comparing(definition: PropertyDefinition): Comparing {
  switch (definition.type) {
    case 'number':
      return { stored: Number, wanted: Number };
    case 'date':
      return { stored: asItIs, wanted: (text) => momentText(text).slice(0, 'YYYY-MM-DD'.length) };
    case 'datetime':
      return { stored: asItIs, wanted: momentText };
    case 'enumeration':
      return { stored: asItIs, wanted: asItIs };
    case 'string':
    case 'bool':
      return { stored: lower, wanted: lower };
  }
}

function need(filter: SearchFilter, part: 'value' | 'highValue'): string {
  const given = filter[part];
  if (given === undefined) throw validationError(`operator ${filter.operator} requires a ${part}.`);
  return given;
}

function needValues(filter: SearchFilter): readonly string[] {
  if (filter.values === undefined) throw validationError(`operator ${filter.operator} requires values.`);
  return filter.values;
}

function tokens(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}*]+/u)
    .filter((each) => each !== '');
}

/** Whether the words of the pattern stand in the text in this order; `*` in a word stands for any characters. */
function containsTokens(pattern: string): (text: string) => boolean {
  const words = tokens(pattern).map((word) => new RegExp(`^${word.split('*').map(escapeRegExp).join('.*')}$`, 'u'));
  return (text) => {
    const found = tokens(text);
    return found.some((_, start) => words.every((word, offset) => word.test(found[start + offset] ?? '')));
  };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** String lists must be sent in lower case: the stored value is lowered, the sent ones are not. Enumerations are exact. */
function listed(definition: PropertyDefinition, values: readonly string[]): (text: string) => boolean {
  const wanted = new Set(values);
  return definition.type === 'string' ? (text) => wanted.has(text.toLowerCase()) : (text) => wanted.has(text);
}

const present =
  (test: (stored: string) => boolean): ValueTest =>
  (stored) =>
    stored !== undefined && test(stored);
/** A record without a value passes the negative operators; not established, but an inverted index can do no other. */
const absentOr =
  (test: (stored: string) => boolean): ValueTest =>
  (stored) =>
    stored === undefined || test(stored);

/** The test a filter stands for. @throws ApiFault 400 for an unknown operator or a missing value. */
export function compileFilter(definition: PropertyDefinition, filter: SearchFilter): ValueTest {
  const { stored: of, wanted: sought } = comparing(definition);
  const against = (decide: (stored: Comparable, wanted: Comparable) => boolean): ((stored: string) => boolean) => {
    const wanted = sought(need(filter, 'value'));
    return (stored) => decide(of(stored), wanted);
  };
  switch (filter.operator) {
    case 'EQ':
      return present(against((stored, wanted) => stored === wanted));
    case 'NEQ':
      return absentOr(against((stored, wanted) => stored !== wanted));
    case 'LT':
      return present(against((stored, wanted) => stored < wanted));
    case 'LTE':
      return present(against((stored, wanted) => stored <= wanted));
    case 'GT':
      return present(against((stored, wanted) => stored > wanted));
    case 'GTE':
      return present(against((stored, wanted) => stored >= wanted));
    case 'BETWEEN': {
      const [low, high] = [sought(need(filter, 'value')), sought(need(filter, 'highValue'))];
      return present((stored) => of(stored) >= low && of(stored) <= high);
    }
    case 'IN':
      return present(listed(definition, needValues(filter)));
    case 'NOT_IN': {
      const isListed = listed(definition, needValues(filter));
      return absentOr((stored) => !isListed(stored));
    }
    case 'HAS_PROPERTY':
      return present(() => true);
    case 'NOT_HAS_PROPERTY':
      return (stored) => stored === undefined;
    case 'CONTAINS_TOKEN':
      return present(containsTokens(need(filter, 'value')));
    case 'NOT_CONTAINS_TOKEN': {
      const contains = containsTokens(need(filter, 'value'));
      return absentOr((stored) => !contains(stored));
    }
    default:
      throw validationError(`Invalid operator ${filter.operator}.`);
  }
}
