import { z } from 'zod';
import { isRegistrationId } from '../crediting/widen-scope.handler.js';
import type { WorkKind, WorkOutcome } from '../platform/work.js';
import { writeBackWork } from '../sync/rep-view-work.js';

/** A full batch of the vendor's is worth waiting for: the rep does not notice half a second, the call budget does. */
const gatherMs = 500;

/** Shows reps what changed about deals, and about registrations that are leads as yet. */
export function writeBackJob(
  writeBack: (ids: readonly string[]) => Promise<ReadonlyMap<string, WorkOutcome>>,
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
    subject: (item) => ({ type: isRegistrationId(item.key) ? 'registration' : 'deal', id: item.key }),
  };
}
