import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { startSalesforceSimulator, type SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import { openDatabase, type OpenDatabase } from '../../src/platform/database.js';
import { apiClient } from '../support/api-client.js';
import { createTestSchema, type TestSchema } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { salesforceProgram, type Converted, type SalesforceProgram } from '../support/salesforce-program.js';
import {
  ensureBuilt,
  freePort,
  randomKey,
  startService,
  temporaryFolder,
  type ServiceProcess,
} from '../support/service-process.js';
import { describeWith } from '../support/services.js';

/** Longer than a lease, and than a silent poll is waited for. */
const patienceMs = 60_000;

describeWith('postgres', 'two processes that could listen to Salesforce', () => {
  let salesforce: SalesforceSimulator;
  let schema: TestSchema;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: OpenDatabase;
  let program: SalesforceProgram;
  let converted: readonly Converted[];
  const operatorKey = randomKey();
  const processes: ServiceProcess[] = [];

  const start = async (): Promise<ServiceProcess> => {
    const process = await startService({
      ...{ PORT: String(await freePort()), DATA_DIR: folder.path, DATABASE_URL: schema.databaseUrl },
      ...{ SECRET_KEY: '7a'.repeat(32), ADMIN_API_KEY: operatorKey, SWEEP_INTERVAL_SECONDS: '86400' },
      SALESFORCE_LOGIN_URL: salesforce.url,
      SALESFORCE_CLIENT_ID: salesforce.clientId,
      SALESFORCE_CLIENT_SECRET: salesforce.secret,
      SALESFORCE_REFRESH_TOKEN: salesforce.tokens.refreshToken,
    });
    processes.push(process);
    return process;
  };
  const feed = async () => {
    const row = await database.db.selectFrom('change_feeds').selectAll().executeTakeFirstOrThrow();
    const { swept_at } = await database.db
      .selectFrom('connections')
      .select('swept_at')
      .where('id', '=', 'salesforce')
      .executeTakeFirstOrThrow();
    return { ...row, sweptAt: swept_at?.getTime() };
  };
  const live = () => eventually('the feed is live', async () => (await feed()).state === 'live', patienceMs);
  const settled = () =>
    eventually(
      'nothing is left to do',
      async () => {
        const { rows } = await sql<{ left: number }>`
          select (select count(*) from pending_deals where due_at is not null) +
            (select count(*) from work where due_at < now() + interval '1 minute') as left`.execute(database.db);
        return Number(rows[0]?.left) === 0;
      },
      patienceMs,
    );
  const win = async (one: Converted): Promise<void> => {
    // Salesforce tells times in whole seconds: a win in the second of the approval would look like one before it.
    await pause(1_100);
    program.win(one);
  };
  const credited = async (one: Converted): Promise<void> => {
    await eventually(
      'the win is credited',
      async () => (await program.bookOf(one.registrationId))?.length === 1,
      patienceMs,
    );
    await settled();
    expect(await program.bookOf(one.registrationId)).toEqual(['commission 1200.00 USD']);
  };

  beforeAll(async () => {
    await ensureBuilt();
    salesforce = await startSalesforceSimulator({ streaming: { pollMs: 300 } });
    schema = await createTestSchema();
    folder = await temporaryFolder('listeners');
    database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '', poolSize: 2 });
    const { url } = await start();
    const as = (key: string | null) => apiClient(url, key);
    program = await salesforceProgram(
      { operator: as(operatorKey), as, settled, clock: { advanceMs: () => undefined } },
      salesforce,
    );
    await live();
    converted = await program.pushAllConverted(3);
  });
  afterAll(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await salesforce.close();
    await database.close();
    await schema.drop();
    await folder.remove();
  });

  it('are one listener, and a poll that is never answered costs nothing but time', async () => {
    await start();
    await settled();
    const { sweptAt, reread_gen } = await feed();
    // Longer than the second one waits before it looks a second time.
    await pause(6_000);
    expect(salesforce.streaming.counts().clients).toBe(1);
    salesforce.streaming.addFault({ kind: 'silent', count: 1 });
    await pause(500);
    await win(converted[0]!);
    await credited(converted[0]!);
    expect(await feed()).toMatchObject({ sweptAt, reread_gen });
  });

  it('take over from one another: what was changed while nobody listened is heard from the stored position', async () => {
    const { sweptAt, reread_gen, lease_owner, position } = await feed();
    await processes[0]!.kill();
    await win(converted[1]!);
    const { url } = processes[1]!;
    program = { ...program, bookOf: bookOver(apiClient(url, operatorKey)) };
    await credited(converted[1]!);
    const after = await feed();
    expect(after).toMatchObject({ sweptAt, reread_gen });
    expect([after.lease_owner === lease_owner, after.position === position]).toEqual([false, false]);
  });

  it('hear after a restart what they missed, once', async () => {
    await Promise.all(processes.splice(0).map((process) => process.stop()));
    expect((await feed()).lease_owner).toBeNull();
    const { reread_gen } = await feed();
    await win(converted[2]!);
    const { url } = await start();
    program = { ...program, bookOf: bookOver(apiClient(url, operatorKey)) };
    await live();
    await credited(converted[2]!);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/introducer_signals_total\{kind="deal"\} [1-9]/);
    expect((await feed()).reread_gen).toBe(reread_gen);
  });

  function bookOver(api: ReturnType<typeof apiClient>): SalesforceProgram['bookOf'] {
    return async (registrationId) => {
      const { dealId } = await api.get<{ dealId: string | null }>(`/api/v1/registrations/${registrationId}`);
      if (dealId === null) return null;
      const { items } = await api.get<{ items: readonly { kind: string; amount: string; currency: string }[] }>(
        `/api/v1/commissions?dealId=${dealId}`,
      );
      return items.map((line) => `${line.kind} ${line.amount} ${line.currency}`);
    };
  }
});
