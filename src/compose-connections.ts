import type { CrmCallObservation, CrmConnector, CrmKind, SignalReceiver } from '../connectors/contract.js';
import { createHubspotConnector } from '../connectors/hubspot/connector.js';
import { createHubspotSignalReceiver } from '../connectors/hubspot/signals.js';
import type { HubspotSettings, Settings } from '../config/settings.js';
import type { Clock } from './platform/clock.js';
import type { Database } from './platform/database.js';
import type { Log } from './platform/log.js';
import type { Secrets } from './platform/secrets.js';
import { defaultProgram } from './program/program.js';
import type { ProgramSettings } from './program/program.api.js';
import { loadProgram } from './program/program.store.js';
import type { Connections } from './sync/connections.js';
import { listConnections, type ConnectionRow } from './sync/connection.store.js';
import { createTokenStore } from './sync/crm-tokens.handler.js';

export interface ConnectionsOptions {
  readonly settings: Settings;
  readonly db: Database;
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
}

/** The id of the connection that HUBSPOT_* describe. */
const hubspotId = 'hubspot';

/** The connections of the environment, each with its connector. */
export function environmentConnections(options: ConnectionsOptions): readonly EnvironmentConnection[] {
  const { hubspot } = options.settings;
  if (hubspot === null) return [];
  return [{ id: hubspotId, crm: 'hubspot', name: 'HubSpot', connector: hubspotConnector(options, hubspot) }];
}

function hubspotConnector(options: ConnectionsOptions, hubspot: HubspotSettings): CrmConnector {
  const { db, clock, secrets } = options;
  const { auth } = hubspot;
  return createHubspotConnector({
    apiUrl: hubspot.apiUrl,
    auth:
      auth.kind === 'access-token'
        ? { kind: 'static', accessToken: auth.accessToken }
        : {
            kind: 'oauth',
            clientId: auth.clientId,
            clientSecret: auth.clientSecret,
            refreshToken: auth.refreshToken,
            tokens: createTokenStore({ db, clock, secrets, connectionId: hubspotId, sleep }),
          },
    fieldMap: () => Object.values(options.program().fieldMap.hubspot ?? {}),
    initialStage: () => options.program().newDealStages.hubspot,
    now: () => clock.now(),
    observe: (call) => {
      options.observe(hubspotId, call);
    },
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
): { readonly current: () => T; readonly refresh: () => Promise<void> } {
  let current = first;
  let readAtMs = Number.NEGATIVE_INFINITY;
  const refresh = async (): Promise<void> => {
    readAtMs = deps.clock.now().getTime();
    current = await read();
  };
  return {
    refresh,
    current: () => {
      if (deps.clock.now().getTime() - readAtMs > viewAgeMs) {
        refresh().catch((error: unknown) => {
          deps.log.warn({ err: error }, 'settings could not be read again');
        });
      }
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

/** Which connection of ours a CRM account is. An account whose id is not known yet takes every signal of its CRM. */
export function createAccountDirectory(deps: ViewDependencies) {
  const view = createView<readonly ConnectionRow[]>(deps, [], () => listConnections(deps.db));
  return {
    refresh: view.refresh,
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
