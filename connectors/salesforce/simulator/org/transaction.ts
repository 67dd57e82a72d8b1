import { randomUUID } from 'node:crypto';
import type { ChangeFeed, ChangeType, OrgChange } from './change-feed.js';
import type { OrgRecord, RecordStore } from './record-store.js';

/** Who writes: a user, through which client and by which door. */
export interface Actor {
  readonly userId: string;
  readonly client: string | null;
  readonly origin: 'api' | 'ui';
}

/** Writes that become one: told of together at commit, or taken back. */
export interface Transaction {
  readonly actor: Actor;
  /** Epoch milliseconds that writes are stamped with. A transaction that commits late sets it to the time of each statement. */
  at: number;
  put(record: OrgRecord): void;
  remove(id: string): void;
  /** Notes what is told at commit. */
  changed(type: ChangeType, record: OrgRecord, changedFields: readonly string[]): void;
  savepoint(): number;
  /** Takes back everything after the savepoint. */
  rollbackTo(savepoint: number): void;
  commit(): void;
  rollback(): void;
}

export interface TransactionOptions {
  readonly records: RecordStore;
  readonly changes: ChangeFeed;
  readonly now: () => number;
  readonly nextCommitNumber: () => number;
  /** Whether the changes of an entity are told at all. */
  readonly isTracked: (entity: string) => boolean;
}

type Change = Pick<OrgChange, 'entity' | 'ids' | 'changeType' | 'changedFields' | 'values'>;

export function beginTransaction(options: TransactionOptions, actor: Actor): Transaction {
  const { records, changes, now } = options;
  const log: { readonly undo: () => void; readonly change: Change | null }[] = [];
  const write = (id: string, act: () => void): void => {
    const before = records.find(id);
    act();
    log.push({ undo: () => (before === undefined ? records.remove(id) : records.put(before)), change: null });
  };
  const rollbackTo = (savepoint: number): void => {
    for (const { undo } of log.splice(savepoint).reverse()) undo();
  };
  return {
    actor,
    at: now(),
    put: (record) => write(record.id, () => records.put(record)),
    remove: (id) => write(id, () => records.remove(id)),
    changed(changeType, { entity, id, values }, changedFields) {
      if (!options.isTracked(entity)) return;
      const told = Object.fromEntries(changedFields.map((name) => [name, values[name] ?? null]));
      const change = { entity, ids: [id], changeType, changedFields, values: told };
      log.push({ undo: () => undefined, change });
    },
    savepoint: () => log.length,
    rollbackTo,
    rollback: () => rollbackTo(0),
    commit() {
      const told = log.splice(0).flatMap(({ change }) => change ?? []);
      if (told.length === 0) return;
      const common = { commitAt: now(), commitNumber: options.nextCommitNumber(), transaction: randomUUID() };
      for (const [index, change] of told.entries()) {
        changes.publish({ ...change, ...common, ...actor, sequence: index + 1 });
      }
    },
  };
}
