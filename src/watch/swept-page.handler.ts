import type { ChangePage, CrmDeal, DealReading } from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader } from '../platform/database.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { findDealsByCrmIds } from '../sync/crm-link.store.js';
import { followLeadWork } from '../sync/guard-work.js';
import { registrationsOfLeads } from '../sync/lead-link.store.js';
import { looksChanged, type DealState } from './deal-change.js';
import { findDealStates } from './deal-state.store.js';
import { watchStrays } from './note-strays.handler.js';
import { noteStrangersWins } from './note-wins.handler.js';
import { historyWanted, markPending, pendingAmong, type DealHint } from './pending-deal.store.js';
import { storeReadings, type DealsChanged } from './store-readings.handler.js';
import { dealReaderTopics } from './topics.js';
import { saysMoreThanOurs, type UntoldChange } from './untold-changes.js';

export interface SweepDependencies {
  readonly db: Database;
  readonly clock: Clock;
  readonly transact: Transact;
  readonly dealsChanged: DealsChanged;
}

export interface SweptPage {
  readonly connectionId: string;
  readonly page: ChangePage;
  readonly askedAt: Date;
}

/** What a page says of deals of ours: which are to be read, and what nobody may have told of. */
interface Noticed {
  readonly hints: readonly DealHint[];
  readonly untold: readonly UntoldChange[];
}

/**
 * Stores the deals of a page where it shows them as they would be read, and otherwise puts those that differ from what is known into
 * the pending set; has leads of ours looked at, and notes with `remember` how far it has come, all in one transaction.
 * @returns the changes among them of which nobody had told
 */
export async function storeSweptPage(
  { transact, dealsChanged }: SweepDependencies,
  swept: SweptPage,
  remember: (uow: UnitOfWork) => Promise<void>,
): Promise<readonly UntoldChange[]> {
  const { connectionId, page } = swept;
  return transact(async (uow) => {
    const { hints, untold } = page.asRead
      ? await storeDeals(uow, swept, dealsChanged)
      : await sortOut(uow, connectionId, page);
    const told = await pendingAmong(
      uow.trx,
      connectionId,
      untold.map(({ crmDealId }) => crmDealId),
    );
    await markPending(uow.trx, hints, uow.now);
    await remember(uow);
    await followLeads(uow, await registrationsOfLeads(uow.trx, connectionId, page.leadIds));
    if (hints.length > 0) dealReaderTopics(connectionId).forEach(uow.wake);
    return untold.filter(({ crmDealId }) => !told.has(crmDealId));
  });
}

/** Has leads of ours looked at, by their registrations. */
export async function followLeads(uow: UnitOfWork, registrationIds: readonly string[]): Promise<void> {
  await uow.enqueue(registrationIds.map((key) => ({ kind: followLeadWork, key })));
}

async function storeDeals(
  uow: UnitOfWork,
  { connectionId, page, askedAt }: SweptPage,
  dealsChanged: DealsChanged,
): Promise<Noticed> {
  const { readAgain, before } = await storeReadings(
    uow,
    { connectionId, askedAt, readings: readingsOf(page) },
    dealsChanged,
  );
  return {
    hints: readAgain.map((crmDealId) => ({ connectionId, crmDealId, stageHint: historyWanted })),
    untold: untoldAmong(page.deals, (crmDealId) => before.get(crmDealId) ?? null),
  };
}

function readingsOf({ deals, archivedIds }: ChangePage): readonly DealReading[] {
  return [
    ...deals.map((deal) => ({ kind: 'found' as const, requestedId: deal.crmDealId, deal })),
    ...archivedIds.map((requestedId) => ({ kind: 'archived' as const, requestedId })),
  ];
}

/** Deals of ours that look different, under any id a merge may have given them; and deals that are nobody's, which may be strays. */
async function sortOut(uow: UnitOfWork, connectionId: string, { deals, archivedIds }: ChangePage): Promise<Noticed> {
  const names = [...deals.flatMap((deal) => [deal.crmDealId, ...deal.mergedIds]), ...archivedIds];
  const states = await statesOf(uow.trx, connectionId, names);
  const stateOf = (crmDealId: string): DealState | null => states.get(crmDealId) ?? null;
  const isOurs = (deal: CrmDeal): boolean => [deal.crmDealId, ...deal.mergedIds].some((name) => states.has(name));
  const changed = deals.filter((deal) => isOurs(deal) && looksChanged(stateOf(deal.crmDealId), deal));
  const gone = archivedIds.filter((crmDealId) => stateOf(crmDealId)?.presence === 'present');
  const nobodys = deals.filter((deal) => !isOurs(deal));
  await watchStrays(uow, connectionId, nobodys);
  await noteStrangersWins(uow, connectionId, nobodys);
  return {
    hints: [...changed.map((deal) => deal.crmDealId), ...gone].map((crmDealId) => ({
      connectionId,
      crmDealId,
      stageHint: null,
    })),
    untold: untoldAmong(changed, stateOf),
  };
}

/** What is known of those that are ours, by their ids in the CRM; null where nothing is known yet. */
async function statesOf(
  db: Reader,
  connectionId: string,
  crmDealIds: readonly string[],
): Promise<ReadonlyMap<string, DealState | null>> {
  const rows = await findDealsByCrmIds(db, connectionId, crmDealIds);
  const states = await findDealStates(
    db,
    rows.map((row) => row.id),
  );
  return new Map(rows.map((row) => [row.crm_deal_id, states.get(row.id)?.state ?? null]));
}

function untoldAmong(
  deals: readonly CrmDeal[],
  stateOf: (crmDealId: string) => DealState | null,
): readonly UntoldChange[] {
  return deals
    .filter((deal) => saysMoreThanOurs(stateOf(deal.crmDealId), deal))
    .map(({ crmDealId, modifiedAt }) => ({ crmDealId, modifiedAt }));
}
