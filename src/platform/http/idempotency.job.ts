import { z } from 'zod';
import type { Database } from '../database.js';
import type { WorkKind, WorkOutcome } from '../work.js';
import { forgetIdempotencyKeys } from './idempotency.js';

/** Kind of the standing work that forgets kept answers. One row, with any key; it puts itself back into the diary. */
export const forgetAnswersWork = 'forget-answers';

const keptMs = 24 * 60 * 60 * 1000;
const everyMs = 60 * 60 * 1000;

/** Kept answers may hold contact details, so they go as soon as the promise to repeat them has run out. */
export function forgetAnswersJob(db: Database): WorkKind<null> {
  return {
    kind: forgetAnswersWork,
    payload: z.null(),
    batch: 1,
    gatherMs: 0,
    concurrency: 1,
    leaseMs: 60_000,
    maxAttempts: 1_000,
    run: async (items, now) => {
      await forgetIdempotencyKeys(db, new Date(now.getTime() - keptMs));
      const again: WorkOutcome = { kind: 'again', at: new Date(now.getTime() + everyMs) };
      return new Map(items.map((item) => [item.key, again]));
    },
    subject: (item) => ({ type: 'service', id: item.key }),
  };
}
