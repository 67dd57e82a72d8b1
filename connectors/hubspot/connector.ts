import type { CrmCallObservation, CrmConnector } from '../contract.js';
import type { TokenStore } from '../token-store.js';
import { readAccount } from './account.js';
import { batchSize, batchSizeWithHistory, tiesBatchSize } from './api.js';
import { createCall, type DailyUsage } from './call.js';
import { changesSince } from './changes.js';
import { createClients } from './client.js';
import { ensureCompany } from './companies.js';
import { ensureContact } from './contacts.js';
import { addressesOf } from './customer-addresses.js';
import { readFields } from './fields.js';
import { dealsAround, tiesOfDeals } from './deal-ties.js';
import { attachDeal, ensureDeal } from './deals.js';
import { createRollingBudget, type CallBudget } from './limiter.js';
import { createDealMapping } from './mapping.js';
import { findMatches } from './matches.js';
import { createOAuthTokens, createStaticToken, type AccessTokens } from './oauth.js';
import { provision } from './provision.js';
import { readDeals } from './read-deals.js';
import { createStages, readPipelines, type InitialStage } from './stages.js';
import { writeBack } from './write-back.js';

export type HubspotAuth =
  | { readonly kind: 'static'; readonly accessToken: string }
  | {
      readonly kind: 'oauth';
      readonly clientId: string;
      readonly clientSecret: string;
      /** `null`: a person signed in, and only the store has one. */
      readonly refreshToken: string | null;
      readonly tokens: TokenStore;
    };

export interface HubspotConnectorOptions {
  /** `https://api.hubapi.com`, or where a simulator listens. */
  readonly apiUrl: string;
  readonly auth: HubspotAuth;
  /** Deal properties a plan looks at, asked for anew with each call; they come back in `CrmDeal.fields`. */
  readonly fieldMap?: (() => readonly string[]) | undefined;
  /** Where new deals begin; nothing: the first open stage of the default pipeline. */
  readonly initialStage?: (() => InitialStage | undefined) | undefined;
  /** Tells when tokens end. */
  readonly now: () => Date;
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  readonly observe?: ((observation: CrmCallObservation) => void) | undefined;
  /** Told how many calls of the day were used, where HubSpot says so. */
  readonly usage?: ((told: DailyUsage) => void) | undefined;
  /** How long one call may take; 10 s when absent. */
  readonly timeoutMs?: number | undefined;
  /** Absent: this connector counts its own calls. Connectors of one account share one. */
  readonly budget?: CallBudget | undefined;
}

const defaultTimeoutMs = 10_000;

/** The HubSpot side of the CRM port. Each connector stands alone: any number of accounts live in one process. */
export function createHubspotConnector(options: HubspotConnectorOptions): CrmConnector {
  const apiUrl = options.apiUrl.replace(/\/+$/, '');
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const sleep = options.sleep ?? pause;
  const elapsedMs = () => performance.now();
  const call = createCall({
    clientFor: createClients(apiUrl),
    tokens: accessTokens(options, apiUrl, timeoutMs),
    budget: options.budget ?? createRollingBudget({ elapsedMs, sleep }),
    timeoutMs,
    sleep,
    elapsedMs,
    random: Math.random,
    observe: options.observe ?? (() => undefined),
    usage: options.usage ?? (() => undefined),
  });
  const stages = createStages({ call, elapsedMs, initialStage: options.initialStage });
  // Made anew for each call: what is asked for and what is made of the answer must be the same fields.
  const mapping = () => createDealMapping({ stages, fieldMap: options.fieldMap?.() ?? [] });
  return {
    kind: 'hubspot',
    limits: {
      readDeals: batchSize,
      readDealsWithHistory: batchSizeWithHistory,
      writeBack: batchSize,
      tiesOfDeals: tiesBatchSize,
    },
    // A lead of HubSpot is another thing: a step that sellers add to a contact they have.
    leads: null,
    feed: null,
    account: () => readAccount(call),
    provision: () => provision(call),
    // What a portal lacks is made, or said, by provisioning; it has no features we could go without.
    examine: () => Promise.resolve([]),
    stages: async () => (await stages.book()).stages,
    pipelines: () => readPipelines(call),
    fields: (record) => readFields(call, record),
    findMatches: (query) => findMatches(call, mapping(), query),
    ensureContact: (request) => ensureContact(call, request),
    ensureCompany: (request) => ensureCompany(call, request),
    ensureDeal: (request) => ensureDeal(call, stages, request),
    attachDeal: (request) => attachDeal(call, request),
    readDeals: (crmDealIds, readOptions) => readDeals(call, mapping(), crmDealIds, readOptions),
    tiesOfDeals: (crmDealIds) => tiesOfDeals(call, crmDealIds),
    addressesOf: (records) => addressesOf(call, records),
    dealsAround: (records) => dealsAround(call, mapping(), records),
    changesSince: (cursor, since) => changesSince(call, mapping(), cursor, since),
    writeBack: (updates) => writeBack(call, updates),
  };
}

function accessTokens({ auth, now }: HubspotConnectorOptions, apiUrl: string, timeoutMs: number): AccessTokens {
  if (auth.kind === 'static') return createStaticToken(auth.accessToken);
  return createOAuthTokens({ ...auth, apiUrl, now, timeoutMs });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
