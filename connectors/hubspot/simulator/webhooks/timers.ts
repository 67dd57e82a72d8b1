/** Things that happen later, countable and cancellable as a whole. */
export interface Timers {
  later(delayMs: number, act: () => void): void;
  pending(): number;
  clear(): void;
}

/** @param onFired told after each act, when it no longer counts as pending. */
export function createTimers(onFired: () => void): Timers {
  const timers = new Set<NodeJS.Timeout>();
  return {
    later(delayMs, act) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        act();
        onFired();
      }, delayMs);
      timers.add(timer);
    },
    pending: () => timers.size,
    clear() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
