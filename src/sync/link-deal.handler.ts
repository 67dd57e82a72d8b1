import type { CrmKind } from '../../connectors/contract.js';
import { assertDefined } from '../platform/assert.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { ensureDeals, updateLink } from './crm-link.store.js';

/** Kind of the work that tells the watch stage of a deal it should look at. Key: our deal id. */
export const dealLinkedWork = 'deal-linked';

/** Notes that this deal is the registration's, and has it looked at. @returns our id of the deal */
export async function linkDeal(
  uow: UnitOfWork,
  connection: { readonly id: string; readonly crm: CrmKind },
  registrationId: string,
  crmDealId: string,
): Promise<string> {
  const dealIds = await ensureDeals(uow.trx, connection, [crmDealId], uow.now);
  const dealId = assertDefined(dealIds.get(crmDealId), 'a deal just ensured has an id');
  await updateLink(uow.trx, registrationId, { deal_id: dealId, linked_at: uow.now });
  await uow.enqueue([{ kind: dealLinkedWork, key: dealId }]);
  return dealId;
}
