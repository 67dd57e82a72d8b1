import { setTimeout as pause } from 'node:timers/promises';
import { createInProcessQueue } from '../../../src/platform/in-process-queue.js';
import { systemClock } from '../../../src/platform/clock.js';
import { openDatabase, type Database } from '../../../src/platform/database.js';
import { createTransact } from '../../../src/platform/unit-of-work.js';
import { createTestSchema } from '../../support/databases.js';
import { freePort, randomKey, temporaryFolder, until } from '../../support/service-process.js';
import type { Cleanup } from '../cleanup.js';
import { atMost } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';
import { countLines, isProvisioned, makeProgram, untilReady } from '../product.js';
import { startProgram } from '../program.js';
import { openSalesforceOrg, type SalesforceOrg } from '../salesforce-org.js';
import { seedProduct } from '../seed-product.js';

const connectionId = 'salesforce';
/** What a call to Salesforce takes. */
const latencyMs = 20;
/** Longer than a busy lane waits for a batch to fill, so that each change meets a service at rest. */
const betweenStreamed = (): number => 1_500;
/** A win was credited just after a sweep: from there on over its whole interval. */
const betweenSwept = (share: number): number => share * sweepSeconds * 1_000;
const winsByStream = 20;
const winsBySweep = 10;
const sweepSeconds = 5;
const neverSweepSeconds = 86_400;
const mostMs = 2_000;
const longestMs = 30_000;

/** How long a win in Salesforce takes to become a line, told by Change Data Capture and found by the sweep. */
export const salesforceStream: Measure = {
  name: 'salesforce-stream',
  title: 'A single win in Salesforce: told by the change stream, and found by the sweep alone',
  take: async (context) => {
    const told = await latencies(context, winsByStream, betweenStreamed, {
      SALESFORCE_CHANGE_CHANNEL: '/data/ChangeEvents',
      SWEEP_INTERVAL_SECONDS: String(neverSweepSeconds),
    });
    await context.cleanup.run();
    const found = await latencies(context, winsBySweep, betweenSwept, {
      SALESFORCE_CHANGE_CHANNEL: 'none',
      SWEEP_INTERVAL_SECONDS: String(sweepSeconds),
    });
    return {
      figures: [
        { name: 'by the stream, changed to line committed', unit: 'ms', values: told, target: atMost(mostMs) },
        { name: 'the slowest of them', unit: 'ms', values: [Math.max(...told)], target: atMost(mostMs) },
        {
          name: `by a sweep every ${sweepSeconds} s, changed to line committed`,
          unit: 'ms',
          values: found,
          target: atMost(sweepSeconds * 1_000),
        },
        { name: 'the slowest of those', unit: 'ms', values: [Math.max(...found)] },
      ],
      notes: [
        `${winsByStream} wins by the stream, with a sweep a day; ${winsBySweep} by the sweep, at moments spread over its whole interval.`,
        'A win that comes just after a sweep waits for a whole interval, and is then read and credited.',
      ],
    };
  },
};

async function latencies(
  { cleanup, main }: MeasureContext,
  wins: number,
  restMs: (share: number) => number,
  environment: Readonly<Record<string, string>>,
): Promise<readonly number[]> {
  // The first one opens connections and does not count.
  const org = await openSalesforceOrg(cleanup, { opportunities: wins + 1 });
  await org.configure({ latencyMs });
  const db = await startOn(org, main, cleanup, environment);
  const latenciesMs: number[] = [];
  for (const [index, { crmDealId }] of org.deals.entries()) {
    await pause(restMs(index / org.deals.length));
    latenciesMs.push(await untilCommitted(db, org, crmDealId));
  }
  return latenciesMs.slice(1);
}

/** A service on PostgreSQL with a linked registration for each opportunity. */
async function startOn(
  org: SalesforceOrg,
  main: string,
  cleanup: Cleanup,
  environment: Readonly<Record<string, string>>,
): Promise<Database> {
  const schema = await createTestSchema();
  cleanup.add(() => schema.drop());
  const database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '' });
  const { db } = database;
  cleanup.add(() => database.close());
  const folder = await temporaryFolder('bench');
  cleanup.add(() => folder.remove());
  const operatorKey = randomKey();
  const port = String(await freePort());
  const program = startProgram(['--enable-source-maps', main], {
    ...{ PORT: port, DATA_DIR: folder.path, DATABASE_URL: schema.databaseUrl, SECRET_KEY: '5'.repeat(64) },
    ...{ ADMIN_API_KEY: operatorKey, LOG_LEVEL: 'warn' },
    ...org.environment,
    ...environment,
  });
  cleanup.add(() => program.stop());
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, program);
  await until('our fields to be there and a first sweep to be over', () => isProvisioned(db, connectionId));
  if (environment['SALESFORCE_CHANGE_CHANNEL'] !== 'none') await until('the stream to be live', () => isLive(db));
  await seedProduct(createTransact({ db, queue: createInProcessQueue(), clock: systemClock }), {
    connection: org.connection,
    known: org.known,
    partnerIds: await makeProgram(url, operatorKey),
    deals: org.deals,
  });
  return db;
}

async function isLive(db: Database): Promise<boolean> {
  const row = await db.selectFrom('change_feeds').select('state').executeTakeFirst();
  return row?.state === 'live';
}

async function untilCommitted(db: Database, org: SalesforceOrg, opportunityId: string): Promise<number> {
  const before = await countLines(db);
  const startedMs = performance.now();
  await org.win(opportunityId);
  while ((await countLines(db)) === before) {
    if (performance.now() - startedMs > longestMs) throw new Error(`Not credited within ${longestMs} ms`);
    await pause(2);
  }
  return performance.now() - startedMs;
}
