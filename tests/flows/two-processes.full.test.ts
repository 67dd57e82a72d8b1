import { startHubspotSimulator, type HubspotSimulator } from '../../connectors/hubspot/simulator/start.js';
import { openDatabase } from '../../src/platform/database.js';
import { salesRep } from '../demo/sales-rep.js';
import { walkOneLead } from '../demo/story.js';
import { runCommandLine } from '../support/command-line.js';
import { createTestSchema, type TestSchema } from '../support/databases.js';
import { describeWith, testRedisUrl } from '../support/services.js';
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
  });
});

async function storedTokens(databaseUrl: string): Promise<string> {
  const database = await openDatabase({ databaseUrl, dataDir: '', poolSize: 1 });
  try {
    const row = await database.db.selectFrom('connections').select('tokens_sealed').executeTakeFirstOrThrow();
    return row.tokens_sealed ?? '';
  } finally {
    await database.close();
  }
}
