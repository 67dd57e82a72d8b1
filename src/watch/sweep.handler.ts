import type { ChangePage, CrmConnector } from '../../connectors/contract.js';
import { findConnection, updateConnection } from '../sync/connection.store.js';
import { linkedDealsAfter } from '../sync/crm-link.store.js';
import { registrationsWithLead } from '../sync/lead-link.store.js';
import { findFeed, storeRereadCursor } from './change-feed.store.js';
import { historyWanted, markPending } from './pending-deal.store.js';
import { askAboutWinsAgain } from './note-wins.handler.js';
import { forgetStrays } from './stray-deal.store.js';
import { followLeads, storeSweptPage, type SweepDependencies } from './swept-page.handler.js';
import { dealReaderTopics } from './topics.js';
import type { UntoldChange } from './untold-changes.js';

/** Pages of one sweep; what is left is taken up by the next one, from the stored cursor. */
const mostPages = 100;
const fullReadPage = 500;
const strayMemoryMs = 90 * 24 * 60 * 60 * 1000;

type Asked = Pick<CrmConnector, 'changesSince'>;

/** A page on its way, with the moment at which it was asked for. */
interface AskedPage {
  readonly page: ChangePage;
  readonly askedAt: Date;
}

/**
 * Asks the CRM which deals and leads changed since the last sweep: the net under every lost signal. Our own writes change a deal's
 * modified time and nothing else, so they cost no read. The next page is asked for while one is stored, since most of a sweep is
 * waiting for the CRM.
 * @returns what it found of which nobody had told
 * @throws the connector's failures; the cursor stays where the last stored page ended
 */
export function createSweep(deps: SweepDependencies) {
  return async (connectionId: string, connector: Asked): Promise<readonly UntoldChange[]> => {
    const connection = await findConnection(deps.db, connectionId);
    if (connection === undefined) return [];
    const ask = async (cursor: string | null): Promise<AskedPage> => {
      const askedAt = deps.clock.now();
      return { askedAt, page: await connector.changesSince(cursor, connection.created_at) };
    };
    const untold: UntoldChange[] = [];
    let next: Promise<AskedPage> | null = ask(connection.sweep_cursor);
    for (let pages = 1; next !== null; pages += 1) {
      const { page, askedAt }: AskedPage = await next;
      next = page.more && pages < mostPages ? ask(page.cursor) : null;
      // Where storing this page fails, nobody waits for the next one any more.
      next?.catch(() => undefined);
      const ofPage = await storeSweptPage(deps, { connectionId, page, askedAt }, (uow) =>
        updateConnection(uow.trx, connectionId, { sweep_cursor: page.cursor, swept_at: uow.now }),
      );
      untold.push(...ofPage);
    }
    return untold;
  };
}

/**
 * Looks for what a feed could not name, from where it wished: a sweep with a cursor of its own, so that the one of the standing sweep
 * is neither set back nor moved over what that has still to see. What is left after the most pages is taken up by the next.
 * @throws the connector's failures; the cursor stays where the last stored page ended
 */
export function createReread(deps: SweepDependencies) {
  return async (connectionId: string, connector: Asked): Promise<void> => {
    for (let pages = 0; pages < mostPages; pages += 1) {
      // Looked at anew for each page: a later wish begins it again.
      const wish = await findFeed(deps.db, connectionId);
      if (wish === undefined || wish.reread_since === null) return;
      const askedAt = deps.clock.now();
      const page = await connector.changesSince(wish.reread_cursor, wish.reread_since);
      await storeSweptPage(deps, { connectionId, page, askedAt }, (uow) =>
        storeRereadCursor(uow.trx, { connectionId, gen: wish.reread_gen }, page.more ? page.cursor : null),
      );
    }
  };
}

/**
 * Puts every linked deal into the pending set, and has every lead looked at that is no deal yet: what a sweep cannot see (a deal deleted, merged or restored while webhooks were
 * lost) is found within a day.
 */
export function createFullRead(deps: Pick<SweepDependencies, 'db' | 'transact'>) {
  return async (connectionId: string): Promise<number> => {
    await deps.transact(async (uow) => {
      await followLeads(uow, await registrationsWithLead(uow.trx, connectionId));
      await forgetStrays(uow.trx, connectionId, new Date(uow.now.getTime() - strayMemoryMs));
      await askAboutWinsAgain(uow, connectionId);
    });
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
