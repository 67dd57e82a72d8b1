import { fullId } from '../record-id.js';

/** Rows somebody else's transaction holds. */
export interface RowLocks {
  /** @returns lets go. */
  lock(id: string): () => void;
  isLocked(id: string): boolean;
}

export function createRowLocks(): RowLocks {
  const held = new Map<string, number>();
  return {
    lock(id) {
      const key = fullId(id) ?? id;
      held.set(key, (held.get(key) ?? 0) + 1);
      let released = false;
      return () => {
        if (released) return;
        released = true;
        held.set(key, (held.get(key) ?? 1) - 1);
      };
    },
    isLocked: (id) => (held.get(id) ?? 0) > 0,
  };
}
