import type { Account } from './account/account.js';
import { createAccount } from './account/account.js';
import type { Owner } from './account/owner.js';
import { defaultOwners } from './account/owner.js';
import type { SimulatorClock } from '../../simulator/clock.js';
import { wallClock } from '../../simulator/clock.js';
import { createControlServer } from './control/control.routes.js';
import type { Controls } from './control/controls.js';
import type { Person } from './control/person.js';
import { createPerson } from './control/person.js';
import type { SeedRecord } from './control/seed.js';
import { seedRecords } from './control/seed.js';
import type { AppCredentials, TokenStore } from './oauth/token-store.js';
import { createTokenStore } from './oauth/token-store.js';
import { createPageServer } from './page/page.routes.js';
import { seededRandom } from '../../simulator/random.js';
import type { SettingsPatch, SimulatorSettings } from './settings.js';
import { applySettings, defaultSettings } from './settings.js';
import type { CardProxy } from './webhooks/card-proxy.js';
import { createCardProxy } from './webhooks/card-proxy.js';
import { createPoster } from './webhooks/post.js';
import { eventsFor } from './webhooks/webhook-event.js';
import { createEventIds } from './webhooks/event-ids.js';
import type { WebhookSender } from './webhooks/webhook-sender.js';
import { createWebhookSender } from './webhooks/webhook-sender.js';
import { createApiServer } from './wire/api-server.js';
import { apiRoutes } from './wire/api-routes.js';
import type { CallCounts } from '../../simulator/call-log.js';
import { createCallLog } from '../../simulator/call-log.js';
import type { StandingFault } from '../../simulator/fault-book.js';
import type { FaultInput, FaultRule } from './wire/fault-rules.js';
import { createFaultRules } from './wire/fault-rules.js';
import { startHttpServer } from './wire/http-server.js';
import { createRateLimits } from './wire/rate-limits.js';
import type { RequestHook } from '../../simulator/request-hooks.js';
import { createRequestHooks } from '../../simulator/request-hooks.js';

export interface SimulatorOptions {
  readonly host?: string;
  /** 0 or nothing takes any free port. */
  readonly port?: number;
  readonly portalId?: number;
  readonly appId?: number;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Good from the start, as after a consent. */
  readonly refreshToken?: string;
  /** Time of records, history, webhooks and token expiry. Rate limits go by the machine's own clock. */
  readonly clock?: SimulatorClock;
  /** Of the random faults, so that a run can be repeated. */
  readonly seed?: number;
  readonly timeZone?: string;
  readonly homeCurrency?: string;
  /** Currency code → rate into the company currency. */
  readonly currencies?: Readonly<Record<string, string>>;
  readonly owners?: readonly Owner[];
  readonly settings?: SettingsPatch;
}

/** A running simulated HubSpot account with one app installed. */
export interface HubspotSimulator {
  /** Base address of API, pages and controls, without a trailing slash. */
  readonly url: string;
  readonly portalId: number;
  readonly appId: number;
  readonly clientId: string;
  /** The current one; see `rotateClientSecret`. */
  readonly clientSecret: string;
  /** A static token that is accepted, as is anything that starts with `pat-`. */
  readonly accessToken: string;
  readonly refreshToken: string;
  /** What people do by hand. */
  readonly person: Person;
  readonly webhooks: Omit<WebhookSender, 'close'>;
  readonly oauth: TokenStore;
  readonly settings: SimulatorSettings;
  /** Changes any part of the settings. @throws ZodError for anything it does not know. */
  configure(patch: SettingsPatch): void;
  /** Puts records in place without telling anybody. @returns their ids, in order. */
  seed(type: string, records: readonly SeedRecord[]): readonly string[];
  /** Makes everything written so far visible to search. */
  flushSearch(): void;
  /** Makes calls go wrong. @returns an id to remove it by. */
  addFault(fault: FaultInput): string;
  removeFault(id: string): void;
  clearFaults(): void;
  faults(): readonly StandingFault<FaultRule>[];
  /** Steps in before or after the account acts on a request. @returns takes the hook away again. */
  onRequest(hook: RequestHook): () => void;
  /** Calls by operation and status, e.g. `POST /crm/objects/deals/batch/read 200`. */
  calls(): CallCounts;
  resetCalls(): void;
  /** Signs webhooks and card requests with another secret from now on. */
  rotateClientSecret(secret: string): void;
  /** Calls a backend as a card in HubSpot would. */
  cardFetch: CardProxy;
  close(): Promise<void>;
}

const defaultCurrencies = { USD: '1.0', EUR: '1.1', GBP: '1.25', CHF: '1.15', JPY: '0.0065', KWD: '3.25' };
const staticToken = 'pat-na1-simulated';
const scopes = [
  'oauth',
  ...['contacts', 'companies', 'deals'].flatMap((type) => [`crm.objects.${type}.read`, `crm.objects.${type}.write`]),
  ...['contacts', 'companies', 'deals'].flatMap((type) => [`crm.schemas.${type}.read`, `crm.schemas.${type}.write`]),
  ...['crm.objects.owners.read', 'crm.objects.line_items.read'],
];

function openAccount(options: SimulatorOptions): Account {
  const settings = defaultSettings();
  applySettings(settings, options.settings ?? {});
  return createAccount({
    settings,
    clock: options.clock ?? wallClock,
    portalId: options.portalId ?? 62_515_000,
    appId: options.appId ?? 1_160_452,
    timeZone: options.timeZone ?? 'Europe/Berlin',
    homeCurrency: options.homeCurrency ?? 'USD',
    currencies: options.currencies ?? defaultCurrencies,
    owners: options.owners ?? defaultOwners,
  });
}

/** Lets every change of the account become webhook events. */
function tellOfChanges(account: Account, webhooks: WebhookSender): void {
  const { portalId, appId } = account;
  const settings = account.settings.webhooks;
  const nextEventId = createEventIds(settings);
  account.changes.subscribe((change) => {
    if (settings.targetUrl !== null) webhooks.enqueue(eventsFor(change, { portalId, appId, settings, nextEventId }));
  });
}

/**
 * Starts a simulated HubSpot on the loopback interface. It speaks HubSpot's wire protocol: point `@hubspot/api-client` at
 * its `url` by `basePath`.
 */
export async function startHubspotSimulator(options: SimulatorOptions = {}): Promise<HubspotSimulator> {
  const account = openAccount(options);
  const { now, portalId, appId, settings } = account;
  const refreshToken = options.refreshToken ?? 'na1-simulated-refresh-token';
  const credentials: AppCredentials = {
    clientId: options.clientId ?? '11111111-aaaa-4bbb-8ccc-000000000001',
    clientSecret: options.clientSecret ?? '22222222-dddd-4eee-8fff-000000000002',
  };
  const random = seededRandom(options.seed ?? 1);
  const poster = createPoster();
  const outgoing = { poster, now, clientSecret: () => credentials.clientSecret };
  const webhooks = createWebhookSender({ ...outgoing, settings: settings.webhooks, random });
  tellOfChanges(account, webhooks);

  const tokens = createTokenStore({ settings: settings.oauth, scopes, firstRefreshToken: refreshToken, now });
  const hooks = createRequestHooks();
  const controls: Controls = {
    account,
    tokens,
    credentials,
    webhooks,
    person: createPerson(account),
    faults: createFaultRules(random),
    calls: createCallLog(),
    card: createCardProxy({ ...outgoing, portalId, appId }),
  };
  const limits = createRateLimits(settings.limits, () => performance.now());
  const server = await startHttpServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    api: createApiServer({ ...controls, hooks, limits, routes: apiRoutes(tokens, credentials) }),
    control: createControlServer(controls),
    pages: createPageServer(controls),
    consent: { portalId, tokens, credentials },
  });
  return {
    url: server.url,
    portalId,
    appId,
    clientId: credentials.clientId,
    accessToken: staticToken,
    refreshToken,
    ...inProcess(controls),
    get clientSecret() {
      return credentials.clientSecret;
    },
    onRequest: (hook) => hooks.add(hook),
    async close() {
      webhooks.close();
      poster.close();
      await server.close();
    },
  };
}

type InProcess = Omit<
  HubspotSimulator,
  'url' | 'portalId' | 'appId' | 'clientId' | 'clientSecret' | 'accessToken' | 'refreshToken' | 'onRequest' | 'close'
>;

/** The controls as a caller in the same process uses them. */
function inProcess({ account, person, tokens, credentials, faults, calls, webhooks, card }: Controls): InProcess {
  return {
    person,
    webhooks,
    oauth: tokens,
    settings: account.settings,
    configure: (patch) => applySettings(account.settings, patch),
    seed: (type, records) => seedRecords(account, type, records),
    flushSearch: () => account.search.flush(),
    addFault: (fault) => faults.add(fault),
    removeFault: (id) => void faults.remove(id),
    clearFaults: () => faults.clear(),
    faults: () => faults.list(),
    calls: () => calls.counts(),
    resetCalls: () => calls.reset(),
    rotateClientSecret: (secret) => void (credentials.clientSecret = secret),
    cardFetch: card,
  };
}
