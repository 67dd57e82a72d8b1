import { randomUUID } from 'node:crypto';
import { stamp } from '../stamp.js';
import { checkLocks } from './check-record.js';
import type { FieldValue } from './field.js';
import { afterLifecycle } from './follow-up.js';
import type { Org } from './org.js';
import { OrgFault, notFound } from './org-fault.js';
import type { OrgRecord } from './record-store.js';
import type { WriteContext } from './write-context.js';
import { requireLive } from './write-record.js';

/** Puts a record under other values without a rule looking at them: deletion, merge and conversion do so. */
export function rewrite(
  { tx }: Pick<WriteContext, 'tx'>,
  record: OrgRecord,
  values: Readonly<Record<string, FieldValue>>,
  deletedBy = record.deletedBy,
): OrgRecord {
  const at = stamp(tx.at);
  const stamps = { SystemModstamp: at, LastModifiedDate: at, LastModifiedById: tx.actor.userId };
  const after: OrgRecord = { ...record, deletedBy, values: { ...record.values, ...values, ...stamps } };
  tx.put(after);
  return after;
}

interface Child {
  readonly record: OrgRecord;
  readonly field: string;
  readonly onParentDelete: 'cascade' | 'clear';
}

/** Live records that point at this one. */
export function childrenOf(org: Org, parent: OrgRecord): readonly Child[] {
  return org.schema.children(parent.entity).flatMap(({ entity, field }) =>
    org.records
      .byValue(entity, field.name, parent.id)
      .filter(({ deletedBy }) => deletedBy === null)
      .map((record) => ({
        record,
        field: field.name,
        onParentDelete: field.reference?.onParentDelete ?? ('clear' as const),
      })),
  );
}

/** An account with won opportunities stays. */
function refuseDelete(org: Org, record: OrgRecord): void {
  if (record.entity !== 'Account') return;
  const won = childrenOf(org, record).filter(({ record: child }) => child.values.IsWon === true);
  if (won.length === 0) return;
  const names = won.map(({ record: child }) => String(child.values.Name)).join(', ');
  const message = `Your attempt to delete ${String(record.values.Name)} could not be completed because some opportunities in this account were closed won: ${names}`;
  throw new OrgFault(400, 'DELETE_FAILED', message);
}

/** The record first: a line item that goes with its opportunity must not be summed into it once more. */
function bury(org: Org, context: WriteContext, record: OrgRecord, act: string): void {
  const children = childrenOf(org, record).filter(({ onParentDelete }) => onParentDelete === 'cascade');
  const buried = rewrite(context, record, { IsDeleted: true }, act);
  context.tx.changed('DELETE', buried, []);
  for (const child of children) bury(org, context, child.record, act);
  afterLifecycle(org, context, buried);
}

/** Puts a record and what hangs on it into the recycle bin. @throws OrgFault 400, 404. */
export function deleteRecord(org: Org, context: WriteContext, id: string, entity?: string): void {
  const record = requireLive(org, id, entity);
  if (org.schema.object(record.entity)?.deletable !== true && !context.privileged) {
    throw new OrgFault(400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  }
  checkLocks(org, record);
  refuseDelete(org, record);
  bury(org, context, record, randomUUID());
}

/** Brings a record back, with everything that went in the same act. @throws OrgFault 400, 404. */
export function undeleteRecord(org: Org, context: WriteContext, id: string): void {
  const record = org.records.find(id);
  if (record === undefined) throw notFound();
  const { deletedBy } = record;
  if (deletedBy === null) throw new OrgFault(400, 'UNDELETE_FAILED', 'Entity is not in the recycle bin');
  if (typeof record.values.MasterRecordId === 'string') {
    throw new OrgFault(400, 'UNDELETE_FAILED', 'Entity was merged and cannot be undeleted');
  }
  const together = org.schema
    .objects()
    .flatMap(({ name }) => org.records.all(name))
    .filter((each) => each.deletedBy === deletedBy);
  for (const each of together) {
    const restored = rewrite(context, each, { IsDeleted: false }, null);
    context.tx.changed(
      'UNDELETE',
      restored,
      Object.keys(restored.values).filter((name) => restored.values[name] !== null),
    );
    afterLifecycle(org, context, restored);
  }
}

/** Empties the recycle bin: what was in it is gone for good. */
export function emptyRecycleBin(org: Org, { tx }: Pick<WriteContext, 'tx'>): void {
  for (const { name } of org.schema.objects()) {
    for (const { id, deletedBy } of org.records.all(name)) if (deletedBy !== null) tx.remove(id);
  }
}
