import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { noteSignal } from '../sync/connection.store.js';

/** A person looks whether signals come at all: a burst of them need not write a row each. */
const apartMs = 10_000;

export type NoteSignal = (connectionId: string) => Promise<void>;

/** Notes that a CRM told of a change, at most every ten seconds in this process. */
export function createNoteSignal(deps: { readonly db: Database; readonly clock: Clock }): NoteSignal {
  const notedAtMs = new Map<string, number>();
  return async (connectionId) => {
    const now = deps.clock.now();
    if (now.getTime() - (notedAtMs.get(connectionId) ?? Number.NEGATIVE_INFINITY) < apartMs) return;
    notedAtMs.set(connectionId, now.getTime());
    await noteSignal(deps.db, connectionId, now);
  };
}
