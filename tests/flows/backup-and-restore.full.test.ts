import { join } from 'node:path';
import { startHubspotSimulator, type HubspotSimulator } from '../../connectors/hubspot/simulator/start.js';
import { salesRep } from '../demo/sales-rep.js';
import { walkOneLead, type StorySummary } from '../demo/story.js';
import { apiClient } from '../support/api-client.js';
import { runCommandLine } from '../support/command-line.js';
import {
  ensureBuilt,
  freePort,
  randomKey,
  startService,
  temporaryFolder,
  until,
  type ServiceEnvironment,
  type ServiceProcess,
} from '../support/service-process.js';

interface Lines {
  readonly items: readonly { readonly kind: string; readonly amount: string }[];
}

/** A dozen processes start one after the other. */
const withinMs = 300_000;

describe('a backup', () => {
  let hubspot: HubspotSimulator;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let environment: ServiceEnvironment & { readonly PORT: string };
  let running: ServiceProcess;
  let story: StorySummary;
  const operatorKey = randomKey();

  beforeAll(async () => {
    await ensureBuilt();
    hubspot = await startHubspotSimulator();
    folder = await temporaryFolder('backup');
    const port = String(await freePort());
    environment = {
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATA_DIR: join(folder.path, 'first'),
      ADMIN_API_KEY: operatorKey,
      HUBSPOT_API_URL: hubspot.url,
      HUBSPOT_ACCESS_TOKEN: hubspot.accessToken,
      HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
    };
    hubspot.configure({ webhooks: { targetUrl: `http://127.0.0.1:${port}/webhooks/hubspot` } });
    running = await startService(environment);
    story = await walkOneLead({
      serviceUrl: running.url,
      operatorKey,
      rep: salesRep(hubspot),
      checkBooks: () => Promise.resolve({ ok: true, words: '' }),
      say: () => undefined,
    });
  }, withinMs);
  afterAll(async () => {
    await running.stop();
    await hubspot.close();
    await folder.remove();
  });

  const linesOf = (partnerId: string) =>
    apiClient(running.url, operatorKey).get<Lines>(`/api/v1/commissions?partnerId=${partnerId}`);

  it(
    'taken while the service runs and restored elsewhere holds the same books, and crediting goes on there',
    async () => {
      const file = join(folder.path, 'books.backup');
      const before = await linesOf(story.partnerId);
      expect(await runCommandLine(environment, ['backup', file])).toMatchObject({ exitCode: 0 });
      const refused = await runCommandLine(environment, ['restore', file]);
      expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('The service is running') });
      await running.stop();

      const elsewhere = { ...environment, DATA_DIR: join(folder.path, 'second') };
      expect(await runCommandLine(elsewhere, ['restore', file])).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('The books hold'),
      });
      running = await startService(elsewhere);
      expect(await linesOf(story.partnerId)).toEqual(before);
      expect((await runCommandLine(elsewhere, ['ledger', 'check'])).exitCode).toBe(0);

      hubspot.person.moveDeal(story.crm.dealId, 'closedlost');
      const after = await until('the reversal', async () => {
        const lines = await linesOf(story.partnerId);
        return lines.items.length > before.items.length && lines;
      });
      expect(after.items[0]).toMatchObject({ kind: 'reversal', amount: '-1500.00' });
      expect((await runCommandLine(elsewhere, ['ledger', 'check'])).exitCode).toBe(0);
      expect(hubspot.person.records('deals')).toHaveLength(1);
    },
    withinMs,
  );
});
