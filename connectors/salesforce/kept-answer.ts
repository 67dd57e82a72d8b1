/** An answer that changes seldom: kept for a while, asked for once however many want it. */
export interface Kept<T> {
  /** At most so old; its own life unless said. While Salesforce is away an old answer beats none. */
  get(oldestMs?: number): Promise<T>;
  forget(): void;
}

/** Keeps what `read` answers for `lifeMs`. */
export function keepAnswer<T>(
  read: () => Promise<T>,
  lifeMs: number,
  elapsedMs: () => number = () => performance.now(),
): Kept<T> {
  let held: { readonly value: T; readonly readAtMs: number } | null = null;
  let reading: Promise<T> | null = null;

  const readNow = (): Promise<T> => {
    reading ??= read()
      .then((value) => {
        held = { value, readAtMs: elapsedMs() };
        return value;
      })
      .finally(() => (reading = null));
    return reading;
  };

  return {
    get: async (oldestMs = lifeMs) => {
      const known = held;
      if (known === null) return readNow();
      if (elapsedMs() - known.readAtMs < oldestMs) return known.value;
      return readNow().catch(() => known.value);
    },
    forget: () => {
      held = null;
    },
  };
}
