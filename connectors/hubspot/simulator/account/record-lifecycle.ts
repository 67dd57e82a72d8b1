import type { Account } from './account.js';
import { objectNotFound, validationError } from './api-fault.js';
import { changeOf } from './change-feed.js';
import type { ObjectType } from './object-type.js';
import { objectTypes } from './object-type.js';
import type { CrmRecord, HistoryEntry, PropertyHistory, WriteSource } from './record.js';
import { realChanges } from './record.js';
import { storeRecord } from './store-record.js';

interface Act {
  readonly source: WriteSource;
  readonly at: number;
}

/**
 * Moves a record to the recycling bin. Doing it again, or to an id that never was, changes nothing; HubSpot answers 204 to
 * the former, its answer to the latter is not established.
 */
export function archiveRecord(account: Account, type: ObjectType, id: string, { source, at }: Act): void {
  const record = account.records.find(type, id);
  if (record === undefined || record.archivedAt !== null) return;
  account.records.put({ ...record, archivedAt: at, updatedAt: at });
  account.changes.publish({ ...changeOf(record, at, source), kind: 'deletion' });
}

/** Takes a record out of the recycling bin, as people can for 90 days. @throws ApiFault 404 */
export function restoreRecord(account: Account, type: ObjectType, id: string, { source, at }: Act): CrmRecord {
  const record = account.records.find(type, id);
  if (record === undefined) throw objectNotFound([id]);
  if (record.archivedAt === null) return record;
  const restored = { ...record, archivedAt: null, updatedAt: at };
  account.records.put(restored);
  account.changes.publish({ ...changeOf(restored, at, source), kind: 'restore' });
  return restored;
}

/** Deletes a contact for good, as a privacy request does: nothing is left to restore. */
export function purgeRecord(account: Account, type: ObjectType, id: string, { source, at }: Act): void {
  const record = account.records.find(type, id);
  if (record === undefined) return;
  account.records.remove(type, id);
  account.changes.publish({ ...changeOf(record, at, source), kind: 'deletion' });
  account.changes.publish({ ...changeOf(record, at, source), kind: 'privacyDeletion' });
}

function requireLive(account: Account, type: ObjectType, id: string): CrmRecord {
  const record = account.records.find(type, id);
  if (record === undefined || record.archivedAt !== null) throw objectNotFound([id]);
  return record;
}

/** Both histories in one. */
function mixedHistory(a: CrmRecord, b: CrmRecord): PropertyHistory {
  const names = new Set([...a.history.keys(), ...b.history.keys()]);
  const mixed = (name: string): HistoryEntry[] =>
    [...(b.history.get(name) ?? []), ...(a.history.get(name) ?? [])].sort((x, y) =>
      x.timestamp === y.timestamp ? 0 : x.timestamp < y.timestamp ? -1 : 1,
    );
  return new Map([...names].map((name) => [name, mixed(name)]));
}

/** What the survivor takes from the other: values the primary lacks. Unique values die with the other record. */
function takenOver(account: Account, primary: CrmRecord, other: CrmRecord): Record<string, string> {
  const unique = account.properties.uniqueNames(primary.type);
  const kept = Object.entries(other.values).filter(([name]) => primary.values[name] === undefined && !unique.has(name));
  const addresses = [primary.values.hs_additional_emails, other.values.email, other.values.hs_additional_emails];
  const known = addresses.flatMap((each) => (each ?? '').split(';')).filter((each) => each !== '');
  const additional = known.filter((each) => each !== (primary.values.email ?? other.values.email));
  return {
    ...Object.fromEntries(kept),
    ...(primary.type.name === 'contacts' && additional.length > 0
      ? { hs_additional_emails: [...new Set(additional)].join(';') }
      : {}),
  };
}

/**
 * Merges two records into a third with a new id; both old ids then lead to it in single reads. Associations move along.
 * @throws ApiFault 404 when either is missing or archived, 400 for merging a record with itself.
 */
export function mergeRecords(
  account: Account,
  type: ObjectType,
  { primaryId, otherId }: { readonly primaryId: string; readonly otherId: string },
  { source, at }: Act,
): CrmRecord {
  if (primaryId === otherId) throw validationError('A record cannot be merged with itself.');
  const primary = requireLive(account, type, primaryId);
  const other = requireLive(account, type, otherId);
  const id = account.records.nextId(type);
  const mergedIds = [...new Set([...primary.mergedIds, ...other.mergedIds, primary.id, other.id])];
  const taken = takenOver(account, primary, other);
  const combined: CrmRecord = { ...primary, id, mergedIds, history: mixedHistory(primary, other) };
  const changes = realChanges(combined, {
    ...taken,
    hs_object_id: id,
    hs_merged_object_ids: mergedIds.join(';'),
  });
  for (const old of [primary, other]) {
    account.records.remove(type, old.id);
    account.records.redirect(type, old.id, id);
  }
  const merging = { at, source: { ...source, changeSource: 'MERGE_OBJECTS' } };
  const survivor = storeRecord(account, combined, changes, merging);
  for (const old of [primary, other]) account.associations.moveAll({ type, id: old.id }, { type, id }, objectTypes);
  account.changes.publish({
    ...changeOf(survivor, at, source),
    kind: 'merge',
    primaryId: primary.id,
    mergedIds: [other.id],
    movedProperties: Object.keys(taken).length,
  });
  return survivor;
}
