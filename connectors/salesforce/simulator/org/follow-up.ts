import { stamp } from '../stamp.js';
import type { FieldValue } from './field.js';
import type { Org } from './org.js';
import type { OrgRecord } from './record-store.js';
import type { WriteContext } from './write-context.js';

const historyFields = ['StageName', 'Amount', 'Probability', 'CloseDate', 'ForecastCategory'];

/** Puts a record in place that the org keeps by itself: no check, nobody is told. */
function keep(org: Org, { tx }: WriteContext, entity: string, values: Readonly<Record<string, FieldValue>>): void {
  const object = org.schema.object(entity);
  if (object === undefined) return;
  const at = stamp(tx.at);
  const id = org.newId(object.keyPrefix);
  const { userId } = tx.actor;
  const system = { Id: id, IsDeleted: false, CreatedDate: at, CreatedById: userId, SystemModstamp: at };
  const modified = { LastModifiedDate: at, LastModifiedById: userId };
  tx.put({ id, entity: object.name, deletedBy: null, values: { ...values, ...system, ...modified } });
}

function keepStage(org: Org, context: WriteContext, { id, values }: OrgRecord): void {
  const names = [...historyFields, 'ExpectedRevenue', 'CurrencyIsoCode'];
  const kept = Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
  keep(org, context, 'OpportunityHistory', { ...kept, OpportunityId: id });
}

/** The opportunity's amount is the sum of its line items as soon as it has one. */
function sumLineItems(org: Org, context: WriteContext, opportunityId: FieldValue | undefined): void {
  const before = typeof opportunityId === 'string' ? org.records.find(opportunityId) : undefined;
  if (before === undefined || before.deletedBy !== null) return;
  const items = org.records
    .byValue('OpportunityLineItem', 'OpportunityId', before.id)
    .filter(({ deletedBy }) => deletedBy === null);
  const cents = items.reduce((sum, { values }) => sum + Math.round(Number(values.TotalPrice ?? 0) * 100), 0);
  const has = items.length > 0;
  if (!has && before.values.HasOpportunityLineItem !== true) return;
  const { at } = context.tx;
  const amount = has ? cents / 100 : (before.values.Amount ?? null);
  const after: OrgRecord = {
    ...before,
    values: {
      ...before.values,
      Amount: amount,
      HasOpportunityLineItem: has,
      SystemModstamp: stamp(at),
      LastModifiedDate: stamp(at),
    },
  };
  context.tx.put(after);
  context.tx.changed('UPDATE', after, ['Amount', 'HasOpportunityLineItem', 'LastModifiedDate']);
  if (before.values.Amount !== amount) keepStage(org, context, after);
}

function keepTracked(org: Org, context: WriteContext, before: OrgRecord, after: OrgRecord): void {
  for (const Field of org.settings.trackedOpportunityFields) {
    const [OldValue, NewValue] = [before.values[Field] ?? null, after.values[Field] ?? null];
    if (OldValue === NewValue) continue;
    keep(org, context, 'OpportunityFieldHistory', { OpportunityId: after.id, Field, OldValue, NewValue });
  }
}

/** What the org adds of its own when a record was made. */
export function afterCreate(org: Org, context: WriteContext, record: OrgRecord): void {
  const { entity, id, values } = record;
  if (entity === 'OpportunityLineItem') sumLineItems(org, context, values.OpportunityId);
  if (entity !== 'Opportunity') return;
  keepStage(org, context, record);
  if (typeof values.ContactId !== 'string') return;
  const role = { OpportunityId: id, ContactId: values.ContactId, IsPrimary: true, Role: null };
  keep(org, context, 'OpportunityContactRole', role);
}

/** What the org adds of its own when a record was changed. */
export function afterUpdate(org: Org, context: WriteContext, before: OrgRecord, after: OrgRecord): void {
  if (after.entity === 'OpportunityLineItem') sumLineItems(org, context, after.values.OpportunityId);
  if (after.entity !== 'Opportunity') return;
  const isTold = historyFields.some((name) => (before.values[name] ?? null) !== (after.values[name] ?? null));
  if (isTold) keepStage(org, context, after);
  keepTracked(org, context, before, after);
}

/** What the org does when line items went or came back. */
export function afterLifecycle(org: Org, context: WriteContext, record: OrgRecord): void {
  if (record.entity === 'OpportunityLineItem') sumLineItems(org, context, record.values.OpportunityId);
}
