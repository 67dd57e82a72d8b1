import type { SimulatorClock } from '../../simulator/clock.js';
import { wallClock } from '../../simulator/clock.js';
import { createControlServer } from './control/control.routes.js';
import type { Controls } from './control/controls.js';
import type { Person } from './control/person.js';
import { createPerson } from './control/person.js';
import { seedRecords } from './control/seed.js';
import type { GrantStore } from './oauth/grant-store.js';
import { createGrantStore } from './oauth/grant-store.js';
import type { SessionStore } from './oauth/session-store.js';
import { createSessionStore } from './oauth/session-store.js';
import type { RawValues } from './org/incoming-values.js';
import type { Org } from './org/org.js';
import { createOrg } from './org/org.js';
import type { People } from './org/seed-org.js';
import { seedOrg } from './org/seed-org.js';
import { createOutboundSender, type OutboundSender } from './outbound/outbound-sender.js';
import type { OutboundPatch } from './outbound/outbound-settings.js';
import { createPageServer } from './page/page.routes.js';
import { seededRandom } from '../../simulator/random.js';
import type { SettingsPatch, SimulatorSettings } from './settings.js';
import { applySettings, defaultSettings } from './settings.js';
import { createStreaming, type Streaming } from './streaming/streaming.js';
import type { StreamingPatch } from './streaming/streaming-settings.js';
import { createApiServer } from './wire/api-server.js';
import type { ApiUsage } from './wire/api-usage.js';
import { createApiUsage } from './wire/api-usage.js';
import type { CallCounts } from '../../simulator/call-log.js';
import { createCallLog } from '../../simulator/call-log.js';
import type { MountedEndpoint } from './wire/endpoint.js';
import type { StandingFault } from '../../simulator/fault-book.js';
import type { FaultInput, FaultRule } from './wire/fault-rules.js';
import { createFaultRules } from './wire/fault-rules.js';
import type { RunningServer } from './wire/http-server.js';
import { startHttpServer } from './wire/http-server.js';
import { createQueryLocators } from './wire/query-locators.js';
import type { RequestHook } from '../../simulator/request-hooks.js';
import { createRequestHooks } from '../../simulator/request-hooks.js';

export interface SimulatorOptions {
  readonly host?: string;
  /** 0 or nothing takes any free port. */
  readonly port?: number;
  readonly name?: string;
  readonly clientId?: string;
  readonly secret?: string;
  /** Good from the start, as after a consent. */
  readonly refreshToken?: string;
  /** Time of records, history, sessions and limits. */
  readonly clock?: SimulatorClock;
  /** Of the random faults, so that a run can be repeated. */
  readonly seed?: number;
  readonly settings?: SettingsPatch;
  /** How changes are told over the streaming API. */
  readonly streaming?: StreamingPatch;
  readonly outbound?: OutboundPatch;
}

/** A running simulated Salesforce org with one External Client App. */
export interface SalesforceSimulator {
  /** Where people and programs sign in, and where the org answers until it moves; without a trailing slash. */
  readonly url: string;
  /** Where the org answers now. */
  readonly instanceUrl: string;
  readonly org: Org;
  readonly people: People;
  readonly settings: SimulatorSettings;
  /** What people do by hand. */
  readonly person: Person;
  /** Change Data Capture at `/cometd/`, with its switches. */
  readonly streaming: Streaming;
  readonly outbound: OutboundSender;
  readonly sessions: SessionStore;
  readonly grants: GrantStore;
  readonly usage: Pick<ApiUsage, 'used' | 'add' | 'reset'>;
  readonly clientId: string;
  /** The app's secret now; see `rotateSecret`. */
  readonly secret: string;
  /** Of the integration user, good from the start. */
  readonly tokens: { readonly accessToken: string; readonly refreshToken: string };
  rotateSecret(secret: string): void;
  /** Puts records in place in one go. @param at epoch milliseconds, now unless said. @returns their ids, in order. */
  seed(entity: string, records: readonly RawValues[], at?: number): readonly string[];
  /** Changes any part of the settings. @throws ZodError for anything it does not know. */
  configure(patch: SettingsPatch): void;
  /** Makes calls go wrong. @returns an id to remove it by. */
  addFault(fault: FaultInput): string;
  removeFault(id: string): void;
  clearFaults(): void;
  faults(): readonly StandingFault<FaultRule>[];
  /** Steps in before or after the org acts on a request. @returns takes the hook away again. */
  onRequest(hook: RequestHook): () => void;
  /** Calls by operation and status, e.g. `POST /composite 200`. */
  calls(): CallCounts;
  resetCalls(): void;
  /** Queries that were begun cannot be continued. */
  expireLocators(): void;
  /** Puts an endpoint of its own under a path. */
  mount(endpoint: MountedEndpoint): void;
  /** Moves the org to another address: the old one knows no session any more. @returns the new one. */
  moveInstance(): Promise<string>;
  close(): Promise<void>;
}

function openOrg(options: SimulatorOptions): { readonly org: Org; readonly people: People } {
  const settings = defaultSettings();
  applySettings(settings, options.settings ?? {});
  const org = createOrg(settings, options.clock ?? wallClock);
  return { org, people: seedOrg(org, options.name ?? 'Simulated Org') };
}

/**
 * Starts a simulated Salesforce on the loopback interface. It speaks Salesforce's wire protocol: point `jsforce` at its
 * `url` by `loginUrl` and `instanceUrl`.
 */
export async function startSalesforceSimulator(options: SimulatorOptions = {}): Promise<SalesforceSimulator> {
  const { org, people } = openOrg(options);
  const { settings, now } = org;
  const sessions = createSessionStore(org.id, settings.oauth, now);
  const grants = createGrantStore(settings.oauth, now);
  const refreshToken = grants.newRefreshToken(people.integration, options.refreshToken);
  let server: RunningServer | null = null;
  const running = (): RunningServer => {
    if (server === null) throw new ReferenceError('The simulator is still starting.');
    return server;
  };
  const controls: Controls = {
    org,
    people,
    sessions,
    grants,
    app: { clientId: options.clientId ?? '3MVG9simulated.introducer', secret: options.secret ?? 'simulated-secret' },
    loginUrl: () => running().loginUrl,
    instanceUrl: () => running().instanceUrl(),
    moveInstance: () => running().move(),
    person: createPerson(org, people),
    faults: createFaultRules(seededRandom(options.seed ?? 1)),
    calls: createCallLog(),
    usage: createApiUsage(settings.limits, now),
    locators: createQueryLocators(settings, org.newId, now),
  };
  const hooks = createRequestHooks();
  server = await startHttpServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    api: createApiServer({ ...controls, hooks }),
    control: createControlServer(controls),
    pages: createPageServer(controls),
  });
  const told = tellOfChanges(controls, options, running);
  const tokens = { accessToken: sessions.open(people.integration), refreshToken };
  return Object.assign(inProcess(controls, server), {
    tokens,
    ...told,
    onRequest: (hook: RequestHook) => hooks.add(hook),
  });
}

type Told = Pick<SalesforceSimulator, 'streaming' | 'outbound'>;

/** Whatever is committed is told, to those who listen and where the administrator sends Outbound Messages. */
function tellOfChanges({ org, sessions }: Controls, options: SimulatorOptions, server: () => RunningServer): Told {
  const random = seededRandom(options.seed ?? 1);
  const streaming = createStreaming({
    now: org.now,
    admit: (accessToken) => sessions.endsAt(accessToken) !== null,
    random,
    settings: options.streaming ?? {},
  });
  const outbound = createOutboundSender({
    organisation: org.id,
    instanceUrl: () => server().instanceUrl(),
    apiVersion: streaming.settings.apiVersion,
    newId: org.newId,
    valuesOf: (_entity, id) => org.records.find(id)?.values ?? {},
    random,
    settings: options.outbound ?? {},
  });
  org.changes.subscribe((change) => {
    streaming.publish(change);
    outbound.publish(change);
  });
  server().mount(streaming);
  server().mount({
    prefix: '/outbound/',
    handle: (_request, response) => void response.writeHead(404).end(),
    control(method, _path, body) {
      if (method !== 'GET') outbound.configure(body as OutboundPatch);
      return { settings: outbound.settings, waiting: outbound.waiting() };
    },
    close: () => outbound.close(),
  });
  return { streaming, outbound };
}

/** The controls as a caller in the same process uses them. */
function inProcess(
  controls: Controls,
  server: RunningServer,
): Omit<SalesforceSimulator, 'tokens' | 'onRequest' | keyof Told> {
  const { org, people, person, sessions, grants, usage, app, faults, calls, locators } = controls;
  return {
    url: server.loginUrl,
    get instanceUrl() {
      return server.instanceUrl();
    },
    org,
    people,
    settings: org.settings,
    person,
    sessions,
    grants,
    usage,
    clientId: app.clientId,
    get secret() {
      return app.secret;
    },
    rotateSecret: (secret) => void (app.secret = secret),
    seed: (entity, records, at) => seedRecords(org, people.rep, entity, records, at),
    configure: (patch) => applySettings(org.settings, patch),
    addFault: (fault) => faults.add(fault),
    removeFault: (id) => void faults.remove(id),
    clearFaults: () => faults.clear(),
    faults: () => faults.list(),
    calls: () => calls.counts(),
    resetCalls: () => calls.reset(),
    expireLocators: () => locators.expireAll(),
    mount: (endpoint) => server.mount(endpoint),
    moveInstance: () => server.move(),
    close: () => server.close(),
  };
}
