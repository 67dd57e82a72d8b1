import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { RegistrationRow } from '../registration/registration.store.js';
import { findDeals } from '../sync/crm-link.store.js';
import { askAboutAgain } from '../watch/note-wins.handler.js';
import { openDealsOf, retireFoundOf } from './missing-commission.store.js';

/**
 * A registration was approved, or is over: what was found while it waited says so no more. Wins that may be owed to one that was
 * approved are judged anew; one that is over is owed nothing.
 */
export async function claimAnswered(
  uow: UnitOfWork,
  { id, status }: Pick<RegistrationRow, 'id' | 'status'>,
): Promise<void> {
  const dealIds = await openDealsOf(uow.trx, id);
  if (dealIds.length === 0) return;
  if (status !== 'approved') await retireFoundOf(uow.trx, id, uow.now);
  else await askAboutAgain(uow, await findDeals(uow.trx, dealIds));
}
