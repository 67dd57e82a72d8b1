import type { RawValues } from './incoming-values.js';
import type { Org } from './org.js';
import { OrgFault, invalidType } from './org-fault.js';
import { readValue } from './read-value.js';
import type { OrgRecord } from './record-store.js';
import type { WriteContext } from './write-context.js';
import { createRecord, updateRecord } from './write-record.js';

/** The external id is on several records: the caller is given all of them to choose from. */
export class AmbiguousExternalId extends Error {
  readonly records: readonly OrgRecord[];

  constructor(records: readonly OrgRecord[]) {
    super('external id is not unique');
    this.name = 'AmbiguousExternalId';
    this.records = records;
  }
}

/** Live records with this value of an external-id field. @throws OrgFault 400 for a field that is none. */
export function findByExternalId(
  org: Org,
  context: Pick<WriteContext, 'view'>,
  entity: string,
  fieldName: string,
  value: unknown,
): readonly OrgRecord[] {
  const object = org.schema.object(entity);
  if (object === undefined) throw invalidType(entity);
  const field = context.view.field(entity, fieldName);
  const isKey = field !== undefined && (field.externalId || field.name === 'Id');
  if (!isKey) {
    const message = `Provided external ID field does not exist or is not accessible: ${fieldName}`;
    throw new OrgFault(404, 'NOT_FOUND', message);
  }
  const key = readValue(field, value);
  if (key === null) throw new OrgFault(400, 'MISSING_ARGUMENT', `${field.name} not specified`);
  return org.records
    .byValue(object.name, field.name, key)
    .filter((record) => record.deletedBy === null && (!field.caseSensitive || record.values[field.name] === key));
}

export interface Upsert {
  readonly entity: string;
  readonly field: string;
  readonly value: unknown;
  readonly raw: RawValues;
  /** Refuse to create. */
  readonly updateOnly: boolean;
}

/** Changes the record with this external id, or makes it. @throws AmbiguousExternalId, OrgFault. */
export function upsertRecord(
  org: Org,
  context: WriteContext,
  { entity, field, value, raw, updateOnly }: Upsert,
): { readonly id: string; readonly created: boolean } {
  const found = findByExternalId(org, context, entity, field, value);
  const [record] = found;
  if (found.length > 1) throw new AmbiguousExternalId(found);
  if (record !== undefined) {
    updateRecord(org, context, record.id, raw);
    return { id: record.id, created: false };
  }
  if (updateOnly || field.toLowerCase() === 'id')
    throw new OrgFault(404, 'NOT_FOUND', 'The requested resource does not exist');
  return { id: createRecord(org, context, entity, { ...raw, [field]: value }).id, created: true };
}
