import type { RawValues } from '../org/incoming-values.js';
import type { Org } from '../org/org.js';
import { invalidType } from '../org/org-fault.js';
import { deleteRecord } from '../org/record-lifecycle.js';
import type { WriteContext } from '../org/write-context.js';
import { createRecord, updateRecord } from '../org/write-record.js';

/**
 * A transaction that takes its time: what it writes carries the time of the statement and is seen by nobody before the
 * commit. A reader that went past that time in between has missed it. It holds the rows it changes.
 */
export interface LateTransaction {
  /** @returns the id the record will have. */
  create(entity: string, values: RawValues): string;
  update(id: string, values: RawValues): void;
  delete(id: string): void;
  /** @throws OrgFault when the org refuses one of the writes; nothing is written then. */
  commit(): void;
  rollback(): void;
}

interface Statement {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly run: (context: WriteContext) => void;
}

export function openLate(
  org: Org,
  userId: string,
  contextFor: (org: Org, tx: WriteContext['tx']) => WriteContext,
): LateTransaction {
  const statements: Statement[] = [];
  const held: (() => void)[] = [];
  const entry = { since: org.now() };
  org.openTransactions.add(entry);
  const note = (run: Statement['run'], ...ids: readonly string[]): void => {
    statements.push({ at: org.now(), run });
    held.push(...ids.map((id) => org.locks.lock(id)));
  };
  const end = (): void => {
    org.openTransactions.delete(entry);
    for (const release of held.splice(0)) release();
  };
  return {
    create(entity, values) {
      const object = org.schema.object(entity);
      if (object === undefined) throw invalidType(entity);
      const id = org.newId(object.keyPrefix);
      note((context) => createRecord(org, context, entity, values, id));
      return id;
    },
    update: (id, values) => note((context) => updateRecord(org, context, id, values), id),
    delete: (id) => note((context) => deleteRecord(org, context, id), id),
    commit() {
      end();
      const tx = org.begin({ userId, client: null, origin: 'ui' });
      try {
        for (const { at, run } of statements.splice(0)) {
          tx.at = at;
          run(contextFor(org, tx));
        }
      } catch (error) {
        tx.rollback();
        throw error;
      }
      tx.commit();
    },
    rollback() {
      statements.splice(0);
      end();
    },
  };
}
