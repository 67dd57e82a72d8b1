import { CrmRateLimited, CrmUnauthorised } from '../../connectors/contract.js';
import { migrations } from '../../src/migrations.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { createLog } from '../../src/platform/log.js';
import { listProblems } from '../../src/platform/problems.store.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { createConnectionTrouble } from '../../src/watch/connection-trouble.handler.js';
import { sweepJob } from '../../src/watch/watch.job.js';
import { emptyTables, openTestDatabase } from '../support/databases.js';
import { createTestClock } from '../support/test-clock.js';

describe('trouble with the standing work of a connection', () => {
  let database: OpenDatabase;
  const clock = createTestClock();
  beforeAll(async () => {
    database = await openTestDatabase({ migrations });
  });
  afterEach(() => emptyTables(database.db));
  afterAll(() => database.close());

  const process = () => {
    const transact = createTransact({ db: database.db, queue: createInProcessQueue(), clock });
    return createConnectionTrouble({ transact, clock, log: createLog({ level: 'silent' }) });
  };
  const open = async () =>
    (await listProblems(database.db, { state: 'open' }, { limit: 10 })).items.map(({ title }) => title);
  const limited = (spent: boolean) =>
    new CrmRateLimited({ operation: 'read', vendorMessage: 'too many calls', retryAfterMs: 900_000, spent });
  const refused = new CrmUnauthorised({ operation: 'read', vendorMessage: 'nobody let us in' });

  it('is a problem where a person must act, or a day of calls is used up, and none where a moment helps', async () => {
    const one = process();
    await one.failed('read-changes', 'salesforce', limited(false));
    expect(await open()).toEqual([]);
    await one.failed('read-changes', 'salesforce', limited(true));
    expect(await open()).toEqual(["The CRM's calls of the day are used up"]);
    await one.failed('read-changes', 'salesforce', refused);
    expect(await open()).toEqual(['The CRM refuses to be read']);
  });

  it('ends when the work succeeds in any process, also one that saw it succeed before', async () => {
    const [one, two] = [process(), process()];
    await two.works('read-changes', 'salesforce');
    await one.failed('read-changes', 'salesforce', refused);
    clock.advanceMs(60_000);
    await two.works('read-changes', 'salesforce');
    expect(await open()).toEqual([]);
  });

  it('ends also when the work failed while its last success was being noted', async () => {
    const one = process();
    const noted = one.works('read-deals', 'salesforce');
    await one.failed('read-deals', 'salesforce', refused);
    await noted;
    expect(await open()).toEqual(['The CRM refuses to be read']);
    await one.works('read-deals', 'salesforce');
    expect(await open()).toEqual([]);
  });

  it('is looked at again when the CRM says it has calls, not a whole interval later', async () => {
    const failure = { now: limited(true) as Error };
    const day = 86_400_000;
    const job = sweepJob({
      connections: { connector: () => ({}) as never },
      trouble: process(),
      everyMs: day,
      sweep: () => Promise.reject(failure.now),
      reread: () => Promise.resolve(),
      doubtFeed: () => Promise.resolve(),
    });
    const waitMs = async (): Promise<number> => {
      const now = clock.now();
      const outcomes = await job.run([{ key: 'salesforce', payload: null, attempts: 0 }], now);
      const outcome = outcomes === 'done' ? undefined : outcomes.get('salesforce');
      return outcome?.kind === 'again' ? outcome.at.getTime() - now.getTime() : Number.NaN;
    };
    expect(await waitMs()).toBe(900_000);
    failure.now = refused;
    expect(await waitMs()).toBe(day);
  });
});
