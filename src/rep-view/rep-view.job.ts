import { z } from 'zod';
import type { WorkKind, WorkOutcome } from '../platform/work.js';

/** Kind of the work that shows the rep what changed. Key: our deal id. Enqueued by the stages above under this name. */
export const writeBackWork = 'write-back';

/** A full batch of the vendor's is worth waiting for: the rep does not notice half a second, the call budget does. */
const gatherMs = 500;

export function writeBackJob(
  writeBack: (dealIds: readonly string[]) => Promise<ReadonlyMap<string, WorkOutcome>>,
): WorkKind<null> {
  return {
    kind: writeBackWork,
    payload: z.null(),
    batch: 100,
    gatherMs,
    concurrency: 1,
    leaseMs: 30_000,
    maxAttempts: 60,
    run: (items) => writeBack(items.map((item) => item.key)),
    subject: (item) => ({ type: 'deal', id: item.key }),
  };
}
