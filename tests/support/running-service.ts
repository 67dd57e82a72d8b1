import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { readSettings } from '../../config/settings.js';
import {
  startHubspotSimulator,
  type HubspotSimulator,
  type SimulatorOptions,
} from '../../connectors/hubspot/simulator/start.js';
import {
  startSalesforceSimulator,
  type SalesforceSimulator,
  type SimulatorOptions as SalesforceOptions,
} from '../../connectors/salesforce/simulator/start.js';
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
  /** Where it was asked for; nothing tells the service of changes there but its sweep, unless the environment names a channel. */
  readonly salesforce: SalesforceSimulator | null;
  readonly clock: RunningClock;
  readonly db: Database;
  readonly operator: ApiClient;
  /** Signs in as somebody else, or as nobody. */
  as(key: string | null): ApiClient;
  /** Until no webhook is on its way and nothing is left to be done: what falls due within minutes, the clock is moved to. */
  settled(withinMs?: number): Promise<void>;
  /** Asks a CRM, HubSpot unless told, what changed since the last sweep, now instead of at its time. */
  sweep(connectionId?: string): Promise<void>;
  /** Reads every linked deal of a CRM, HubSpot unless told, again, now instead of in the night. */
  readAllDeals(connectionId?: string): Promise<void>;
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
  /** A simulated Salesforce beside it. */
  readonly salesforce?: SalesforceOptions;
  readonly open?: OpenTestDatabase;
  /** When to hand it over: once HubSpot has our fields, which is the default, or as soon as it listens. */
  readonly until?: 'provisioned' | 'listening';
  /** Batches fill as long as they do for a user; otherwise nothing waits for more to come. */
  readonly bursts?: boolean;
  /** Where it keeps its database, and its keys, for another process to go on with; otherwise both are gone with it. */
  readonly dataDir?: string;
  /** A simulated HubSpot that is there already, with the clock it goes by; it outlives the service. */
  readonly beside?: { readonly hubspot: HubspotSimulator; readonly clock: RunningClock };
  /** Where the built web application lies; otherwise there may be none. */
  readonly webFolder?: string;
}

/** Standing work looks rarely by itself, so that a test decides when it does. */
const sweepIntervalSeconds = 86_400;
/** What waits after a failure or for a colleague is done at once, what stands in the diary is not. */
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
  const clock = options.beside?.clock ?? createRunningClock();
  const settings = { ...options.hubspot?.settings, limits: { ...roomyLimits, ...options.hubspot?.settings?.limits } };
  const hubspot = options.beside?.hubspot ?? (await startHubspotSimulator({ clock, ...options.hubspot, settings }));
  const salesforce =
    options.salesforce === undefined ? null : await startSalesforceSimulator({ clock, ...options.salesforce });
  const adminKey = randomKey();
  const database = options.dataDir === undefined ? await (options.open ?? openStoryDatabase)({ migrations }) : null;
  const service = await startService(
    readSettings({
      PORT: '0',
      ...(options.dataDir === undefined ? { SECRET_KEY: '5e'.repeat(32) } : { DATA_DIR: options.dataDir }),
      ADMIN_API_KEY: adminKey,
      HUBSPOT_API_URL: hubspot.url,
      HUBSPOT_APP_URL: hubspot.url,
      HUBSPOT_ACCESS_TOKEN: hubspot.accessToken,
      HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
      SWEEP_INTERVAL_SECONDS: String(sweepIntervalSeconds),
      ...(salesforce === null ? {} : environmentOf(salesforce)),
      ...options.environment,
    }),
    '0.0.0',
    {
      ...(database === null ? {} : { database }),
      clock,
      logger: pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' }),
      ...(options.bursts === true ? {} : { longestGatherMs: 0 }),
      ...(options.webFolder === undefined ? {} : { webFolder: options.webFolder }),
    },
  );
  const url = service.url.replace('localhost', '127.0.0.1');
  hubspot.configure({ webhooks: { targetUrl: `${url}/webhooks/hubspot` } });
  const running = {
    url,
    hubspot,
    salesforce,
    clock,
    db: service.foundations.database.db,
    operator: apiClient(url, adminKey),
  };
  const controls = timeControls(running, service);
  if (options.until !== 'listening') await controls.settled();
  return {
    ...running,
    as: (key) => apiClient(url, key),
    ...controls,
    internals: service,
    close: async () => {
      await service.stop();
      await Promise.all([options.beside === undefined ? hubspot.close() : null, salesforce?.close()]);
    },
  };
}

function environmentOf({ url, clientId, secret, tokens }: SalesforceSimulator): Record<string, string> {
  return {
    SALESFORCE_LOGIN_URL: url,
    SALESFORCE_CLIENT_ID: clientId,
    SALESFORCE_CLIENT_SECRET: secret,
    SALESFORCE_REFRESH_TOKEN: tokens.refreshToken,
    SALESFORCE_CHANGE_CHANNEL: 'none',
  };
}

type TimeControls = Pick<RunningService, 'settled' | 'sweep' | 'readAllDeals' | 'provision' | 'letDaysPass'>;

function timeControls(
  { hubspot, clock, db }: Pick<RunningService, 'hubspot' | 'clock' | 'db'>,
  { composition, foundations }: Service,
): TimeControls {
  const wakeAll = (): void => {
    for (const job of composition.jobs) foundations.queue.wake(job.kind);
    for (const reader of composition.readers) foundations.queue.wake(reader.topic);
  };
  const look = sharedLook(async () => {
    const left = await leftToDo(db, hubspot, clock);
    if (left !== null && left.idleMs > 0) {
      clock.advanceMs(left.idleMs);
      wakeAll();
    }
    return left;
  });
  const settled = async (withinMs = settledWithinMs): Promise<void> => {
    const deadline = Date.now() + withinMs;
    for (let left = await look(); left !== null; left = await look()) {
      if (Date.now() > deadline) throw new Error(`Not done within ${withinMs} ms: ${left.what.join(', ')}`);
      await pause(lookEveryMs);
    }
  };
  const doNow = async (kind: string, key = 'hubspot'): Promise<void> => {
    await composition.transact((uow) => uow.enqueue([{ kind, key, dueAt: uow.now }]));
    await settled();
  };
  return {
    settled,
    sweep: (connectionId) => doNow('sweep', connectionId),
    readAllDeals: (connectionId) => doNow('full-read', connectionId),
    provision: async () => {
      await composition.provision('hubspot');
    },
    letDaysPass: async (days) => {
      clock.advanceDays(days);
      wakeAll();
      await settled();
    },
  };
}

/**
 * One look at a time for all who wait: dozens of stories side by side would otherwise keep the database busy with looking. Nobody is
 * given a look that began before he asked, as it may have missed what he has just done.
 */
function sharedLook<T>(look: () => Promise<T>): () => Promise<T> {
  let current: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    next ??= current.then(() => {
      next = null;
      const looking = look();
      current = looking.catch(() => undefined);
      return looking;
    });
    return next;
  };
}

interface LeftToDo {
  readonly what: readonly string[];
  /** Nothing can happen before this much time has passed. */
  readonly idleMs: number;
}

async function leftToDo(db: Database, hubspot: HubspotSimulator, clock: RunningClock): Promise<LeftToDo | null> {
  const onTheWay = hubspot.webhooks.counts().waiting;
  const now = clock.now();
  const soon = new Date(now.getTime() + soonMs);
  const { rows } = await sql<{ what: string; due_at: Date; taken: boolean }>`
    select kind || ' ' || key || coalesce(': ' || last_error, '') as what, due_at, lease_until is not null as taken from work
    where lease_until is not null or due_at <= ${now} or (due_at <= ${soon} and kind <> all(${diary}::text[]))
    union all
    select 'read deal ' || crm_id, due_at, coalesce(lease_until > ${now}, false) from pending_deals where due_at is not null`.execute(
    db,
  );
  const what = [...(onTheWay > 0 ? [`${onTheWay} webhooks`] : []), ...rows.map((row) => row.what)];
  if (what.length === 0) return null;
  const busy = onTheWay > 0 || rows.some(({ taken }) => taken);
  const firstDue = Math.min(...rows.map((row) => row.due_at.getTime()));
  return { what, idleMs: busy ? 0 : Math.max(0, firstDue - now.getTime()) };
}
