import { sql } from 'kysely';
import { createSalesforceConnector } from '../../connectors/salesforce/connector.js';
import { migrations } from '../../src/migrations.js';
import { systemClock } from '../../src/platform/clock.js';
import { openDatabase, type Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { migrate } from '../../src/platform/migration.js';
import { createSecrets } from '../../src/platform/secrets.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { insertPartner } from '../../src/partners/partner.store.js';
import { ensureConnection } from '../../src/sync/connection.store.js';
import { createTokenStore } from '../../src/sync/crm-tokens.handler.js';
import { createDealReader } from '../../src/watch/deal-reader.job.js';
import { createReadDeals } from '../../src/watch/read-deals.handler.js';
import { createSweep } from '../../src/watch/sweep.handler.js';
import { createTestSchema } from '../support/databases.js';
import type { Cleanup } from './cleanup.js';
import type { SalesforceOrg } from './salesforce-org.js';
import { seedProduct } from './seed-product.js';

/** The watching of the service over an organisation of which nothing is known yet but whose opportunities are whose. */
export interface FirstImport {
  /** Reads and stores everything, as the first sweep does. */
  sweep(): Promise<void>;
  /** Reads what the sweep could not tell: when wins were won. */
  readHistories(): Promise<void>;
  countStored(): Promise<number>;
  forget(): Promise<void>;
}

export async function openFirstImport(cleanup: Cleanup, org: SalesforceOrg, since: Date): Promise<FirstImport> {
  const schema = await createTestSchema();
  cleanup.add(() => schema.drop());
  const database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '' });
  cleanup.add(() => database.close());
  const { db } = database;
  await migrate(db, migrations);
  const clock = systemClock;
  const transact = createTransact({ db, queue: createInProcessQueue(), clock });
  const { connection } = org;
  const partnerId = newId('par');
  await transact(async (uow) => {
    await ensureConnection(uow.trx, { ...connection, name: 'Salesforce' }, since);
    await insertPartner(uow.trx, {
      ...{ id: partnerId, name: 'Partner', email: 'p@partner.com', recruited_by: null, payout_currency: null },
      ...{ status: 'active', personal_token: 't', deactivated_at: null, created_at: uow.now, updated_at: uow.now },
    });
  });
  await seedProduct(transact, { connection, known: null, partnerIds: [partnerId], deals: org.deals });
  await sql`analyze`.execute(db);
  const connector = connectorTo(org, db);
  await connector.provision();
  const deps = { db, clock, transact, dealsChanged: () => Promise.resolve() };
  const sweep = createSweep(deps);
  const trouble = {
    failed: (_topic: string, _id: string, failure: unknown) => {
      throw failure instanceof Error ? failure : new Error(String(failure));
    },
    works: () => Promise.resolve(),
  };
  const readDeals = createReadDeals(deps);
  const histories = createDealReader(
    { db, clock, readDeals, trouble, random: Math.random },
    { id: connection.id, connector },
    true,
  );
  return {
    sweep: async () => {
      await sweep(connection.id, connector);
    },
    readHistories: async () => {
      while ((await histories.drainOnce()) !== 'empty');
    },
    countStored: async () => {
      const { rows } = await sql<{ stored: number }>`select count(*)::int as stored from deal_states`.execute(db);
      return rows[0]?.stored ?? 0;
    },
    forget: () => forget(db),
  };
}

function connectorTo(org: SalesforceOrg, db: Database) {
  const { url, clientId, secret, refreshToken, connection } = org;
  return createSalesforceConnector({
    loginUrl: url,
    grant: { kind: 'refresh-token', clientId, clientSecret: secret, refreshToken },
    tokens: createTokenStore({
      db,
      clock: systemClock,
      secrets: createSecrets('5e'.repeat(32)),
      connectionId: connection.id,
      sleep: () => Promise.resolve(),
    }),
    now: () => new Date(),
  });
}

/** As if nothing had been read yet. */
async function forget(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`truncate deal_states, deal_revisions, pending_deals, work`.execute(trx);
    await sql`update connections set sweep_cursor = null`.execute(trx);
  });
}
