import { CrmRejected, type CrmCallObservation, type CrmConnector, type CrmLeads } from '../contract.js';
import type { CallAccountStore } from '../call-account.js';
import type { TokenStore } from '../token-store.js';
import { createHomeCurrency, readAccount } from './account.js';
import { createChangeFeed } from './change-feed.js';
import { changesSince } from './changes.js';
import { ensureCompany } from './companies.js';
import { ensureContact } from './contacts.js';
import { addressesOf } from './customer-addresses.js';
import { dealsAround, tiesOfDeals, tiesOfDealsSize } from './deal-ties.js';
import { examineOrganization } from './examine.js';
import { readFields } from './fields.js';
import { ensureLead } from './leads.js';
import { createDealMapping } from './mapping.js';
import { findMatches } from './matches.js';
import { attachDeal, ensureDeal } from './opportunities.js';
import { createOrgAccess, defaultReservedShare } from './org-access.js';
import { provision } from './provision.js';
import type { Push } from './new-records.js';
import { readDeals, readDealsSize, readDealsWithHistorySize } from './read-deals.js';
import { readLeads, readLeadsSize } from './read-leads.js';
import { collectionSize } from './records.js';
import { createSchema, type Schema } from './schema.js';
import { historySource } from './stage-history.js';
import { createStages, readPipelines, type InitialStage } from './stages.js';
import type { Grant } from './token-endpoint.js';
import { isAboutMissingField } from './vendor-words.js';
import { writeBack } from './write-back.js';

export interface SalesforceConnectorOptions {
  /** Where one signs in; for client credentials the organisation's own domain. */
  readonly loginUrl: string;
  readonly grant: Grant;
  readonly tokens: TokenStore;
  /** Where calls go, whatever a sign-in says; nothing: where it says. */
  readonly instanceUrl?: string | undefined;
  /** Any other organisation is refused; nothing: whichever signs in. */
  readonly organizationId?: string | undefined;
  /** Fields of opportunities that a plan looks at, asked for anew with each call; they come back in `CrmDeal.fields`. */
  readonly fieldMap?: (() => readonly string[]) | undefined;
  /** Where new opportunities begin; nothing: the first open stage of the default record type. */
  readonly initialStage?: (() => InitialStage | undefined) | undefined;
  /** Where Change Data Capture is listened to, such as `/data/ChangeEvents`; nothing: nowhere. */
  readonly changeChannel?: string | undefined;
  readonly now: () => Date;
  readonly observe?: ((observation: CrmCallObservation) => void) | undefined;
  readonly timeoutMs?: number | undefined;
  /** Share of the organisation's daily calls that is left to its other tools, 0 to 1. */
  readonly reservedShare?: number | undefined;
  /** Where all processes that call this organisation for us count together; each for itself when absent. */
  readonly callAccount?: CallAccountStore | undefined;
}

/** The Salesforce side of the CRM port. Each connector stands alone: any number of organisations live in one process. */
export function createSalesforceConnector(options: SalesforceConnectorOptions): CrmConnector {
  const access = createOrgAccess(options);
  const { call } = access;
  const { now, changeChannel: channel } = options;
  const schema = createSchema(call);
  const stages = createStages({ call, schema, initialStage: options.initialStage });
  const currency = createHomeCurrency(access, schema);
  const mapping = () => createDealMapping({ schema, stages, currency, fieldMap: options.fieldMap?.() ?? [] });
  const push = (): Push => ({ call, schema, stages, currency, now });
  const attempt = withFreshSchema(schema);
  const leads: CrmLeads = {
    limit: readLeadsSize,
    ensureLead: (request) => attempt(() => ensureLead(push(), request)),
    readLeads: (crmLeadIds) => readLeads(call, crmLeadIds),
    writeBack: (updates) => writeBack(call, schema, updates),
  };
  return {
    kind: 'salesforce',
    limits: {
      readDeals: readDealsSize,
      readDealsWithHistory: readDealsWithHistorySize,
      writeBack: collectionSize,
      tiesOfDeals: tiesOfDealsSize,
    },
    leads,
    feed: channel === undefined ? null : createChangeFeed({ connect: access.connect, channel, now }),
    account: () => readAccount(access, currency),
    provision: () => provision(call, schema),
    examine: ({ sweepEverySeconds }) =>
      examineOrganization({
        access,
        schema,
        sweepEverySeconds,
        reservedShare: options.reservedShare ?? defaultReservedShare,
      }),
    stages: async () => (await stages.book()).stages,
    pipelines: () => readPipelines(call),
    fields: (record) => readFields(call, record),
    findMatches: (query) => attempt(async () => findMatches({ call, schema, mapping: await mapping() }, query)),
    ensureContact: (request) => attempt(() => ensureContact(push(), request)),
    ensureCompany: (request) => attempt(() => ensureCompany(push(), request)),
    ensureDeal: (request) => attempt(() => ensureDeal(push(), request)),
    attachDeal: (request) => attempt(() => attachDeal(push(), request)),
    readDeals: (crmDealIds, { history }) =>
      attempt(async () => readDeals(call, await mapping(), crmDealIds, history ? await historySource(schema) : null)),
    tiesOfDeals: (crmDealIds) => tiesOfDeals(call, crmDealIds),
    addressesOf: (records) => addressesOf(call, records),
    dealsAround: (records) => attempt(async () => dealsAround(call, await mapping(), records)),
    changesSince: (cursor, since) => attempt(() => changesSince({ call, schema, mapping }, cursor, since)),
    writeBack: (updates) => writeBack(call, schema, updates),
  };
}

/**
 * An administrator may take a field away, or hide it, while its description is kept: Salesforce then refuses the call as a whole. It is
 * made once more with what is there. Whatever a first attempt made is met by its registration id.
 */
function withFreshSchema(schema: Schema) {
  return async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof CrmRejected) || !lacksField(error)) throw error;
      schema.forget();
      return act();
    }
  };
}

function lacksField({ vendorCategory: code, vendorMessage: message }: CrmRejected): boolean {
  return isAboutMissingField({ code, message });
}
