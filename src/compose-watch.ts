import { hubspotReceiver, type EnvironmentConnection } from './compose-connections.js';
import type { Core } from './foundations.js';
import type { DrainSource } from './platform/drain-loop.js';
import type { RawRoute } from './platform/http/raw-routes.js';
import type { Transact } from './platform/unit-of-work.js';
import type { WorkKind } from './platform/work.js';
import { ensureConnection, findConnection } from './sync/connection.store.js';
import { provisionWork } from './sync/provision.handler.js';
import { createDealReader } from './watch/deal-reader.job.js';
import { createReadDeals } from './watch/read-deals.handler.js';
import { createRecordSignals } from './watch/record-signals.handler.js';
import { signalRoute, type SignalRouteDependencies } from './watch/signal.routes.js';
import { createFullRead, createSweep } from './watch/sweep.handler.js';
import { dealReaderTopics } from './watch/topics.js';
import { dealLinkedJob, fullReadJob, fullReadWork, sweepJob, sweepWork } from './watch/watch.job.js';

/** The vendors' way in. */
export function composeSignals(core: Core, connectionFor: SignalRouteDependencies['connectionFor']): RawRoute {
  const { settings, database, clock, queue, meters } = core;
  const receiver = hubspotReceiver(settings.hubspot, () => originsOf(core));
  const record = createRecordSignals({ db: database.db, clock, queue, topicsOf: dealReaderTopics });
  return signalRoute('/webhooks/hubspot', { clock, receiver, record, connectionFor, observe: meters.delivery });
}

/** Signatures cover the address the CRM called. Without PUBLIC_URL that is one of this host's own names. */
function originsOf({ settings, publicUrl }: Core): readonly string[] {
  if (settings.publicUrl !== null) return [settings.publicUrl];
  const { port } = new URL(publicUrl());
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`);
}

export function watchJobs(core: Core): readonly WorkKind<null>[] {
  const { database, transact, connections, trouble, settings } = core;
  const { db } = database;
  return [
    dealLinkedJob({ db, transact }),
    sweepJob({
      connections,
      trouble,
      sweep: createSweep({ db, transact }),
      everyMs: settings.sweepIntervalSeconds * 1_000,
    }),
    fullReadJob(createFullRead({ db, transact })),
  ];
}

export function readersOf(core: Core, connection: EnvironmentConnection): readonly DrainSource[] {
  const { database, clock, transact, trouble } = core;
  const deps = {
    db: database.db,
    clock,
    trouble,
    readDeals: createReadDeals({ db: database.db, clock, transact }),
    random: Math.random,
  };
  return [false, true].map((history) => createDealReader(deps, connection, history));
}

const fullReadEveryMs = 24 * 60 * 60 * 1000;

/** Connections the environment names are there at first start, with the CRM provisioned and the sweep in the diary. */
export async function openConnections(
  transact: Transact,
  environment: readonly EnvironmentConnection[],
): Promise<void> {
  await transact(async (uow) => {
    for (const { id, crm, name } of environment) {
      await ensureConnection(uow.trx, { id, crm, name }, uow.now);
      const row = await findConnection(uow.trx, id);
      const fullReadAt = new Date((row?.full_read_at ?? uow.now).getTime() + fullReadEveryMs);
      await uow.enqueue([
        ...(row?.provisioned_at == null ? [{ kind: provisionWork, key: id }] : []),
        { kind: sweepWork, key: id },
        { kind: fullReadWork, key: id, dueAt: fullReadAt },
      ]);
    }
  });
}
