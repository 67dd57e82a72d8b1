import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { openDatabase, type Database } from '../../src/platform/database.js';
import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { systemClock } from '../../src/platform/clock.js';
import { createTransact } from '../../src/platform/unit-of-work.js';
import { apiClient, type ApiClient } from '../support/api-client.js';
import { createTestSchema } from '../support/databases.js';
import { freePort, randomKey, temporaryFolder, until } from '../support/service-process.js';
import { testRedisUrl } from '../support/services.js';
import type { Cleanup } from './cleanup.js';
import type { Contender } from './contender.js';
import type { ChangedDeal } from './deals.js';
import { startProgram, type RunningProgram } from './program.js';
import { seedHistory } from './seed-history.js';
import { seedProduct, type SeedRequest } from './seed-product.js';

/** One process that does all, or one that serves and one that works. */
export type Shape = 'all' | 'web and worker';

export interface Product extends Contender {
  readonly db: Database;
  readonly operator: ApiClient;
  /** Whether the rep sees everything in the CRM too. */
  isWrittenBack(): Promise<boolean>;
}

/** The simulated CRM of a product. */
export interface ProductCrm extends Pick<SeedRequest, 'connection' | 'known'> {
  /** Where it is, as settings of the service. */
  readonly environment: Readonly<Record<string, string>>;
  /** Every one of them gets its registration. */
  readonly deals: readonly ChangedDeal[];
  resetCalls(): Promise<unknown>;
}

export interface ProductOptions {
  /** The compiled entry point of the service. */
  readonly main: string;
  readonly shape: Shape;
}

const partnerCount = 20;
const readyWithinMs = 60_000;
/** A database of Redis that services started by hand do not use, so that nobody takes the other's wake-ups. */
const redisUrl = `${testRedisUrl}/13`;

const plan = `plan: standard
effectiveFrom: 2020-01-01
rules:
  - id: new-business
    pay: { percent: 10, of: amount }
`;

/** Starts the service on PostgreSQL and Redis, and seeds it with an approved, linked registration for every deal. */
export async function openProduct(cleanup: Cleanup, crm: ProductCrm, options: ProductOptions): Promise<Product> {
  const schema = await createTestSchema();
  cleanup.add(() => schema.drop());
  const database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '' });
  const { db } = database;
  cleanup.add(() => database.close());
  cleanup.add(forgetWakeUps);
  const operatorKey = randomKey();
  const url = await startProcesses(cleanup, crm, options, {
    DATABASE_URL: schema.databaseUrl,
    ADMIN_API_KEY: operatorKey,
  });
  await until('the CRM to be provisioned', () => isProvisioned(db, crm.connection.id));
  await seedProduct(createTransact({ db, queue: createInProcessQueue(), clock: systemClock }), {
    connection: crm.connection,
    known: crm.known,
    partnerIds: await makeProgram(url, operatorKey),
    deals: crm.deals,
  });
  await seedHistory(db);
  await crm.resetCalls();
  return {
    db,
    operator: apiClient(url, operatorKey),
    webhookUrl: `${url}/webhooks/hubspot`,
    isIdle: () => isIdle(db),
    isWrittenBack: () => isWrittenBack(db),
    countLines: () => countLines(db),
  };
}

/** @returns the address of the process that serves */
async function startProcesses(
  cleanup: Cleanup,
  crm: ProductCrm,
  { main, shape }: ProductOptions,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = await temporaryFolder('bench');
  cleanup.add(() => folder.remove());
  const addresses: string[] = [];
  for (const role of shape === 'all' ? ['all'] : ['web', 'worker']) {
    const port = String(await freePort());
    addresses.push(`http://127.0.0.1:${port}`);
    const program = startProgram(['--enable-source-maps', main], {
      ...environment,
      PORT: port,
      ROLE: role,
      PUBLIC_URL: addresses[0] ?? '',
      DATA_DIR: folder.path,
      REDIS_URL: redisUrl,
      SECRET_KEY: '5'.repeat(64),
      ...crm.environment,
      LOG_LEVEL: 'warn',
    });
    cleanup.add(() => program.stop());
    await untilReady(`http://127.0.0.1:${port}`, program);
  }
  return addresses[0] ?? '';
}

/** @throws Error with what it wrote when the service ends instead */
export async function untilReady(url: string, program: RunningProgram): Promise<void> {
  let over = false;
  void program.ended.then(() => (over = true));
  await until(
    'the service to be ready',
    async () => {
      if (over) throw new Error(`The service ended:\n${program.output()}`);
      const answer = await fetch(`${url}/readyz`).catch(() => null);
      await answer?.body?.cancel();
      return answer?.ok === true;
    },
    readyWithinMs,
  );
}

/** Partners and the plan come in as people bring them in. */
export async function makeProgram(url: string, operatorKey: string): Promise<readonly string[]> {
  const revOps = apiClient(url, operatorKey);
  await revOps.put('/api/v1/plans/standard', plan, 'application/yaml');
  const partners = Array.from({ length: partnerCount }, (_, index) =>
    revOps.post<{ id: string }>('/api/v1/partners', {
      name: `Partner ${index + 1}`,
      email: `partner-${index + 1}@example.com`,
    }),
  );
  return (await Promise.all(partners)).map((partner) => partner.id);
}

async function forgetWakeUps(): Promise<void> {
  const redis = new Redis(redisUrl);
  const keys = await redis.keys('introducer:*');
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
}

/** Whether our fields are in the CRM and a first sweep is over. */
export async function isProvisioned(db: Database, connectionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('connections')
    .select(['provisioned_at', 'swept_at'])
    .where('id', '=', connectionId)
    .executeTakeFirst();
  return row !== undefined && row.provisioned_at !== null && row.swept_at !== null;
}

async function isIdle(db: Database): Promise<boolean> {
  const { rows } = await sql<{ idle: boolean }>`
    select not exists (select 1 from pending_deals where due_at is not null)
      and not exists (select 1 from work where kind = 'credit-deals') as idle`.execute(db);
  return rows[0]?.idle === true;
}

/** A deal whose hold ends some day stays in the diary for that day; that is not left to do now. */
async function isWrittenBack(db: Database): Promise<boolean> {
  const { rows } = await sql<{ idle: boolean }>`
    select not exists (
      select 1 from work where kind = 'write-back' and due_at < now() + interval '1 hour'
    ) as idle`.execute(db);
  return rows[0]?.idle === true;
}

/** Lines the product booked. The ids of the seeded history sort before them, so that this looks at nothing else. */
export async function countLines(db: Database): Promise<number> {
  const { rows } = await sql<{ lines: string }>`
    select count(*) as lines from commission_lines where id >= 'line_'`.execute(db);
  return Number(rows[0]?.lines);
}
