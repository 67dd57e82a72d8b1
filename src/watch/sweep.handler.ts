import type { CrmConnector, CrmDeal } from '../../connectors/contract.js';
import type { Database } from '../platform/database.js';
import type { Transact } from '../platform/unit-of-work.js';
import { findConnection, updateConnection } from '../sync/connection.store.js';
import { findDealsByCrmIds, linkedDealsAfter } from '../sync/crm-link.store.js';
import { looksChanged } from './deal-change.js';
import { dealReaderTopics } from './topics.js';
import { findDealStates } from './deal-state.store.js';
import { historyWanted, markPending } from './pending-deal.store.js';

export interface SweepDependencies {
  readonly db: Database;
  readonly transact: Transact;
}

/** Pages of one sweep; what is left is taken up by the next one, from the stored cursor. */
const mostPages = 100;
const fullReadPage = 500;

/**
 * Asks the CRM which deals changed since the last sweep and puts those that differ from what is known into the pending set:
 * the net under every lost webhook. Our own writes change a deal's modified time and nothing else, so they cost no read.
 * @throws the connector's failures; the cursor stays where the last stored page ended
 */
export function createSweep(deps: SweepDependencies) {
  return async (connectionId: string, connector: CrmConnector): Promise<number> => {
    const connection = await findConnection(deps.db, connectionId);
    if (connection === undefined) return 0;
    let cursor = connection.sweep_cursor;
    let marked = 0;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const page = await connector.changesSince(cursor, connection.created_at);
      const changed = await worthReading(deps.db, connectionId, page.deals);
      await deps.transact(async (uow) => {
        const hints = changed.map((crmDealId) => ({ connectionId, crmDealId, stageHint: null }));
        await markPending(uow.trx, hints, uow.now);
        await updateConnection(uow.trx, connectionId, { sweep_cursor: page.cursor, swept_at: uow.now });
        if (changed.length > 0) dealReaderTopics(connectionId).forEach(uow.wake);
      });
      marked += changed.length;
      cursor = page.cursor;
      if (!page.more) break;
    }
    return marked;
  };
}

/** Deals of ours that look different, under any id a merge may have given them. Others are nobody's business here. */
async function worthReading(db: Database, connectionId: string, seen: readonly CrmDeal[]): Promise<readonly string[]> {
  const names = seen.flatMap((deal) => [deal.crmDealId, ...deal.mergedIds]);
  const ours = new Map((await findDealsByCrmIds(db, connectionId, names)).map((row) => [row.crm_deal_id, row.id]));
  const states = await findDealStates(db, [...ours.values()]);
  return seen
    .filter((deal) => {
      const id = ours.get(deal.crmDealId);
      if (id === undefined) return deal.mergedIds.some((merged) => ours.has(merged));
      return looksChanged(states.get(id)?.state ?? null, deal);
    })
    .map((deal) => deal.crmDealId);
}

/**
 * Puts every linked deal into the pending set: what a sweep cannot see (a deal deleted, merged or restored while webhooks were
 * lost) is found within a day.
 */
export function createFullRead(deps: SweepDependencies) {
  return async (connectionId: string): Promise<number> => {
    let after = '';
    let marked = 0;
    for (;;) {
      const deals = await linkedDealsAfter(deps.db, connectionId, after, fullReadPage);
      const last = deals.at(-1);
      if (last === undefined) break;
      await deps.transact(async (uow) => {
        const hints = deals.map((deal) => ({ connectionId, crmDealId: deal.crm_deal_id, stageHint: historyWanted }));
        await markPending(uow.trx, hints, uow.now);
        await updateConnection(uow.trx, connectionId, { full_read_at: uow.now });
        dealReaderTopics(connectionId).forEach(uow.wake);
      });
      marked += deals.length;
      after = last.id;
    }
    return marked;
  };
}
