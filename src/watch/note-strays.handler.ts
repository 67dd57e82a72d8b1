import type { CrmDeal } from '../../connectors/contract.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { watchedSince } from '../sync/lead-link.store.js';
import { isStray } from './stray-deal.js';
import { noteStrays } from './stray-deal.store.js';

/** Kind of the work that asks whom strays are about. Key: connection id. */
export const checkStraysWork = 'check-strays';

/** How long strays gather: their ties are read a thousand a call, and the alarm is due within a minute. */
const gatherMs = 2_000;

/** Has those of the deals looked at that may have been made in place of a registration's own. None of them is a deal of ours. */
export async function watchStrays(uow: UnitOfWork, connectionId: string, deals: readonly CrmDeal[]): Promise<void> {
  if (deals.length === 0) return;
  const since = await watchedSince(uow.trx, connectionId);
  if (since === null) return;
  const strays = deals.filter((deal) => isStray(deal, since));
  const due = await noteStrays(
    uow.trx,
    connectionId,
    strays.map(({ crmDealId, stageId }) => ({ crmDealId, stageId })),
    uow.now,
  );
  if (!due) return;
  await uow.enqueue([{ kind: checkStraysWork, key: connectionId, dueAt: new Date(uow.now.getTime() + gatherMs) }]);
}
