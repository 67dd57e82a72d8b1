import type { Core } from './foundations.js';
import { conversionGuard } from './guard/alarm.js';
import { createFollowLeads } from './guard/follow-lead.handler.js';
import { createGuardLinks } from './guard/guard-link.handler.js';
import { createFindMissing, retireEnded } from './guard/find-missing.handler.js';
import { findMissingJob, followLeadJob, guardLinkJob, stampLinkJob } from './guard/guard.job.js';
import { registrationsProposed } from './guard/link-proposal.store.js';
import { createStampLink } from './guard/stamp-link.handler.js';
import type { RetryAction } from './platform/retry-problem.js';
import type { UnitOfWork } from './platform/unit-of-work.js';
import type { WorkKind } from './platform/work.js';
import { restoreStampJob } from './rep-view/rep-view.job.js';
import { forgetViews } from './rep-view/forget-views.handler.js';
import { registrationIdsOfDeals } from './sync/crm-link.store.js';
import { guardLinkWork } from './sync/guard-work.js';

/** What keeps a registration's credit from getting lost on the way to its deal. */
export function guardJobs({ database, transact, connections, clock }: Core): readonly WorkKind<null>[] {
  const deps = { db: database.db, transact, connections, clock };
  return [
    guardLinkJob(createGuardLinks(deps)),
    followLeadJob(createFollowLeads(deps)),
    findMissingJob({ connections, findMissing: createFindMissing(deps) }),
    restoreStampJob({ transact, forgetViews }),
    stampLinkJob(createStampLink({ ...deps, stampsWritten: forgetViews })),
  ];
}

/**
 * Deals have changed: one that is proposed may have become more or less likely, and one that a registration has may have made
 * what is proposed to it needless; what was found about one that is not won any more is over.
 */
export async function lookAtProposed(uow: UnitOfWork, dealIds: readonly string[]): Promise<void> {
  await retireEnded(uow, dealIds);
  const linked = (await registrationIdsOfDeals(uow.trx, dealIds)).map(({ registrationId }) => registrationId);
  const registrationIds = await registrationsProposed(uow.trx, dealIds, linked);
  await uow.enqueue(registrationIds.map((key) => ({ kind: guardLinkWork, key })));
}

/** An alarm of the guard is no work of its own: trying it again looks once more. */
export const retryGuard: readonly [string, RetryAction] = [
  conversionGuard,
  (uow, problem) => uow.enqueue([{ kind: guardLinkWork, key: problem.workKey }]),
];
