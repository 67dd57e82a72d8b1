import type { CallAccount } from '../../connectors/call-account.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { createCallAccountStore } from '../../src/sync/call-account.store.js';
import { createSalesforceConnector } from '../../connectors/salesforce/connector.js';
import { startSalesforceSimulator, type SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import { createMemoryStore } from '../connectors/salesforce/fake-salesforce.js';
import { eachDatabase } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

const perDay = 300;
const ours = 240;

eachDatabase('the calls that processes make of one organisation together', (open) => {
  let database: OpenDatabase;
  let salesforce: SalesforceSimulator;
  const clock = createTestClock();
  beforeAll(async () => {
    database = await open({ migrations });
    salesforce = await startSalesforceSimulator({ clock, settings: { limits: { perDay }, latencyMs: 2 } });
  });
  afterAll(async () => {
    await salesforce.close();
    await database.close();
  });

  const store = (id: string) =>
    createCallAccountStore(createTransact({ db: database.db, queue: createInProcessQueue(), clock }), id);
  const process = () => {
    const { url, clientId, secret, tokens } = salesforce;
    return createSalesforceConnector({
      loginUrl: url,
      grant: { kind: 'refresh-token', clientId, clientSecret: secret, refreshToken: tokens.refreshToken },
      tokens: createMemoryStore(null).store,
      callAccount: store('salesforce'),
      now: () => clock.now(),
    });
  };

  it('are changed by one at a time, and none of the changes is lost', async () => {
    const add = (known: CallAccount | null) => {
      const used = (known?.usage?.used ?? 0) + 1;
      return { account: { usage: { used, limit: 9, seenAtMs: 0 }, lookAtMs: 0, shares: [] }, result: used };
    };
    const results = await Promise.all(Array.from({ length: 20 }, () => store('counted').change(add)));
    expect([...results].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('stay below the reserve to the last call, although many leave at once, and all of our part is used', async () => {
    const processes = [process(), process(), process()];
    const ask = async (): Promise<string> => {
      const one = processes[Math.floor(Math.random() * processes.length)] ?? process();
      return one.tiesOfDeals(['006000000000001AAA']).then(
        () => 'answered',
        (failure: unknown) => (failure instanceof Error ? failure.name : 'unknown'),
      );
    };
    const outcomes: string[] = [];
    while (outcomes.filter((outcome) => outcome !== 'answered').length < 60) {
      outcomes.push(...(await Promise.all(Array.from({ length: 20 }, ask))));
      // Shares that one process still holds are given back after a while.
      if (outcomes.includes('CrmRateLimited') && salesforce.usage.used() < ours) clock.advanceMs(5 * 60_000);
    }
    expect(new Set(outcomes)).toEqual(new Set(['answered', 'CrmRateLimited']));
    expect(salesforce.usage.used()).toBe(ours);
  });

  it('are known to a process that has just started: it asks Salesforce nothing at the reserve', async () => {
    salesforce.resetCalls();
    await expect(process().stages()).rejects.toMatchObject({ name: 'CrmRateLimited', spent: true });
    expect(Object.keys(salesforce.calls()).filter((call) => !call.includes('oauth2'))).toEqual([]);
  });

  it('go on in every process soon after one has seen that older ones no longer count', async () => {
    const [one, two] = [process(), process()];
    clock.advanceMs(25 * 3_600_000);
    await one.stages();
    await two.stages();
  });
});
