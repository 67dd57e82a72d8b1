import { fullId } from '../record-id.js';
import type { FieldDefinition, FieldValue } from '../org/field.js';
import type { ObjectDefinition } from '../org/object-definition.js';
import { OrgFault } from '../org/org-fault.js';
import type { OrgRecord } from '../org/record-store.js';
import type { Test } from './compile-condition.js';
import { compileCondition } from './compile-condition.js';
import type { FieldPath, QueryWorld } from './field-path.js';
import { resolvePath, valueAt } from './field-path.js';
import type { Condition, Order, Query } from './query.js';

/** The records a query finds, in its order. What is selected of them is up to the reader. */
export interface QueryResult {
  readonly object: ObjectDefinition;
  readonly rows: readonly OrgRecord[];
}

function objectNamed(world: QueryWorld, name: string): ObjectDefinition {
  const object = world.view.object(name);
  if (object !== undefined) return object;
  const message = `\nERROR at Row:1:Column:1\nsObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
  throw new OrgFault(400, 'INVALID_TYPE', message);
}

/** Conditions that all must hold, flat. */
function conjuncts(condition: Condition | null): readonly Condition[] {
  if (condition === null) return [];
  return condition.kind === 'and' ? condition.parts.flatMap(conjuncts) : [condition];
}

function textsOf(condition: Condition): readonly string[] | null {
  if (condition.kind === 'compare' && condition.operator === '=' && condition.value.kind === 'text') {
    return [condition.value.value];
  }
  if (condition.kind !== 'in' || condition.negated) return null;
  return condition.values.every(({ kind }) => kind === 'text')
    ? condition.values.flatMap((literal) => (literal.kind === 'text' ? [literal.value] : []))
    : null;
}

/** As an org does: an id, a reference or an external id narrows the search through its index; otherwise all rows. */
function candidates(world: QueryWorld, object: ObjectDefinition, query: Query): readonly OrgRecord[] | null {
  for (const condition of conjuncts(query.where)) {
    if (condition.kind !== 'compare' && condition.kind !== 'in') continue;
    const texts = textsOf(condition);
    const field = condition.path.includes('.') ? undefined : world.view.field(object.name, condition.path);
    if (texts === null || field === undefined) continue;
    if (field.name === 'Id') {
      const rows = [...new Set(texts.map(fullId))].flatMap((id) => (id === null ? [] : (world.records.find(id) ?? [])));
      return rows.filter(({ entity }) => entity === object.name);
    }
    if (field.type !== 'reference' && !field.externalId) continue;
    const keys = new Set(texts.map((text) => (field.type === 'reference' ? fullId(text) : text.toLowerCase())));
    return [...keys].flatMap((key) => (key === null ? [] : world.records.byValue(object.name, field.name, key)));
  }
  return null;
}

function comparePaths(world: QueryWorld, orders: readonly (Order & { readonly at: FieldPath })[]) {
  return (a: OrgRecord, b: OrgRecord): number => {
    for (const { at, descending, nullsLast } of orders) {
      const [first, second] = [sortValue(at.field, valueAt(world, a, at)), sortValue(at.field, valueAt(world, b, at))];
      if (first === second) continue;
      if (first === null || second === null) return (first === null) === nullsLast ? 1 : -1;
      return first < second === descending ? 1 : -1;
    }
    return 0;
  };
}

function sortValue(field: FieldDefinition, value: FieldValue): FieldValue {
  return typeof value === 'string' && !['id', 'reference'].includes(field.type) ? value.toLowerCase() : value;
}

/** Whether the store keeps this order anyway. */
function isStampOrder(orders: readonly Order[]): boolean {
  const names = orders.map(({ path, descending }) => (descending ? '' : path.toLowerCase()));
  return names[0] === 'systemmodstamp' && (names.length === 1 || (names.length === 2 && names[1] === 'id'));
}

/** The earliest stamp that can fulfil a condition; empty where any can. */
function earliestStamp(condition: Condition | null): string {
  if (condition === null) return '';
  if (condition.kind === 'and') return condition.parts.map(earliestStamp).reduce((a, b) => (a > b ? a : b), '');
  if (condition.kind === 'or') return condition.parts.map(earliestStamp).reduce((a, b) => (a < b ? a : b));
  if (condition.kind !== 'compare' || condition.path.toLowerCase() !== 'systemmodstamp') return '';
  return ['>', '>=', '='].includes(condition.operator) && condition.value.kind === 'instant'
    ? condition.value.value
    : '';
}

function firstMatches(rows: readonly OrgRecord[], test: Test, most: number): OrgRecord[] {
  const found: OrgRecord[] = [];
  for (const row of rows) {
    if (found.length >= most) break;
    if (test(row)) found.push(row);
  }
  return found;
}

/** The values a query in a condition stands for: those of the one field it selects. */
function valuesOf(world: QueryWorld, query: Query): ReadonlySet<FieldValue> {
  const [selected] = query.select;
  if (query.select.length !== 1 || selected?.kind !== 'field') {
    throw new OrgFault(400, 'MALFORMED_QUERY', 'A query within a condition selects one field.');
  }
  const { object, rows } = findRows(world, query);
  const path = resolvePath(world.view, object.name, query.alias, selected.path);
  return new Set(rows.map((row) => valueAt(world, row, path)));
}

/**
 * Runs a query.
 *
 * @param among narrows it to these records, as a query for the children of one record is.
 * @throws OrgFault 400 INVALID_TYPE, INVALID_FIELD, MALFORMED_QUERY.
 */
export function findRows(world: QueryWorld, query: Query, among?: readonly OrgRecord[]): QueryResult {
  const object = objectNamed(world, query.entity);
  const withDeleted = world.withDeleted || query.allRows;
  const scope = {
    world,
    entity: object.name,
    alias: query.alias,
    valuesOf: (inner: Query) => valuesOf(world, inner),
  };
  const condition: Test = query.where === null ? () => true : compileCondition(scope, query.where);
  const test: Test = (record) => (withDeleted || record.deletedBy === null) && condition(record);
  const orders = query.orderBy.map((order) => ({
    ...order,
    at: resolvePath(world.view, object.name, query.alias, order.path),
  }));
  const most = query.limit === null ? Number.POSITIVE_INFINITY : query.limit + query.offset;
  const narrowed = among ?? candidates(world, object, query);
  const comesSorted = orders.length === 0 || (narrowed === null && isStampOrder(orders));
  const source =
    narrowed ??
    (isStampOrder(orders)
      ? world.records.inStampOrder(object.name, earliestStamp(query.where))
      : world.records.all(object.name));
  const found = firstMatches(source, test, comesSorted ? most : Number.POSITIVE_INFINITY);
  if (!comesSorted) found.sort(comparePaths(world, orders));
  return { object, rows: found.slice(query.offset, most) };
}
