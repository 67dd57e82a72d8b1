import type { CrmDeal } from '../../connectors/contract.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { hasUnanswered } from '../registration/prospect.store.js';
import { findRegistrations } from '../registration/registration.store.js';
import { linksOfDeals, type DealRow } from '../sync/crm-link.store.js';
import { hasLinks } from '../sync/lead-link.store.js';
import { askUntiedAgain, forgetWins, markWinDue, noteUnclaimedWins } from './unclaimed-win.store.js';

/** Kind of the work that asks whether partners introduced wins nobody is credited for. Key: connection id. */
export const findMissingWork = 'find-missing-commissions';

/** How long wins gather: whom they are about is read many a call. */
const gatherMs = 2_000;
const dayMs = 24 * 60 * 60 * 1000;
const memoryMs = 90 * dayMs;
/** A deal is given its contact or company within so many days of its win, or nobody will. */
const untiedMs = 14 * dayMs;

/** Has won deals looked at that are no registration's. None of the deals is one of ours. */
export async function noteStrangersWins(
  uow: UnitOfWork,
  connectionId: string,
  deals: readonly CrmDeal[],
): Promise<void> {
  const wins = deals.filter(({ outcome }) => outcome === 'won');
  // Nothing was registered that a win could be credited to.
  if (wins.length === 0 || !((await hasLinks(uow.trx, connectionId)) || (await hasUnanswered(uow.trx)))) return;
  await note(uow, connectionId, wins);
}

/** The same of deals of ours that were just won: those without a registration that stands, which one that ran out is not. */
export async function noteOwnWins(
  uow: UnitOfWork,
  connectionId: string,
  won: readonly { readonly dealId: string; readonly seen: CrmDeal }[],
): Promise<void> {
  if (won.length === 0) return;
  const links = await linksOfDeals(
    uow.trx,
    won.map(({ dealId }) => dealId),
  );
  const registrations = await findRegistrations(
    uow.trx,
    links.map((link) => link.registration_id),
  );
  const standing = new Set(registrations.filter(({ status }) => status === 'approved').map(({ id }) => id));
  const claimed = new Set(links.filter((link) => standing.has(link.registration_id)).map((link) => link.deal_id));
  await note(
    uow,
    connectionId,
    won.filter(({ dealId }) => !claimed.has(dealId)).map(({ seen }) => seen),
  );
}

async function note(uow: UnitOfWork, connectionId: string, wins: readonly CrmDeal[]): Promise<void> {
  if (await noteUnclaimedWins(uow.trx, connectionId, wins, uow.now)) await wishSearch(uow, connectionId);
}

/** Once a day: wins that were about nobody are asked about again, and old ones forgotten. */
export async function askAboutWinsAgain(uow: UnitOfWork, connectionId: string): Promise<void> {
  const before = (ms: number): Date => new Date(uow.now.getTime() - ms);
  await forgetWins(uow.trx, connectionId, before(memoryMs));
  if (await askUntiedAgain(uow.trx, connectionId, before(untiedMs))) await wishSearch(uow, connectionId);
}

/** Has these wins judged anew. */
export async function askAboutAgain(uow: UnitOfWork, deals: readonly DealRow[]): Promise<void> {
  for (const { connection_id: connectionId, crm_deal_id: crmDealId } of deals) {
    await markWinDue(uow.trx, connectionId, crmDealId);
    await wishSearch(uow, connectionId);
  }
}

async function wishSearch(uow: UnitOfWork, connectionId: string): Promise<void> {
  await uow.enqueue([{ kind: findMissingWork, key: connectionId, dueAt: new Date(uow.now.getTime() + gatherMs) }]);
}
