import { z } from 'zod';
import { CrmRateLimited, type CrmConnector } from '../../connectors/contract.js';
import type { Database } from '../platform/database.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import type { WorkItem, WorkKind, WorkOutcome } from '../platform/work.js';
import { loadProgram } from '../program/program.store.js';
import { recordOutcomes } from '../registration/registration.store.js';
import { findDeals, linksOfDeals, type DealRow } from '../sync/crm-link.store.js';
import type { Connections } from '../sync/connections.js';
import { dealLinkedWork } from '../sync/link-deal.handler.js';
import type { ConnectionTrouble } from './connection-trouble.handler.js';
import { dealReaderTopics, fullReadWork, readChangesWork, sweepWork } from './topics.js';
import { toldOutcome } from './deal-change.js';
import { findDealStates } from './deal-state.store.js';
import { historyWanted, markPending } from './pending-deal.store.js';
import { checkStraysWork } from './note-strays.handler.js';
import { creditDealsWork } from './store-readings.handler.js';
import type { UntoldChange } from './untold-changes.js';

const fullReadEveryMs = 24 * 60 * 60 * 1000;
/** A sweep that was refused does not come again at once. */
const soonestMs = 1_000;
/** Standing work never ends: after this many failures a problem tells a person, and its retry starts it again. */
const standingAttempts = 1_000;

const aboutConnection = {
  payload: z.null(),
  batch: 1,
  gatherMs: 0,
  concurrency: 1,
  leaseMs: 120_000,
  maxAttempts: standingAttempts,
  subject: (item: WorkItem<null>) => ({ type: 'connection', id: item.key }),
};

/** A deal was just linked: look at it now, and credit it even if nothing about it changes, since its partner is new. */
export function dealLinkedJob(deps: { readonly db: Database; readonly transact: Transact }): WorkKind<null> {
  return {
    kind: dealLinkedWork,
    payload: z.null(),
    batch: 100,
    gatherMs: 50,
    concurrency: 1,
    leaseMs: 15_000,
    maxAttempts: 20,
    run: async (items) => {
      const deals = await findDeals(
        deps.db,
        items.map((item) => item.key),
      );
      await deps.transact(async (uow) => {
        const hints = deals.map((deal) => ({
          connectionId: deal.connection_id,
          crmDealId: deal.crm_deal_id,
          stageHint: historyWanted,
        }));
        await markPending(uow.trx, hints, uow.now);
        await followKnownOutcomes(uow, deals);
        await uow.enqueue(deals.map((deal) => ({ kind: creditDealsWork, key: deal.id })));
        for (const hint of hints) dealReaderTopics(hint.connectionId).forEach(uow.wake);
      });
      return 'done';
    },
    subject: (item) => ({ type: 'deal', id: item.key }),
  };
}

/** A registration that was attached to a deal we know already follows it from now on. */
async function followKnownOutcomes(uow: UnitOfWork, deals: readonly DealRow[]): Promise<void> {
  const ids = deals.map((deal) => deal.id);
  const states = await findDealStates(uow.trx, ids);
  const links = await linksOfDeals(uow.trx, ids);
  const { timeZone } = (await loadProgram(uow.trx)).settings;
  const outcomes = links.flatMap((link) => {
    const state = states.get(link.deal_id ?? '')?.state;
    return state === undefined ? [] : [{ registrationId: link.registration_id, ...toldOutcome(state, timeZone) }];
  });
  await recordOutcomes(uow.trx, outcomes, uow.now);
}

export interface SweepJobDependencies {
  readonly connections: Connections;
  readonly sweep: (connectionId: string, connector: CrmConnector) => Promise<readonly UntoldChange[]>;
  /** Looks for what a change feed could not name. */
  readonly reread: (connectionId: string, connector: CrmConnector) => Promise<void>;
  /** Told of changes that a change feed might have told of. */
  readonly doubtFeed: (connectionId: string, connector: CrmConnector, untold: readonly UntoldChange[]) => Promise<void>;
  readonly trouble: ConnectionTrouble;
  readonly everyMs: number;
}

export function sweepJob(deps: SweepJobDependencies): WorkKind<null> {
  return {
    ...aboutConnection,
    kind: sweepWork,
    run: async (items, now) => {
      const outcomes = new Map<string, WorkOutcome>();
      for (const { key } of items) {
        const connector = deps.connections.connector(key);
        const waitMs = connector === undefined ? deps.everyMs : await sweepOnce(deps, key, connector);
        outcomes.set(key, { kind: 'again', at: new Date(now.getTime() + waitMs) });
      }
      return outcomes;
    },
  };
}

/**
 * A failed sweep is made good by the next one, which starts where the last stored page ended.
 * @returns how long to wait for that: where the CRM says when it has calls for us again, not the whole interval
 */
async function sweepOnce(deps: SweepJobDependencies, connectionId: string, connector: CrmConnector): Promise<number> {
  try {
    const untold = await deps.sweep(connectionId, connector);
    await deps.reread(connectionId, connector);
    await deps.trouble.works(readChangesWork, connectionId);
    await deps.doubtFeed(connectionId, connector, untold);
    return deps.everyMs;
  } catch (failure) {
    await deps.trouble.failed(readChangesWork, connectionId, failure);
    if (!(failure instanceof CrmRateLimited)) return deps.everyMs;
    return Math.min(deps.everyMs, Math.max(soonestMs, failure.retryAfterMs));
  }
}

/** Strays that could not be asked about now are asked about with the next ones, or with the usual retries. */
export function checkStraysJob(deps: {
  readonly connections: Connections;
  readonly checkStrays: (connectionId: string, connector: CrmConnector) => Promise<boolean>;
}): WorkKind<null> {
  return {
    ...aboutConnection,
    kind: checkStraysWork,
    run: async (items, now) => {
      const outcomes = new Map<string, WorkOutcome>();
      for (const { key } of items) {
        const connector = deps.connections.connector(key);
        const all = connector === undefined || (await deps.checkStrays(key, connector));
        outcomes.set(key, all ? { kind: 'done' } : { kind: 'again', at: now });
      }
      return outcomes;
    },
  };
}

export function fullReadJob(fullRead: (connectionId: string) => Promise<number>): WorkKind<null> {
  return {
    ...aboutConnection,
    kind: fullReadWork,
    run: (items, now) => standing(items, new Date(now.getTime() + fullReadEveryMs), fullRead),
  };
}

async function standing(
  items: readonly WorkItem<null>[],
  next: Date,
  act: (connectionId: string) => Promise<unknown>,
): Promise<ReadonlyMap<string, WorkOutcome>> {
  for (const item of items) await act(item.key);
  return new Map(items.map((item) => [item.key, { kind: 'again', at: next }]));
}
