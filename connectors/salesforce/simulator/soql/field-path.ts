import type { FieldDefinition, FieldValue } from '../org/field.js';
import { OrgFault } from '../org/org-fault.js';
import type { OrgRecord, RecordStore } from '../org/record-store.js';
import type { View } from '../org/view.js';

/** What a query looks through. */
export interface QueryWorld {
  readonly view: View;
  readonly records: RecordStore;
  /** Epoch milliseconds: what TODAY means. */
  readonly now: number;
  /** Finds deleted records too. */
  readonly withDeleted: boolean;
}

const deepestPath = 5;

/** The references to follow, in order, and the field at their end. */
export interface FieldPath {
  readonly steps: readonly FieldDefinition[];
  readonly field: FieldDefinition;
}

function noSuchColumn(name: string, entity: string): OrgFault {
  const message = `\nERROR at Row:1:Column:1\nNo such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`;
  return new OrgFault(400, 'INVALID_FIELD', message);
}

function step(view: View, entities: readonly string[], name: string): FieldDefinition {
  for (const entity of entities) {
    const found = view.fields(entity).find(({ reference }) => reference?.name.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
  }
  const message = `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
  throw new OrgFault(400, 'INVALID_FIELD', message);
}

/** Looks a path up, e.g. `Account.Owner.Name`. @throws OrgFault 400 INVALID_FIELD for what this user cannot see. */
export function resolvePath(view: View, entity: string, alias: string | null, path: string): FieldPath {
  const parts = path.split('.');
  const [first = ''] = parts;
  const isOwnName = [entity, alias].some((name) => name?.toLowerCase() === first.toLowerCase());
  // `Account.Name` on Account names the object itself; on Opportunity it is the way up.
  if (parts.length > 1 && isOwnName) parts.shift();
  const last = parts.pop() ?? '';
  if (parts.length > deepestPath) throw new OrgFault(400, 'INVALID_FIELD', `Relationship depth exceeded: ${path}`);
  const steps: FieldDefinition[] = [];
  let entities: readonly string[] = [entity];
  for (const part of parts) {
    const reference = step(view, entities, part);
    steps.push(reference);
    entities = reference.reference?.to ?? [];
  }
  for (const each of entities) {
    const field = view.field(each, last);
    if (field !== undefined) return { steps, field };
  }
  throw noSuchColumn(last, entities[0] ?? entity);
}

/** The record a reference leads to, `null` where it leads nowhere. Deleted parents are still seen from their children. */
export function parentOf(world: QueryWorld, record: OrgRecord, reference: FieldDefinition): OrgRecord | null {
  const id = record.values[reference.name];
  return typeof id === 'string' ? (world.records.find(id) ?? null) : null;
}

export function valueAt(world: QueryWorld, record: OrgRecord, { steps, field }: FieldPath): FieldValue {
  let current: OrgRecord | null = record;
  for (const reference of steps) {
    if (current === null) return null;
    current = parentOf(world, current, reference);
  }
  return current?.values[field.name] ?? null;
}
