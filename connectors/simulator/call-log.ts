/** How often each operation was called, e.g. `POST /crm/objects/deals/batch/read 200` → 12. */
export type CallCounts = Readonly<Record<string, number>>;

/** Counts answered calls. A call that was left without an answer counts under `none`. */
export interface CallLog {
  count(operation: string, status: number | 'none'): void;
  counts(): CallCounts;
  reset(): void;
}

export function createCallLog(): CallLog {
  const counts = new Map<string, number>();
  return {
    count(operation, status) {
      const key = `${operation} ${status}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    reset: () => counts.clear(),
  };
}
