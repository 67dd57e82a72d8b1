import { z } from 'zod';
import { isRegistrationId } from '../crediting/widen-scope.handler.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import type { WorkKind, WorkOutcome } from '../platform/work.js';
import { dealLinkedWork } from '../sync/link-deal.handler.js';
import { restoreStampWork } from '../watch/topics.js';
import { writeBackWork } from '../sync/rep-view-work.js';

/** A full batch of the vendor's is worth waiting for: the rep does not notice half a second, the call budget does. */
const gatherMs = 500;

/** Within this time a view is written, unless the CRM is away. */
const writtenMs = 10_000;

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

/** Our own fields were changed in the CRM: what deals show is not known any more, and is written anew. */
export function restoreStampJob(deps: {
  readonly transact: Transact;
  readonly forgetViews: (uow: UnitOfWork, dealIds: readonly string[]) => Promise<void>;
}): WorkKind<null> {
  return {
    kind: restoreStampWork,
    payload: z.null(),
    batch: 100,
    gatherMs: 0,
    concurrency: 1,
    leaseMs: 15_000,
    maxAttempts: 60,
    run: async (items) => {
      const dealIds = items.map((item) => item.key);
      await deps.transact(async (uow) => {
        await deps.forgetViews(uow, dealIds);
        // Read once it is written: who takes it off again has changed it again.
        const dueAt = new Date(uow.now.getTime() + writtenMs);
        await uow.enqueue(dealIds.map((key) => ({ kind: dealLinkedWork, key, dueAt })));
      });
      return 'done';
    },
    subject: (item) => ({ type: 'deal', id: item.key }),
  };
}
