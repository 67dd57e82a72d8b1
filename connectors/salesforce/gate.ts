import { CrmRateLimited } from '../contract.js';

/** Lets so many through at a time; the others wait their turn. */
export interface Gate {
  /** @throws CrmRateLimited when too many wait already, else what `act` throws */
  pass<T>(operation: string, act: () => Promise<T>): Promise<T>;
}

const fullWaitMs = 1_000;

/**
 * Salesforce refuses an organisation's calls while 25 (5 in small ones) have been running for twenty seconds, the ones of its other
 * tools included; so we never have many under way.
 */
export function createGate({ atOnce, mostWaiting }: { readonly atOnce: number; readonly mostWaiting: number }): Gate {
  let inside = 0;
  const waiting: (() => void)[] = [];

  const enter = async (operation: string): Promise<void> => {
    if (inside < atOnce) {
      inside += 1;
      return;
    }
    if (waiting.length >= mostWaiting) {
      const vendorMessage = `${mostWaiting} calls to Salesforce are waiting for their turn already`;
      throw new CrmRateLimited({ operation, vendorMessage, retryAfterMs: fullWaitMs });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  };

  /** Whoever leaves hands the place on, so that nobody can slip in between. */
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  };

  return {
    pass: async (operation, act) => {
      await enter(operation);
      try {
        return await act();
      } finally {
        leave();
      }
    },
  };
}
