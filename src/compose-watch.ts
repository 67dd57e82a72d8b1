import {
  hubspotReceiver,
  outboundReceiver,
  salesforceId,
  type AccountDirectory,
  type EnvironmentConnection,
} from './compose-connections.js';
import { lookAtProposed } from './compose-guard.js';
import type { FeedBatch } from '../connectors/contract.js';
import type { Core } from './foundations.js';
import type { DrainSource } from './platform/drain-loop.js';
import type { RawRoute } from './platform/http/raw-routes.js';
import { resolveProblems } from './platform/problems.store.js';
import type { Transact, UnitOfWork } from './platform/unit-of-work.js';
import type { WorkKind } from './platform/work.js';
import { ensureConnection, findConnection } from './sync/connection.store.js';
import { examineWork } from './sync/examine.handler.js';
import { provisionWork } from './sync/provision.handler.js';
import { readFormChoicesWork } from './sync/read-form-choices.handler.js';
import { listenToFeed, type FeedListening } from './watch/change-feed.job.js';
import { ensureFeed, forgetFeed } from './watch/change-feed.store.js';
import { createCheckStrays } from './watch/check-strays.handler.js';
import { createDealReader } from './watch/deal-reader.job.js';
import { createDoubtFeed } from './watch/doubt-feed.handler.js';
import { createKeepFeed, type KeepFeed } from './watch/keep-feed.handler.js';
import { createReadDeals } from './watch/read-deals.handler.js';
import { createNoteSignal } from './watch/note-signal.handler.js';
import { createRecordSignals, type RecordSignals } from './watch/record-signals.handler.js';
import { signalRoute } from './watch/signal.routes.js';
import { createFullRead, createReread, createSweep } from './watch/sweep.handler.js';
import { changeFeedWork, dealReaderTopics, fullReadWork, silentFeedWork, sweepWork } from './watch/topics.js';
import { checkStraysJob, dealLinkedJob, fullReadJob, sweepJob } from './watch/watch.job.js';

/** The vendors' ways in. */
export function composeSignals(core: Core, directory: AccountDirectory): readonly RawRoute[] {
  const { settings, database, clock, queue, meters } = core;
  const noteSignal = createNoteSignal({ db: database.db, clock });
  const recordAll = createRecordSignals({ db: database.db, clock, queue, topicsOf: dealReaderTopics });
  const record: RecordSignals = async (connectionId, signals) => {
    await recordAll(connectionId, signals);
    if (signals.length > 0) await noteSignal(connectionId);
  };
  const deps = { clock, record, observe: meters.delivery };
  const hubspot = signalRoute('/webhooks/hubspot', {
    ...deps,
    receiver: hubspotReceiver(settings.hubspot, () => originsOf(core)),
    connectionFor: directory.connectionFor,
  });
  if (settings.salesforce === null) return [hubspot];
  const { receiver, maxBytes } = outboundReceiver(core, settings.salesforce, () => directory.accountOf(salesforceId));
  // The address is one connection's own.
  const connectionFor = (): string => salesforceId;
  return [hubspot, signalRoute('/webhooks/salesforce/*', { ...deps, receiver, maxBytes, connectionFor })];
}

/** Signatures cover the address the CRM called. Without PUBLIC_URL that is one of this host's own names. */
function originsOf({ settings, publicUrl }: Core): readonly string[] {
  if (settings.publicUrl !== null) return [settings.publicUrl];
  const { port } = new URL(publicUrl());
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`);
}

export function watchJobs(core: Core): readonly WorkKind<null>[] {
  const { database, clock, transact, connections, trouble, settings } = core;
  const { db } = database;
  const sweepDeps = { db, clock, transact, dealsChanged: lookAtProposed };
  return [
    dealLinkedJob({ db, transact }),
    sweepJob({
      connections,
      trouble,
      sweep: createSweep(sweepDeps),
      reread: createReread(sweepDeps),
      doubtFeed: createDoubtFeed({ db, clock, trouble }),
      everyMs: settings.sweepIntervalSeconds * 1_000,
    }),
    fullReadJob(createFullRead({ db, transact })),
    checkStraysJob({ connections, checkStrays: createCheckStrays({ db, transact }) }),
  ];
}

export function readersOf(core: Core, connection: EnvironmentConnection): readonly DrainSource[] {
  const { database, clock, transact, trouble } = core;
  const deps = {
    db: database.db,
    clock,
    trouble,
    readDeals: createReadDeals({ db: database.db, clock, transact, dealsChanged: lookAtProposed }),
    random: Math.random,
  };
  return [false, true].map((history) => createDealReader(deps, connection, history));
}

/** Where the CRM tells of changes by itself. */
export function feedsOf(core: Core, { id, connector: { feed } }: EnvironmentConnection): readonly FeedListening[] {
  if (feed === null) return [];
  const { database, clock, log, transact, trouble, meters } = core;
  const noteSignal = createNoteSignal({ db: database.db, clock });
  const keepAll = createKeepFeed({ transact });
  const keep: KeepFeed = async (listener, batch) => {
    await keepAll(listener, batch);
    if (batch.signals.length > 0) await noteSignal(id);
  };
  const deps = { db: database.db, clock, log, trouble, keep };
  const observe = (batch: FeedBatch): void => meters.delivery({ kind: 'accepted', ...batch });
  return [listenToFeed({ ...deps, observe }, { id, feed })];
}

const fullReadEveryMs = 24 * 60 * 60 * 1000;

/** Connections the environment names are there at first start, with the CRM provisioned and the sweep in the diary. */
export async function openConnections(
  transact: Transact,
  environment: readonly EnvironmentConnection[],
): Promise<void> {
  await transact(async (uow) => {
    for (const { id, crm, name, connector, account } of environment) {
      const signIn = account === null ? 'environment' : 'web';
      await ensureConnection(uow.trx, { id, crm, name, signIn }, uow.now);
      if (connector.feed === null) await standWithoutFeed(uow, id);
      else await ensureFeed(uow.trx, id, uow.now);
      const row = await findConnection(uow.trx, id);
      const fullReadAt = new Date((row?.full_read_at ?? uow.now).getTime() + fullReadEveryMs);
      await uow.enqueue([
        { kind: row?.provisioned_at == null ? provisionWork : examineWork, key: id },
        { kind: sweepWork, key: id },
        { kind: readFormChoicesWork, key: id },
        { kind: fullReadWork, key: id, dueAt: fullReadAt },
      ]);
    }
  });
}

/** Nobody is to be called any more because of a feed that is not wanted. */
async function standWithoutFeed(uow: UnitOfWork, connectionId: string): Promise<void> {
  await forgetFeed(uow.trx, connectionId);
  for (const work of [changeFeedWork, silentFeedWork]) await resolveProblems(uow.trx, work, [connectionId], uow.now);
}
