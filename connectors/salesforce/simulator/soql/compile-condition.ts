import { fullId } from '../record-id.js';
import type { FieldDefinition, FieldValue } from '../org/field.js';
import { OrgFault } from '../org/org-fault.js';
import type { OrgRecord } from '../org/record-store.js';
import { exactStamp, dayOf } from '../stamp.js';
import { dateRange } from './date-range.js';
import type { FieldPath, QueryWorld } from './field-path.js';
import { resolvePath, valueAt } from './field-path.js';
import type { Comparison, Condition, Literal, Query } from './query.js';

export type Test = (record: OrgRecord) => boolean;

/** Where a condition stands: on which object, and how to run a query within it. */
export interface ConditionScope {
  readonly world: QueryWorld;
  readonly entity: string;
  readonly alias: string | null;
  readonly valuesOf: (query: Query) => ReadonlySet<FieldValue>;
}

function mismatch(field: FieldDefinition, literal: Literal): OrgFault {
  const message = `\nERROR at Row:1:Column:1\nvalue of filter criterion for field '${field.name}' must be of type ${field.type} and should ${literal.kind === 'text' ? 'not ' : ''}be enclosed in quotes`;
  return new OrgFault(400, 'INVALID_FIELD', message);
}

const textTypes: readonly string[] = ['string', 'email', 'phone', 'url', 'textarea', 'picklist'];

/** Texts compare in any case, except where the field says otherwise; ids and dates are no texts. */
function folded(field: FieldDefinition, value: FieldValue): FieldValue {
  const isFolded = typeof value === 'string' && textTypes.includes(field.type) && !field.caseSensitive;
  return isFolded ? value.toLowerCase() : value;
}

function literalValue(field: FieldDefinition, literal: Literal): FieldValue {
  const isText = textTypes.includes(field.type);
  const isNumber = ['currency', 'double', 'percent', 'int'].includes(field.type);
  switch (literal.kind) {
    case 'null':
      return null;
    case 'text': {
      if (isText) return literal.value === '' ? null : folded(field, literal.value);
      if (field.type !== 'id' && field.type !== 'reference') throw mismatch(field, literal);
      const id = fullId(literal.value);
      if (id === null && literal.value !== '') {
        throw new OrgFault(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${literal.value}`);
      }
      return id;
    }
    case 'number':
    case 'money':
      if (!isNumber) throw mismatch(field, literal);
      return literal.value;
    case 'boolean':
      if (field.type !== 'boolean') throw mismatch(field, literal);
      return literal.value;
    case 'day':
      if (field.type !== 'date') throw mismatch(field, literal);
      return literal.value;
    case 'instant':
      if (field.type !== 'datetime') throw mismatch(field, literal);
      return literal.value;
    case 'range':
      throw mismatch(field, literal);
  }
}

function likePattern(pattern: string): RegExp {
  const parts = [...pattern.matchAll(/\\[_%]|[\s\S]/g)].map(([part]) => {
    if (part === '%') return '[\\s\\S]*';
    if (part === '_') return '[\\s\\S]';
    return part.replace(/^\\(?=[_%])/, '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'i');
}

function ordered(operator: Comparison, left: FieldValue, right: FieldValue): boolean {
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  // Nothing is neither smaller nor greater than anything.
  if (left === null || right === null) return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function inRange(field: FieldDefinition, operator: Comparison, literal: Literal & { kind: 'range' }, now: number) {
  if (field.type !== 'date' && field.type !== 'datetime') throw mismatch(field, literal);
  const { from, until } = dateRange(literal.name, literal.days, now);
  const written = field.type === 'date' ? dayOf : exactStamp;
  const [first, after] = [written(from), written(until)];
  return (value: FieldValue): boolean => {
    if (value === null) return operator === '!=';
    const isBefore = value < first;
    const isAfter = value >= after;
    if (operator === '=') return !isBefore && !isAfter;
    if (operator === '!=') return isBefore || isAfter;
    if (operator === '<') return isBefore;
    if (operator === '<=') return !isAfter;
    return operator === '>' ? isAfter : !isBefore;
  };
}

function compare(scope: ConditionScope, condition: Condition & { kind: 'compare' }): Test {
  const { world } = scope;
  const path = filterable(scope, condition.path);
  const { operator, value: literal } = condition;
  if (operator === 'like') {
    if (literal.kind !== 'text') throw mismatch(path.field, literal);
    const pattern = likePattern(literal.value);
    return (record) => {
      const value = valueAt(world, record, path);
      return typeof value === 'string' && pattern.test(value);
    };
  }
  if (literal.kind === 'range') {
    const test = inRange(path.field, operator, literal, world.now);
    return (record) => test(valueAt(world, record, path));
  }
  const expected = literalValue(path.field, literal);
  return (record) => ordered(operator, folded(path.field, valueAt(world, record, path)), expected);
}

function filterable({ world, entity, alias }: ConditionScope, name: string): FieldPath {
  const path = resolvePath(world.view, entity, alias, name);
  if (!path.field.filterable) {
    const message = `\nERROR at Row:1:Column:1\nfield '${path.field.name}' can not be filtered in a query call`;
    throw new OrgFault(400, 'INVALID_FIELD', message);
  }
  return path;
}

/** Turns a condition into a test of one record. @throws OrgFault 400 for fields or values that do not fit. */
export function compileCondition(scope: ConditionScope, condition: Condition): Test {
  switch (condition.kind) {
    case 'and': {
      const tests = condition.parts.map((part) => compileCondition(scope, part));
      return (record) => tests.every((test) => test(record));
    }
    case 'or': {
      const tests = condition.parts.map((part) => compileCondition(scope, part));
      return (record) => tests.some((test) => test(record));
    }
    case 'not': {
      const test = compileCondition(scope, condition.part);
      return (record) => !test(record);
    }
    case 'compare':
      return compare(scope, condition);
    case 'in':
    case 'in-query': {
      const path = filterable(scope, condition.path);
      const values =
        condition.kind === 'in-query'
          ? new Set([...scope.valuesOf(condition.query)].map((value) => folded(path.field, value)))
          : new Set(condition.values.map((literal) => literalValue(path.field, literal)));
      return (record) => values.has(folded(path.field, valueAt(scope.world, record, path))) !== condition.negated;
    }
  }
}
