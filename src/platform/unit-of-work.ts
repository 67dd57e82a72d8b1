import type { Clock } from './clock.js';
import type { Database, Tx } from './database.js';
import { hasErrorCode, serializationFailure } from './error-code.js';
import { stalePlan } from './preparing-client.js';
import type { Queue } from './queue.js';
import { enqueueWork } from './work.store.js';
import type { NewWork } from './work.js';

/** One database transaction with its one reading of the clock and the wake-ups that follow its commit. */
export interface UnitOfWork {
  /** The only database handle to use inside: the embedded engine waits for ever on another one. */
  readonly trx: Tx;
  readonly now: Date;
  /** Writes work rows in this transaction and wakes their kinds after it. */
  readonly enqueue: (items: readonly NewWork[]) => Promise<void>;
  /** Wakes `topic` once, after commit. */
  readonly wake: (topic: string) => void;
}

/**
 * Runs `act` in one transaction. It may run several times (after a deadlock, a serialisation failure or a migration), so it
 * must not touch anything outside: no network call, no other database handle.
 */
export type Transact = <T>(act: (uow: UnitOfWork) => Promise<T>) => Promise<T>;

export interface TransactDependencies {
  readonly db: Database;
  readonly queue: Queue;
  readonly clock: Clock;
}

const maxTries = 4;
const deadlockDetected = '40P01';

export function createTransact(deps: TransactDependencies): Transact {
  return async (act) => {
    for (let tryNumber = 1; ; tryNumber += 1) {
      try {
        return await runOnce(deps, act);
      } catch (error) {
        if (tryNumber >= maxTries || !hasErrorCode(error, serializationFailure, deadlockDetected, stalePlan))
          throw error;
      }
    }
  };
}

async function runOnce<T>(deps: TransactDependencies, act: (uow: UnitOfWork) => Promise<T>): Promise<T> {
  const topics = new Map<string, Date>();
  const now = deps.clock.now();
  const result = await deps.db.transaction().execute((trx) => act(unitOfWork(trx, now, topics)));
  for (const [topic, dueAt] of topics) {
    const delayMs = dueAt.getTime() - now.getTime();
    deps.queue.wake(topic, delayMs > 0 ? { delayMs } : undefined);
  }
  return result;
}

function unitOfWork(trx: Tx, now: Date, topics: Map<string, Date>): UnitOfWork {
  const wakeAt = (topic: string, at: Date): void => {
    const earlier = topics.get(topic);
    if (earlier === undefined || at < earlier) topics.set(topic, at);
  };
  return {
    trx,
    now,
    wake: (topic) => {
      wakeAt(topic, now);
    },
    enqueue: async (items) => {
      await enqueueWork(trx, items, now);
      for (const item of items) wakeAt(item.kind, item.dueAt ?? now);
    },
  };
}
