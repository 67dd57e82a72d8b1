import type { CrmCallObservation, CrmConnector, CrmKind, SignalReceiver } from '../connectors/contract.js';
import { createHubspotConnector } from '../connectors/hubspot/connector.js';
import { createHubspotSignalReceiver } from '../connectors/hubspot/signals.js';
import type { HubspotSettings, Settings } from '../config/settings.js';
import type { Clock } from './platform/clock.js';
import type { Database } from './platform/database.js';
import type { Log } from './platform/log.js';
import type { Secrets } from './platform/secrets.js';
import type { Connections } from './sync/connections.js';
import { listConnections } from './sync/connection.store.js';
import { createTokenStore } from './sync/crm-tokens.handler.js';

export interface ConnectionsOptions {
  readonly settings: Settings;
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly observe: (connectionId: string, call: CrmCallObservation) => void;
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

const directoryAgeMs = 10_000;

/**
 * Which connection of ours a CRM account is. An account whose id is not known yet takes every signal of its CRM; the ids are
 * read again every few seconds, because another process may have learnt them.
 */
export function createAccountDirectory(deps: { readonly db: Database; readonly clock: Clock; readonly log: Log }) {
  let accounts: readonly { readonly id: string; readonly crm: CrmKind; readonly accountId: string | null }[] = [];
  let readAtMs = Number.NEGATIVE_INFINITY;

  const refresh = async (): Promise<void> => {
    readAtMs = deps.clock.now().getTime();
    const rows = await listConnections(deps.db);
    accounts = rows.map((row) => ({ id: row.id, crm: row.crm, accountId: row.account_id }));
  };

  /** The answer does not wait for it: what was known a moment ago will do. */
  const refreshBeside = (): void => {
    refresh().catch((error: unknown) => {
      deps.log.warn({ err: error }, 'the connected accounts could not be read again');
    });
  };

  return {
    refresh,
    connectionFor: (crm: CrmKind, accountId: string | null): string | null => {
      if (deps.clock.now().getTime() - readAtMs > directoryAgeMs) refreshBeside();
      const ofCrm = accounts.filter((account) => account.crm === crm);
      const exact = ofCrm.find((account) => account.accountId !== null && account.accountId === accountId);
      return (exact ?? ofCrm.find((account) => account.accountId === null || accountId === null))?.id ?? null;
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
