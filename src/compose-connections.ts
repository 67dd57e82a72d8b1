import type { CrmCallObservation, CrmConnector, CrmKind, SignalReceiver } from '../connectors/contract.js';
import { createHubspotConnector, type HubspotAuth } from '../connectors/hubspot/connector.js';
import { createRollingBudget } from '../connectors/hubspot/limiter.js';
import { createHubspotSignalReceiver } from '../connectors/hubspot/signals.js';
import { createSalesforceConnector } from '../connectors/salesforce/connector.js';
import { createOutboundReceiver, largestOutboundMessage } from '../connectors/salesforce/signals.js';
import { hubspotSignIn, salesforceSignIn } from './compose-sign-in.js';
import type { TokenStore } from '../connectors/token-store.js';
import type { Grant as SalesforceGrant } from '../connectors/salesforce/token-endpoint.js';
import type { SalesforceAuth, SalesforceSettings } from '../config/salesforce-settings.js';
import type { HubspotSettings, Settings } from '../config/settings.js';
import type { Clock } from './platform/clock.js';
import type { Database } from './platform/database.js';
import type { Log } from './platform/log.js';
import type { Secrets } from './platform/secrets.js';
import type { Transact } from './platform/unit-of-work.js';
import { defaultProgram } from './program/program.js';
import type { ProgramSettings } from './program/program.api.js';
import { loadProgram } from './program/program.store.js';
import { createCallAccountStore } from './sync/call-account.store.js';
import { createKeepUsage } from './sync/call-usage.handler.js';
import type { Connections } from './sync/connections.js';
import { listConnections, type ConnectionRow } from './sync/connection.store.js';
import { createTokenStore } from './sync/crm-tokens.handler.js';
import { whileConnected } from './sync/while-connected.handler.js';
import type { ConnectableAccount } from './sync/web-sign-in.handler.js';

export interface ConnectionsOptions {
  readonly settings: Settings;
  readonly db: Database;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly observe: (connectionId: string, call: CrmCallObservation) => void;
  /** The program's settings as last read. */
  readonly program: () => ProgramSettings;
}

/** A connection the environment names. */
export interface EnvironmentConnection {
  readonly id: string;
  readonly crm: CrmKind;
  readonly name: string;
  readonly connector: CrmConnector;
  /** What signs in, in the words of the settings. */
  readonly way: HubspotSettings['auth']['kind'] | SalesforceAuth['kind'];
  /** How people connect it in the browser; null where the environment has what signs in. */
  readonly account: ConnectableAccount | null;
}

/** The ids of the connections that HUBSPOT_* and SALESFORCE_* describe. */
const hubspotId = 'hubspot';
export const salesforceId = 'salesforce';

/** The connections of the environment, each with its connector. */
export function environmentConnections(options: ConnectionsOptions): readonly EnvironmentConnection[] {
  const { hubspot, salesforce } = options.settings;
  const connections: EnvironmentConnection[] = [];
  if (hubspot !== null) {
    connections.push({
      id: hubspotId,
      crm: 'hubspot',
      name: 'HubSpot',
      connector: hubspotConnector(options, hubspot),
      way: hubspot.auth.kind,
      account: hubspotSignIn(hubspot, options.clock),
    });
  }
  if (salesforce !== null) {
    connections.push({
      id: salesforceId,
      crm: 'salesforce',
      name: 'Salesforce',
      connector: salesforceConnector(options, salesforce),
      way: salesforce.auth.kind,
      account: salesforceSignIn(salesforce, options.clock),
    });
  }
  return connections;
}

function hubspotConnector(options: ConnectionsOptions, hubspot: HubspotSettings): CrmConnector {
  const { clock } = options;
  const { auth } = hubspot;
  // One for all sign-ins: HubSpot counts calls by account and app.
  const budget = createRollingBudget({ elapsedMs: () => performance.now(), sleep });
  const usage = createKeepUsage({ callAccount: createCallAccountStore(options.transact, hubspotId), clock });
  const build = (hubspotAuth: HubspotAuth): CrmConnector =>
    createHubspotConnector({
      apiUrl: hubspot.apiUrl,
      auth: hubspotAuth,
      budget,
      usage,
      fieldMap: () => Object.values(options.program().fieldMap.hubspot ?? {}),
      initialStage: () => options.program().newDealStages.hubspot,
      now: () => clock.now(),
      observe: (call) => {
        options.observe(hubspotId, call);
      },
    });
  switch (auth.kind) {
    case 'access-token':
      return build({ kind: 'static', accessToken: auth.accessToken });
    case 'refresh-token':
      return build({ ...auth, kind: 'oauth', tokens: tokensOf(options, hubspotId) });
    case 'web':
      return whileConnected({
        db: options.db,
        connectionId: hubspotId,
        build: (signInId) =>
          build({ ...auth, kind: 'oauth', refreshToken: null, tokens: tokensOf(options, hubspotId, signInId) }),
      });
  }
}

function salesforceConnector(options: ConnectionsOptions, salesforce: SalesforceSettings): CrmConnector {
  const { transact, clock } = options;
  const { auth } = salesforce;
  const callAccount = createCallAccountStore(transact, salesforceId);
  const build = (grant: SalesforceGrant, tokens: TokenStore): CrmConnector =>
    createSalesforceConnector({
      loginUrl: salesforce.loginUrl,
      instanceUrl: salesforce.instanceUrl ?? undefined,
      organizationId: salesforce.orgId ?? undefined,
      changeChannel: salesforce.changeChannel ?? undefined,
      reservedShare: salesforce.reservedCallsPercent / 100,
      callAccount,
      grant,
      tokens,
      fieldMap: () => Object.values(options.program().fieldMap.salesforce ?? {}),
      initialStage: () => options.program().newDealStages.salesforce,
      now: () => clock.now(),
      observe: (call) => {
        options.observe(salesforceId, call);
      },
    });
  switch (auth.kind) {
    case 'jwt':
      return build({ ...auth, kind: 'jwt-bearer' }, tokensOf(options, salesforceId));
    case 'refresh-token':
    case 'client-credentials':
      return build(auth, tokensOf(options, salesforceId));
    case 'web':
      return whileConnected({
        db: options.db,
        connectionId: salesforceId,
        build: (signInId) =>
          build({ ...auth, kind: 'refresh-token', refreshToken: null }, tokensOf(options, salesforceId, signInId)),
      });
  }
}

/** @param signInId whose tokens they are; left out: those of the environment */
function tokensOf({ db, clock, secrets }: ConnectionsOptions, connectionId: string, signInId?: string): TokenStore {
  return createTokenStore({
    db,
    clock,
    secrets,
    connectionId,
    sleep,
    ...(signInId === undefined ? {} : { signInId }),
  });
}

/** Verifies what comes in at `/webhooks/hubspot`; without a client secret it refuses everything, and says why. */
export function hubspotReceiver(
  hubspot: HubspotSettings | null,
  publicOrigins: () => readonly string[],
): SignalReceiver {
  const secrets = [hubspot?.clientSecret, hubspot?.clientSecretPrevious].filter((secret) => secret != null);
  let receiver: SignalReceiver | undefined;
  return {
    kind: 'hubspot',
    receive: (request, now) => {
      // Made with the first delivery: without PUBLIC_URL the address is known only once the service listens.
      receiver ??= createHubspotSignalReceiver({
        clientSecrets: secrets,
        publicOrigins: publicOrigins(),
        acceptV1: hubspot?.acceptV1 ?? false,
      });
      return receiver.receive(request, now);
    },
  };
}

/** Reads what comes in at `outboundPath`. */
export function outboundReceiver(
  { secrets }: { readonly secrets: Secrets },
  salesforce: SalesforceSettings,
  accountId: () => string | null,
): { readonly receiver: SignalReceiver; readonly maxBytes: number } {
  const organization = (): string | null => salesforce.orgId ?? accountId();
  const receiver = createOutboundReceiver({ secret: outboundSecret(secrets), organization });
  return { receiver, maxBytes: largestOutboundMessage };
}

/** Where Salesforce is to send its Outbound Messages, behind the public address. Its last part is a secret. */
export function outboundPath(secrets: Secrets): string {
  return `/webhooks/salesforce/${outboundSecret(secrets)}`;
}

/** Nothing to be kept: it follows from the secret key. */
function outboundSecret(secrets: Secrets): string {
  return secrets.derive(`outbound messages of ${salesforceId}`);
}

export function connectionsOf(all: readonly EnvironmentConnection[]): Connections {
  const byId = new Map(all.map((connection) => [connection.id, connection.connector]));
  return { connector: (id) => byId.get(id) };
}

const viewAgeMs = 10_000;

/**
 * Something in the database that changes seldom, looked at without waiting: what was read a moment ago will do, and it is read
 * again beside the answer when it is older than ten seconds, because another process may have changed it.
 */
function createView<T>(
  deps: { readonly clock: Clock; readonly log: Log },
  first: T,
  read: () => Promise<T>,
): { readonly current: () => T; readonly refresh: () => Promise<void>; readonly refreshSoon: () => void } {
  let current = first;
  let readAtMs = Number.NEGATIVE_INFINITY;
  const refresh = async (): Promise<void> => {
    readAtMs = deps.clock.now().getTime();
    current = await read();
  };
  const refreshSoon = (): void => {
    refresh().catch((error: unknown) => {
      deps.log.warn({ err: error }, 'settings could not be read again');
    });
  };
  return {
    refresh,
    refreshSoon,
    current: () => {
      if (deps.clock.now().getTime() - readAtMs > viewAgeMs) refreshSoon();
      return current;
    },
  };
}

interface ViewDependencies {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** The program's settings, for code that cannot wait for a query. */
export function createProgramView(deps: ViewDependencies) {
  return createView(deps, defaultProgram, async () => (await loadProgram(deps.db)).settings);
}

export type AccountDirectory = ReturnType<typeof createAccountDirectory>;

/** Which connection of ours a CRM account is. An account whose id is not known yet takes every signal of its CRM. */
export function createAccountDirectory(deps: ViewDependencies) {
  const view = createView<readonly ConnectionRow[]>(deps, [], () => listConnections(deps.db));
  return {
    refresh: view.refresh,
    /** The CRM's own id of a connection's account; null while it is not known, and looked up for whoever asks next. */
    accountOf: (connectionId: string): string | null => {
      const accountId = view.current().find((row) => row.id === connectionId)?.account_id ?? null;
      if (accountId === null) view.refreshSoon();
      return accountId;
    },
    connectionFor: (crm: CrmKind, accountId: string | null): string | null => {
      const ofCrm = view.current().filter((row) => row.crm === crm);
      const exact = ofCrm.find((row) => row.account_id !== null && row.account_id === accountId);
      return (exact ?? ofCrm.find((row) => row.account_id === null || accountId === null))?.id ?? null;
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
