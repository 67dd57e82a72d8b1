import type { UnitOfWork } from '../platform/unit-of-work.js';
import { findDeals } from '../sync/crm-link.store.js';
import { writeBackWork } from '../sync/rep-view-work.js';
import { forgetShown } from './rep-view.store.js';

/**
 * Somebody else stamped or cleared these deals: what they show is not known any more, whatever we wrote there before, and they are
 * written anew. To be called after the CRM was, and in the transaction that says so.
 */
export async function forgetViews(uow: UnitOfWork, dealIds: readonly string[]): Promise<void> {
  const deals = await findDeals(uow.trx, dealIds);
  const records = deals.map((deal) => ({
    connectionId: deal.connection_id,
    objectType: 'deal' as const,
    crmId: deal.crm_deal_id,
  }));
  await forgetShown(uow.trx, records, uow.now);
  await uow.enqueue(deals.map((deal) => ({ kind: writeBackWork, key: deal.id })));
}
