import type { FieldDefinition } from '../org/field.js';
import type { ObjectDefinition } from '../org/object-definition.js';
import { OrgFault } from '../org/org-fault.js';
import type { OrgRecord } from '../org/record-store.js';
import type { Schema } from '../org/schema.js';
import type { FieldPath, QueryWorld } from '../soql/field-path.js';
import { parentOf, resolvePath } from '../soql/field-path.js';
import type { Query, Selected } from '../soql/query.js';
import { findRows } from '../soql/run-query.js';
import { malformed } from '../soql/tokens.js';
import type { JsonStyle } from './record-json.js';
import { attributesOf, valueJson } from './record-json.js';

export interface SelectionWorld {
  readonly world: QueryWorld;
  readonly schema: Schema;
  readonly style: JsonStyle;
}

/** Puts what one part of a SELECT asks for into a record's JSON. */
type Putter = (record: OrgRecord, into: Record<string, unknown>) => void;

const mostForAllFields = 200;

function putPath({ world, style }: SelectionWorld, { steps, field }: FieldPath): Putter {
  return (record, into) => {
    let current = record;
    let target = into;
    for (const step of steps) {
      const name = step.reference?.name ?? step.name;
      const parent = parentOf(world, current, step);
      if (parent === null) {
        target[name] = null;
        return;
      }
      const nested = (target[name] ?? { attributes: attributesOf(parent, style) }) as Record<string, unknown>;
      target[name] = nested;
      target = nested;
      current = parent;
    }
    target[field.name] = valueJson(field, current.values[field.name], style);
  };
}

function putChildren(selection: SelectionWorld, object: ObjectDefinition, query: Query): Putter {
  const { world, schema } = selection;
  const name = query.entity.toLowerCase();
  const relationship = schema.children(object.name).find((child) => child.name?.toLowerCase() === name);
  if (relationship === undefined) {
    const message = `\nERROR at Row:1:Column:1\nDidn't understand relationship '${query.entity}' in FROM part of query call.`;
    throw new OrgFault(400, 'INVALID_TYPE', message);
  }
  const inner: Query = { ...query, entity: relationship.entity, alias: query.alias ?? query.entity };
  const toJson = compileSelection(selection, inner);
  return (record, into) => {
    const among = world.records.byValue(relationship.entity, relationship.field.name, record.id);
    const { rows } = findRows(world, inner, among);
    into[relationship.name ?? query.entity] =
      rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows.map(toJson) };
  };
}

function fieldsOf(
  { world }: SelectionWorld,
  entity: string,
  which: 'all' | 'standard' | 'custom',
): readonly FieldDefinition[] {
  return world.view.fields(entity).filter(({ custom }) => which === 'all' || custom === (which === 'custom'));
}

function putters(
  selection: SelectionWorld,
  object: ObjectDefinition,
  query: Query,
  selected: Selected,
): readonly Putter[] {
  switch (selected.kind) {
    case 'field':
    case 'wrapped':
      return [putPath(selection, resolvePath(selection.world.view, object.name, query.alias, selected.path))];
    case 'all-fields':
      if (selected.which !== 'standard' && (query.limit ?? Number.POSITIVE_INFINITY) > mostForAllFields) {
        throw malformed('The SOQL FIELDS function must have a LIMIT of at most 200');
      }
      return fieldsOf(selection, object.name, selected.which).map((field) => putPath(selection, { steps: [], field }));
    case 'children':
      return [putChildren(selection, object, selected.query)];
    case 'count':
      throw malformed('COUNT() must be the only thing that is selected.');
  }
}

function refuseTwice(select: readonly Selected[]): void {
  const paths = select.flatMap((each) => (each.kind === 'field' ? [each.path.toLowerCase()] : []));
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice === undefined) return;
  throw new OrgFault(400, 'INVALID_FIELD', `\nERROR at Row:1:Column:1\nduplicate field selected: ${twice}`);
}

/** Prepares how found records are written. @throws OrgFault 400 for fields this user cannot see. */
export function compileSelection(
  selection: SelectionWorld,
  query: Query,
): (record: OrgRecord) => Readonly<Record<string, unknown>> {
  const object = selection.world.view.object(query.entity);
  // The rows were found, so the object is there.
  if (object === undefined) return () => ({});
  refuseTwice(query.select);
  const parts = query.select.flatMap((selected) => putters(selection, object, query, selected));
  return (record) => {
    const json: Record<string, unknown> = { attributes: attributesOf(record, selection.style) };
    for (const put of parts) put(record, json);
    return json;
  };
}
