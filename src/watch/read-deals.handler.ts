import type { CrmConnector } from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Transact } from '../platform/unit-of-work.js';
import { findDealsByCrmIds } from '../sync/crm-link.store.js';
import { completePending, historyWanted, returnPending, type ClaimedDeal } from './pending-deal.store.js';
import { storeReadings, type DealsChanged } from './store-readings.handler.js';
import { dealReaderTopic } from './topics.js';

export interface ReadDealsDependencies {
  readonly db: Database;
  readonly clock: Clock;
  readonly transact: Transact;
  readonly dealsChanged: DealsChanged;
}

export interface ReadDealsSummary {
  readonly changed: number;
  readonly unknown: number;
  readonly historyNeeded: number;
}

/**
 * Reads claimed deals from the CRM in one call, compares them with what was known, and writes what differs together with
 * the work that follows from it. The claims are settled in the same transaction: dying before its end leaves them pending.
 * @throws the connector's failures, with the claims still held
 */
export function createReadDeals(deps: ReadDealsDependencies) {
  return async (
    connection: { readonly id: string; readonly connector: Pick<CrmConnector, 'readDeals'> },
    claimed: readonly ClaimedDeal[],
    history: boolean,
  ): Promise<ReadDealsSummary> => {
    const askedAt = deps.clock.now();
    const readings = await connection.connector.readDeals(
      claimed.map((deal) => deal.crmDealId),
      { history, worthFollowing: (crmDealIds) => ourDeals(deps.db, connection.id, crmDealIds) },
    );
    return deps.transact(async (uow) => {
      const read = { connectionId: connection.id, askedAt, readings };
      const { changedIds, readAgain, unknown } = await storeReadings(uow, read, deps.dealsChanged);
      await completePending(uow.trx, connection.id, claimed, uow.now);
      const again = { dueAt: uow.now, stageHint: historyWanted, failed: false };
      await returnPending(uow.trx, connection.id, readAgain, again);
      if (readAgain.length > 0) uow.wake(dealReaderTopic(connection.id, true));
      return { changed: changedIds.length, unknown, historyNeeded: readAgain.length };
    });
  };
}

/** Deals of no registration may go wherever they like. */
async function ourDeals(db: Database, connectionId: string, crmDealIds: readonly string[]): Promise<readonly string[]> {
  return (await findDealsByCrmIds(db, connectionId, crmDealIds)).map((deal) => deal.crm_deal_id);
}
