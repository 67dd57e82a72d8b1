import { startHubspotSimulator, type HubspotSimulator } from '../../connectors/hubspot/simulator/start.js';
import { insertPerson } from '../../src/access/person.store.js';
import { openDatabase } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import { salesRep } from '../demo/sales-rep.js';
import { walkOneLead } from '../demo/story.js';
import { apiClient } from '../support/api-client.js';
import { runCommandLine } from '../support/command-line.js';
import { answerConsent } from '../support/consent.js';
import { createTestSchema, type TestSchema } from '../support/databases.js';
import { describeWith, testRedisUrl } from '../support/services.js';
import { signInAs } from '../support/sign-in-as.js';
import { ensureBuilt, freePort, randomKey, startService, temporaryFolder } from '../support/service-process.js';
import type { ServiceProcess } from '../support/service-process.js';

describeWith('postgres', 'a web and a worker process on PostgreSQL and Redis, signed in to HubSpot by OAuth', () => {
  describeWith('redis', 'walk a lead from the form to credited commission', () => {
    let hubspot: HubspotSimulator;
    let schema: TestSchema;
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    const processes: ServiceProcess[] = [];
    const operatorKey = randomKey();

    beforeAll(async () => {
      await ensureBuilt();
      hubspot = await startHubspotSimulator({ settings: { oauth: { accessTokenSeconds: 65 } } });
      schema = await createTestSchema();
      folder = await temporaryFolder('two-processes');
    });

    afterAll(async () => {
      await Promise.all(processes.map((process) => process.stop()));
      await hubspot.close();
      await schema.drop();
      await folder.remove();
    });

    it('credits the partner, tells the rep, and leaves no readable token behind', async () => {
      const [webPort, workerPort] = [await freePort(), await freePort()];
      const url = `http://127.0.0.1:${String(webPort)}`;
      const environment = {
        PUBLIC_URL: url,
        DATA_DIR: folder.path,
        DATABASE_URL: schema.databaseUrl,
        REDIS_URL: testRedisUrl,
        SECRET_KEY: '7a'.repeat(32),
        ADMIN_API_KEY: operatorKey,
        HUBSPOT_API_URL: hubspot.url,
        HUBSPOT_REFRESH_TOKEN: hubspot.refreshToken,
        HUBSPOT_CLIENT_ID: hubspot.clientId,
        HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
      };
      hubspot.configure({ webhooks: { targetUrl: `${url}/webhooks/hubspot` } });
      processes.push(await startService({ ...environment, ROLE: 'web', PORT: String(webPort) }));
      processes.push(await startService({ ...environment, ROLE: 'worker', PORT: String(workerPort) }));
      const summary = await walkOneLead({
        serviceUrl: url,
        operatorKey,
        rep: salesRep(hubspot),
        checkBooks: async () => {
          const { exitCode, stdout } = await runCommandLine(environment, ['ledger', 'check']);
          return { ok: exitCode === 0, words: stdout };
        },
        say: () => undefined,
      });
      expect(summary.books.ok).toBe(true);
      expect(summary.commissions.map((line) => [line.kind, line.amount])).toEqual([
        ['commission', '1200.00'],
        ['reversal', '-1200.00'],
        ['commission', '1500.00'],
      ]);
      expect(summary.crmRecords).toEqual({ contacts: 1, companies: 1, deals: 1 });
      const stored = await storedTokens(schema.databaseUrl);
      expect(stored).toMatch(/^v1\./);
      expect(stored).not.toContain(hubspot.refreshToken);
    });

    it('goes on in the worker, without a restart, once a person connects HubSpot in the web process', async () => {
      const own = await createTestSchema();
      // Another account than the one of the first walk, which has the same customer by now.
      const hubspot = await startHubspotSimulator();
      const [webPort, workerPort] = [await freePort(), await freePort()];
      const url = `http://127.0.0.1:${String(webPort)}`;
      const environment = {
        PUBLIC_URL: url,
        DATA_DIR: folder.path,
        DATABASE_URL: own.databaseUrl,
        REDIS_URL: testRedisUrl,
        SECRET_KEY: '7b'.repeat(32),
        ADMIN_API_KEY: operatorKey,
        HUBSPOT_API_URL: hubspot.url,
        HUBSPOT_APP_URL: hubspot.url,
        HUBSPOT_CLIENT_ID: hubspot.clientId,
        HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
      };
      hubspot.configure({ webhooks: { targetUrl: `${url}/webhooks/hubspot` } });
      const pair = [
        await startService({ ...environment, ROLE: 'web', PORT: String(webPort) }),
        await startService({ ...environment, ROLE: 'worker', PORT: String(workerPort) }),
      ];
      const database = await openDatabase({ databaseUrl: own.databaseUrl, dataDir: '', poolSize: 1 });
      try {
        await connectAsAdmin({ db: database.db, url });
        const summary = await walkOneLead({
          serviceUrl: url,
          operatorKey,
          rep: salesRep(hubspot),
          checkBooks: async () => {
            const { exitCode, stdout } = await runCommandLine(environment, ['ledger', 'check']);
            return { ok: exitCode === 0, words: stdout };
          },
          say: () => undefined,
        });
        expect(summary.books.ok).toBe(true);
        expect(summary.crmRecords).toEqual({ contacts: 1, companies: 1, deals: 1 });
      } finally {
        await Promise.all(pair.map((process) => process.stop()));
        await database.close();
        await hubspot.close();
        await own.drop();
      }
    });
  });
});

async function connectAsAdmin(service: Parameters<typeof signInAs>[0]): Promise<void> {
  const id = newId('per');
  const email = `${id}@vendor.test`;
  const at = new Date();
  const person = {
    id,
    name: 'Ada',
    email,
    email_verified: true,
    image: null,
    kind: 'operator',
    role: 'admin',
  } as const;
  await service.db
    .transaction()
    .execute((trx) =>
      insertPerson(trx, { ...person, partner_id: null, created_at: at, updated_at: at, ended_at: null }),
    );
  const cookie = await signInAs(service, { id, email, isPartner: false });
  const send = <T>(path: string, body: unknown) =>
    apiClient(service.url, null).send<T>('POST', path, body, { cookie, origin: service.url });
  const begun = await send<{ url: string }>('/api/v1/connections/hubspot/sign-ins', {});
  expect(begun).toMatchObject({ status: 201 });
  const ended = await send('/api/v1/connections/callback', await answerConsent(begun.body.url, 'allow'));
  expect(ended.status).toBe(200);
}

async function storedTokens(databaseUrl: string): Promise<string> {
  const database = await openDatabase({ databaseUrl, dataDir: '', poolSize: 1 });
  try {
    const row = await database.db.selectFrom('connections').select('tokens_sealed').executeTakeFirstOrThrow();
    return row.tokens_sealed ?? '';
  } finally {
    await database.close();
  }
}
