import type { CrmSignal, FeedBatch } from '../../connectors/contract.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { findConnection } from '../sync/connection.store.js';
import { followLeadWork } from '../sync/guard-work.js';
import { registrationsOfLeads } from '../sync/lead-link.store.js';
import { storeFeedPosition, wishReread } from './change-feed.store.js';
import { markPending } from './pending-deal.store.js';
import { dealReaderTopics, fullReadWork, sweepWork } from './topics.js';

/** Another process listens to this feed by now; this one is to stop. */
export class FeedTaken extends Error {
  override readonly name = 'FeedTaken';

  constructor(connectionId: string) {
    super(`Another process listens to the changes of ${connectionId}`);
  }
}

/** One change may be of a hundred thousand records. */
const mostHintsAtOnce = 2_000;
/** No sweep shows what was deleted for good, which takes reading every linked deal: at most this often. */
const fullReadApartMs = 60 * 60 * 1000;

export type KeepFeed = (
  listener: { readonly connectionId: string; readonly owner: string },
  batch: FeedBatch,
) => Promise<void>;

/**
 * Stores what a feed brought and how far it has been heard in one transaction: a process that dies loses neither, and hears
 * again what it had not stored.
 * @throws FeedTaken when another process listens
 */
export function createKeepFeed(deps: { readonly transact: Transact }): KeepFeed {
  return ({ connectionId, owner }, { signals, reread, position }) =>
    deps.transact(async (uow) => {
      if (!(await storeFeedPosition(uow.trx, { connectionId, owner }, position))) throw new FeedTaken(connectionId);
      await noteSignals(uow, connectionId, signals);
      if (reread !== null) await lookAgain(uow, connectionId, reread.since);
    });
}

async function noteSignals(uow: UnitOfWork, connectionId: string, signals: readonly CrmSignal[]): Promise<void> {
  const hints = signals.flatMap((signal) =>
    signal.objectType === 'deal' ? [{ connectionId, crmDealId: signal.crmDealId, stageHint: signal.stageHint }] : [],
  );
  for (let from = 0; from < hints.length; from += mostHintsAtOnce) {
    await markPending(uow.trx, hints.slice(from, from + mostHintsAtOnce), uow.now);
  }
  if (hints.length > 0) dealReaderTopics(connectionId).forEach(uow.wake);
  const leadIds = signals.flatMap((signal) => (signal.objectType === 'lead' ? [signal.crmLeadId] : []));
  const registrationIds = await registrationsOfLeads(uow.trx, connectionId, leadIds);
  await uow.enqueue(registrationIds.map((key) => ({ kind: followLeadWork, key })));
}

/** @param since null: where the sweep stands, which is all that can be said */
async function lookAgain(uow: UnitOfWork, connectionId: string, since: string | null): Promise<void> {
  await uow.enqueue([{ kind: sweepWork, key: connectionId }]);
  if (since === null) return;
  await wishReread(uow.trx, connectionId, new Date(since));
  const lastFullRead = (await findConnection(uow.trx, connectionId))?.full_read_at ?? null;
  const earliest = lastFullRead === null ? uow.now : new Date(lastFullRead.getTime() + fullReadApartMs);
  await uow.enqueue([{ kind: fullReadWork, key: connectionId, dueAt: earliest > uow.now ? earliest : uow.now }]);
}
