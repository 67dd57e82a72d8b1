import { fullId } from '../record-id.js';
import type { FieldDefinition, FieldValue } from './field.js';
import type { Org } from './org.js';
import { OrgFault, noSuchField } from './org-fault.js';
import { readValue } from './read-value.js';
import type { WriteContext } from './write-context.js';

export type RawValues = Readonly<Record<string, unknown>>;
export type Values = Readonly<Record<string, FieldValue>>;

function readOnly(name: string): OrgFault {
  const message = `Unable to create/update fields: ${name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
  return new OrgFault(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', message, [name]);
}

/** `{"Account": {"Customer_Number__c": "7"}}`: a parent named by its external id. */
function byExternalId(org: Org, field: FieldDefinition, raw: unknown): FieldValue {
  const [entity = ''] = field.reference?.to ?? [];
  const [name = '', value = null] =
    Object.entries(Object(raw) as RawValues).find(([key]) => key !== 'attributes') ?? [];
  const key = org.schema.field(entity, name);
  if (key?.externalId !== true) throw noSuchField(name, entity);
  const [parent] = org.records
    .byValue(entity, key.name, readValue(key, value))
    .filter(({ deletedBy }) => deletedBy === null);
  if (parent !== undefined) return parent.id;
  const message = `Foreign key external ID: ${String(value)} not found for field ${name} in entity ${entity}`;
  throw new OrgFault(400, 'INVALID_FIELD', message);
}

function isOpen(context: WriteContext, entity: string, field: FieldDefinition, act: 'create' | 'update'): boolean {
  if (context.privileged) return true;
  return (act === 'create' ? field.createable : field.updateable) && context.view.canEdit(entity, field);
}

/** The values of a body, each in its field's type. @throws OrgFault 400 for what the writer may not write or what does not fit. */
export function readIncoming(
  org: Org,
  context: WriteContext,
  entity: string,
  raw: RawValues,
  act: 'create' | 'update',
): Values {
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (name === 'attributes') continue;
    const field =
      context.view.field(entity, name) ??
      context.view.fields(entity).find(({ reference }) => reference?.name === name && typeof value === 'object');
    if (field === undefined) throw noSuchField(name, entity);
    if (!isOpen(context, entity, field, act)) throw readOnly(field.name);
    const isParent = field.name.toLowerCase() !== name.toLowerCase();
    values[field.name] = isParent ? byExternalId(org, field, value) : readValue(field, value);
  }
  return values;
}

function wrongParent(field: FieldDefinition, id: string): OrgFault {
  const message = `${field.label}: id value of incorrect type: ${id}`;
  return new OrgFault(400, 'FIELD_INTEGRITY_EXCEPTION', message, [field.name]);
}

/** Checks that references lead to records that are there. @throws OrgFault 400. */
export function checkReferences(org: Org, entity: string, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    const field = org.schema.field(entity, name);
    if (field?.reference == null || typeof value !== 'string') continue;
    const parent = org.records.find(value);
    const prefix = fullId(value)?.slice(0, 3) ?? '';
    const isRightType = field.reference.to.some((to) => org.schema.object(to)?.keyPrefix === prefix);
    if (!isRightType) throw wrongParent(field, value);
    if (parent === undefined) {
      throw new OrgFault(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    }
    if (parent.deletedBy !== null) throw new OrgFault(400, 'ENTITY_IS_DELETED', 'entity is deleted');
  }
}
