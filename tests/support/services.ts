import { access, constants } from 'node:fs/promises';
import { Redis } from 'ioredis';
import pg from 'pg';

/** What some suites need beside Node itself. */
export type Service = 'postgres' | 'redis' | 'chromium';

/** An empty database the suites may fill and drop schemas in. */
export const testDatabaseUrl = process.env['TEST_DATABASE_URL'] ?? 'postgres://root@127.0.0.1:5432/test';
/** A Redis the suites may write to under their own key prefixes. */
export const testRedisUrl = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';
export const chromiumPath = process.env['TEST_CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Where browser suites leave screenshots for a person to look at; nothing is kept without it. */
export const screenshotFolder = process.env['TEST_SCREENSHOTS'];

const servicesRequired = process.env['REQUIRE_SERVICES'] === '1';
const probeTimeoutMs = 3_000;

/** `null` when the service answers, otherwise why it does not. */
const fault: Readonly<Record<Service, string | null>> = await probeAll();

/**
 * A `describe` whose suite needs a service. Where the service is missing the suite is reported as not run (see
 * `not-run-reporter.js`), or fails when `REQUIRE_SERVICES=1`, as `npm run test:full` sets it.
 */
export function describeWith(service: Service, name: string, suite: () => void): void {
  const reason = fault[service];
  if (reason === null) {
    describe(name, suite);
  } else if (servicesRequired) {
    describe(name, () => {
      it(`has ${service} to run with`, () => {
        throw new Error(`${service} is required and not reachable: ${reason}`);
      });
    });
  } else {
    describe.skip(`${name} (needs ${service}: ${reason})`, suite);
  }
}

async function probeAll(): Promise<Record<Service, string | null>> {
  const [postgres, redis, chromium] = await Promise.all([
    faultOf(probePostgres),
    faultOf(probeRedis),
    faultOf(() => access(chromiumPath, constants.X_OK)),
  ]);
  return { postgres, redis, chromium };
}

async function faultOf(probe: () => Promise<void>): Promise<string | null> {
  try {
    await probe();
    return null;
  } catch (error) {
    const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
    return first instanceof Error ? first.message : String(first);
  }
}

async function probePostgres(): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabaseUrl, connectionTimeoutMillis: probeTimeoutMs });
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end();
  }
}

async function probeRedis(): Promise<void> {
  const client = new Redis(testRedisUrl, {
    lazyConnect: true,
    connectTimeout: probeTimeoutMs,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  // Without a listener ioredis prints every failed connection itself.
  let connectionError: Error | undefined;
  client.on('error', (error) => {
    connectionError = error;
  });
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw connectionError ?? error;
  } finally {
    // Disconnecting what has already ended leaves a timer behind that holds the worker for two seconds.
    if (client.status !== 'end') client.disconnect();
  }
}
