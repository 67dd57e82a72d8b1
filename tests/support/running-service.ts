import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { readSettings } from '../../config/settings.js';
import {
  startHubspotSimulator,
  type HubspotSimulator,
  type SimulatorOptions,
} from '../../connectors/hubspot/simulator/start.js';
import { migrations } from '../../src/migrations.js';
import type { Database } from '../../src/platform/database.js';
import { startService, type Service } from '../../src/service.js';
import { apiClient, type ApiClient } from './api-client.js';
import { openStoryDatabase, type OpenTestDatabase } from './databases.js';
import { createRunningClock, type RunningClock } from './running-clock.js';
import { randomKey } from './service-process.js';

/** The whole service in this process, with a simulated HubSpot that sends it webhooks. Both go by the same clock. */
export interface RunningService {
  readonly url: string;
  readonly hubspot: HubspotSimulator;
  readonly clock: RunningClock;
  readonly db: Database;
  readonly operator: ApiClient;
  /** Signs in as somebody else, or as nobody. */
  as(key: string | null): ApiClient;
  /** Waits until no webhook is on its way and nothing is left to be done now or within the next minutes. */
  settled(withinMs?: number): Promise<void>;
  /** Asks HubSpot what changed since the last sweep, now instead of at its time. */
  sweep(): Promise<void>;
  /** Reads every linked deal again, now instead of in the night. */
  readAllDeals(): Promise<void>;
  /** Makes our fields in HubSpot again, as `introducer provision` does. */
  provision(): Promise<void>;
  /** Lets days pass, and what falls due meanwhile be done. */
  letDaysPass(days: number): Promise<void>;
  /** What commands work with. */
  readonly internals: Pick<Service, 'foundations' | 'composition'>;
  close(): Promise<void>;
}

export interface RunningServiceOptions {
  /** Settings of the service beside those every test needs. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly hubspot?: SimulatorOptions;
  readonly open?: OpenTestDatabase;
  /** When to hand it over: once HubSpot has our fields, which is the default, or as soon as it listens. */
  readonly until?: 'provisioned' | 'listening';
}

/** Standing work looks rarely by itself, so that a test decides when it does. */
const sweepIntervalSeconds = 86_400;
/** What waits after a failure or for a colleague counts as unsettled, what stands in the diary does not. */
const soonMs = 600_000;
const diary = ['sweep', 'full-read'];
const settledWithinMs = 30_000;
const lookEveryMs = 20;
/** The connector holds itself to what HubSpot says it allows; waiting for calls to become free proves nothing here. */
const roomyLimits = {
  enabled: true,
  perTenSeconds: 100_000,
  searchPerSecond: 1_000,
  associationsPerTenSeconds: 100_000,
};

export async function startRunningService(options: RunningServiceOptions = {}): Promise<RunningService> {
  const clock = createRunningClock();
  const settings = { ...options.hubspot?.settings, limits: { ...roomyLimits, ...options.hubspot?.settings?.limits } };
  const hubspot = await startHubspotSimulator({ clock, ...options.hubspot, settings });
  const adminKey = randomKey();
  const database = await (options.open ?? openStoryDatabase)({ migrations });
  const service = await startService(
    readSettings({
      PORT: '0',
      SECRET_KEY: '5e'.repeat(32),
      ADMIN_API_KEY: adminKey,
      HUBSPOT_API_URL: hubspot.url,
      HUBSPOT_ACCESS_TOKEN: hubspot.accessToken,
      HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
      SWEEP_INTERVAL_SECONDS: String(sweepIntervalSeconds),
      ...options.environment,
    }),
    '0.0.0',
    { database, clock, logger: pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' }) },
  );
  const url = service.url.replace('localhost', '127.0.0.1');
  hubspot.configure({ webhooks: { targetUrl: `${url}/webhooks/hubspot` } });
  const running = { url, hubspot, clock, db: database.db, operator: apiClient(url, adminKey) };
  const controls = timeControls(running, service);
  if (options.until !== 'listening') await controls.settled();
  return {
    ...running,
    as: (key) => apiClient(url, key),
    ...controls,
    internals: service,
    close: async () => {
      await service.stop();
      await hubspot.close();
    },
  };
}

type TimeControls = Pick<RunningService, 'settled' | 'sweep' | 'readAllDeals' | 'provision' | 'letDaysPass'>;

function timeControls(
  { hubspot, clock, db }: Pick<RunningService, 'hubspot' | 'clock' | 'db'>,
  { composition, foundations }: Service,
): TimeControls {
  const settled = async (withinMs = settledWithinMs): Promise<void> => {
    const deadline = Date.now() + withinMs;
    for (let left = await leftToDo(db, hubspot, clock); left.length > 0; left = await leftToDo(db, hubspot, clock)) {
      if (Date.now() > deadline) throw new Error(`Not done within ${withinMs} ms: ${left.join(', ')}`);
      await pause(lookEveryMs);
    }
  };
  const doNow = async (kind: string): Promise<void> => {
    await composition.transact((uow) => uow.enqueue([{ kind, key: 'hubspot', dueAt: uow.now }]));
    await settled();
  };
  return {
    settled,
    sweep: () => doNow('sweep'),
    readAllDeals: () => doNow('full-read'),
    provision: async () => {
      await composition.provision('hubspot');
    },
    letDaysPass: async (days) => {
      clock.advanceDays(days);
      for (const job of composition.jobs) foundations.queue.wake(job.kind);
      await settled();
    },
  };
}

async function leftToDo(db: Database, hubspot: HubspotSimulator, clock: RunningClock): Promise<readonly string[]> {
  const onTheWay = hubspot.webhooks.counts().waiting;
  const now = clock.now();
  const soon = new Date(now.getTime() + soonMs);
  const { rows } = await sql<{ what: string }>`
    select kind || ' ' || key || coalesce(': ' || last_error, '') as what from work
    where lease_until is not null or due_at <= ${now} or (due_at <= ${soon} and kind <> all(${diary}::text[]))
    union all
    select 'read deal ' || crm_id from pending_deals where due_at is not null`.execute(db);
  return [...(onTheWay > 0 ? [`${onTheWay} webhooks`] : []), ...rows.map((row) => row.what)];
}
