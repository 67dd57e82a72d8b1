import type { CrmConnector, DealTies } from '../../connectors/contract.js';
import type { Database } from '../platform/database.js';
import type { Transact } from '../platform/unit-of-work.js';
import { guardLinkWork } from '../sync/guard-work.js';
import { watchedLinksOn } from '../sync/lead-link.store.js';
import { dueStrays, strayAsked } from './stray-deal.store.js';

/** Batches of one run; what is left is taken up by the next. */
const mostBatches = 50;

/**
 * Asks whom strays are about, as many as one call takes at once, and has the registrations looked at whose contact or company it
 * is. @returns whether all were asked about
 * @throws the connector's failures; what was asked before stays noted
 */
export function createCheckStrays(deps: { readonly db: Database; readonly transact: Transact }) {
  return async (connectionId: string, connector: CrmConnector): Promise<boolean> => {
    const limit = connector.limits.tiesOfDeals;
    for (let batches = 0; batches < mostBatches; batches += 1) {
      const strays = await dueStrays(deps.db, connectionId, limit);
      if (strays.length === 0) return true;
      const ties = await connector.tiesOfDeals(strays.map((stray) => stray.crmDealId));
      const tied = new Set(ties.filter(isAboutSomebody).map((one) => one.crmDealId));
      await deps.transact(async (uow) => {
        const asked = strays.map((stray) => ({ ...stray, tied: tied.has(stray.crmDealId) }));
        await strayAsked(uow.trx, connectionId, asked, uow.now);
        const links = await watchedLinksOn(uow.trx, connectionId, {
          contactIds: ties.flatMap((one) => one.contactIds),
          companyIds: ties.flatMap((one) => one.companyIds),
        });
        await uow.enqueue(links.map((link) => ({ kind: guardLinkWork, key: link.registration_id })));
      });
    }
    return false;
  };
}

function isAboutSomebody({ contactIds, companyIds }: DealTies): boolean {
  return contactIds.length + companyIds.length > 0;
}
