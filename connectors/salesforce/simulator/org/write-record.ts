import { stamp } from '../stamp.js';
import { checkRecord } from './check-record.js';
import { deriveValues } from './derive-values.js';
import type { FieldValue } from './field.js';
import type { RawValues, Values } from './incoming-values.js';
import { checkReferences, readIncoming } from './incoming-values.js';
import { afterCreate, afterUpdate } from './follow-up.js';
import type { Org } from './org.js';
import { OrgFault, invalidType, isDeleted, notFound } from './org-fault.js';
import { defaultOf } from './picklists.js';
import type { OrgRecord } from './record-store.js';
import type { WriteContext } from './write-context.js';

function defaults(org: Org, entity: string, userId: string): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const field of org.schema.fields(entity)) values[field.name] = defaultOf(org, entity, field);
  if (org.schema.field(entity, 'OwnerId') !== undefined) values.OwnerId = userId;
  // Kept even where the org has one currency: the field appears as soon as it has more.
  values.CurrencyIsoCode = org.settings.corporateCurrency;
  return values;
}

function assignedOwner(org: Org, context: WriteContext, entity: string): Values {
  const { leadAssignment } = org.settings;
  const isAssigned = entity === 'Lead' && context.autoAssign && leadAssignment !== null && !context.privileged;
  return isAssigned ? { OwnerId: leadAssignment } : {};
}

function changedFields(before: Values, after: Values): readonly string[] {
  return Object.keys(after).filter((name) => (before[name] ?? null) !== (after[name] ?? null));
}

/**
 * Creates a record.
 *
 * @param id an id handed out before; a new one unless said.
 * @returns the record as saved. @throws OrgFault 400 as the API refuses it.
 */
export function createRecord(
  org: Org,
  context: WriteContext,
  entityName: string,
  raw: RawValues,
  id?: string,
): OrgRecord {
  const object = org.schema.object(entityName);
  if (object === undefined) throw invalidType(entityName);
  if (!object.createable && !context.privileged) {
    const message = `entity type ${object.name} does not support create`;
    throw new OrgFault(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message);
  }
  const { tx } = context;
  const written = readIncoming(org, context, object.name, raw, 'create');
  const at = stamp(tx.at);
  const { userId } = tx.actor;
  const values = {
    ...defaults(org, object.name, userId),
    ...written,
    ...assignedOwner(org, context, object.name),
  };
  const record: OrgRecord = {
    id: id ?? org.newId(object.keyPrefix),
    entity: object.name,
    deletedBy: null,
    values: { ...values, ...deriveValues(org, object.name, { before: null, written, values, at: tx.at }) },
  };
  checkReferences(org, object.name, written);
  checkRecord(org, context, record, Object.keys(written));
  const stamped: OrgRecord = {
    ...record,
    values: {
      ...record.values,
      Id: record.id,
      IsDeleted: false,
      CreatedDate: at,
      CreatedById: userId,
      LastModifiedDate: at,
      LastModifiedById: userId,
      SystemModstamp: at,
    },
  };
  tx.put(stamped);
  tx.changed('CREATE', stamped, changedFields({}, stamped.values));
  afterCreate(org, context, stamped);
  return stamped;
}

/** The record, if it can be written to. @throws OrgFault 404 for one that is not there or deleted. */
export function requireLive(org: Org, id: string, entity?: string): OrgRecord {
  const record = org.records.find(id);
  if (record === undefined || (entity !== undefined && record.entity.toLowerCase() !== entity.toLowerCase())) {
    throw notFound();
  }
  if (record.deletedBy !== null) throw isDeleted();
  return record;
}

function refuseUpdate(org: Org, context: WriteContext, record: OrgRecord): void {
  if (context.privileged) return;
  if (org.schema.object(record.entity)?.updateable !== true) {
    const message = `entity type ${record.entity} does not support update`;
    throw new OrgFault(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message);
  }
  if (record.values.IsConverted === true) {
    throw new OrgFault(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  }
}

function saveChanged(org: Org, context: WriteContext, before: OrgRecord, after: OrgRecord): OrgRecord {
  const { tx } = context;
  const at = stamp(tx.at);
  const stamps = { LastModifiedDate: at, LastModifiedById: tx.actor.userId, SystemModstamp: at };
  const stamped: OrgRecord = { ...after, values: { ...after.values, ...stamps } };
  tx.put(stamped);
  tx.changed('UPDATE', stamped, [...changedFields(before.values, after.values), 'LastModifiedDate']);
  afterUpdate(org, context, before, stamped);
  return stamped;
}

/** Changes fields of a record. An amount that follows from line items is left as it is. @throws OrgFault 400, 404. */
export function updateRecord(org: Org, context: WriteContext, id: string, raw: RawValues, entity?: string): OrgRecord {
  const before = requireLive(org, id, entity);
  refuseUpdate(org, context, before);
  const { tx } = context;
  const incoming = readIncoming(org, context, before.entity, raw, 'update');
  const isSummed = before.values.HasOpportunityLineItem === true && !context.privileged;
  const written = isSummed && 'Amount' in incoming ? { ...incoming, Amount: before.values.Amount ?? null } : incoming;
  const values = { ...before.values, ...written };
  const derived = deriveValues(org, before.entity, { before, written, values, at: tx.at });
  const after: OrgRecord = { ...before, values: { ...values, ...derived } };
  const references = Object.fromEntries(
    Object.entries(written).filter(([name, value]) => before.values[name] !== value),
  );
  checkReferences(org, before.entity, references);
  checkRecord(org, context, after, Object.keys(written));
  return saveChanged(org, context, before, after);
}
