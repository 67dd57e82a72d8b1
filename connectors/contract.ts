import type { ChangeFeed } from './crm-feed.js';
import type { CrmField, RecordKind } from './crm-lists.js';
import type {
  AttachDeal,
  CompanyFacts,
  EnsureCompany,
  EnsureContact,
  EnsureDeal,
  EnsuredRecord,
  EnsureLead,
  WriteBack,
  WriteBackResult,
} from './crm-records.js';
import type { CrmKind } from './crm-signal.js';

/**
 * The CRM port: everything the product knows about a CRM, in neutral words. A connector implements it and translates its
 * vendor's errors into the failures of `crm-failure.ts` and its deliveries into the signals of `crm-signal.ts`; what it is asked
 * to make stands in `crm-records.ts`. Nothing vendor-specific crosses this line.
 */

export {
  CrmFailure,
  CrmGone,
  CrmNotConnected,
  CrmRateLimited,
  CrmRejected,
  CrmUnauthorised,
  CrmUnavailable,
} from './crm-failure.js';
export type { OAuthTokens } from './token-store.js';
export type { CompletedSignIn, WebSignIn } from './web-sign-in.js';
export type { ChangeFeed, FeedBatch, FeedListener, FeedState, OpenFeed } from './crm-feed.js';
export type { CrmChoice, CrmField, CrmFieldType, RecordKind } from './crm-lists.js';
export type {
  CrmKind,
  CrmSignal,
  RawSignalRequest,
  SignalAnswer,
  SignalDelivery,
  SignalReceiver,
} from './crm-signal.js';
export type {
  AttachDeal,
  CompanyFacts,
  ContactFacts,
  DealStamp,
  EnsureCompany,
  EnsureContact,
  EnsureDeal,
  EnsuredRecord,
  EnsureLead,
  NewRecord,
  WriteBack,
  WriteBackResult,
} from './crm-records.js';

export type DealOutcome = 'open' | 'won' | 'lost';

/** One entry of a deal's stage history, oldest first in `CrmDeal.stageHistory`. `at` is ISO 8601 UTC. */
export interface StageChange {
  readonly at: string;
  readonly stageId: string;
  readonly outcome: DealOutcome;
}

/** Who wrote a value last: ids and words of the CRM, null where it does not say. `at` is ISO 8601 UTC. */
export interface DealEdit {
  readonly by: string | null;
  readonly how: string | null;
  readonly at: string | null;
}

export type DealEdits = Readonly<Partial<Record<'amount' | 'closeDate' | 'registrationId' | 'partner', DealEdit>>>;

/** A deal as the CRM holds it now. Amounts stay decimal strings; `closeDate` is `YYYY-MM-DD`; times are ISO 8601 UTC. */
export interface CrmDeal {
  readonly crmDealId: string;
  readonly name: string | null;
  readonly pipelineId: string | null;
  readonly stageId: string | null;
  readonly stageLabel: string | null;
  readonly outcome: DealOutcome;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly closeDate: string | null;
  readonly ownerId: string | null;
  /** What our stamp on the record says, whoever wrote it there. */
  readonly registrationId: string | null;
  /** The partner that the record names, whoever wrote it there. */
  readonly partner: string | null;
  /** Ids of records that were merged into this one. */
  readonly mergedIds: readonly string[];
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  /** `null` when history was not asked for. */
  readonly stageHistory: readonly StageChange[] | null;
  /** Who wrote these last; left out where history was not asked for and the record itself does not say. */
  readonly edits?: DealEdits;
  /** Mapped CRM fields a plan may use as a base or condition: CRM field name → text, `null` when empty. */
  readonly fields: Readonly<Record<string, string | null>>;
}

/** What came of asking for one deal id. `moved`: a merge ate it, `deal.crmDealId` is where it went. */
export type DealReading =
  | { readonly kind: 'found'; readonly requestedId: string; readonly deal: CrmDeal }
  | { readonly kind: 'moved'; readonly requestedId: string; readonly deal: CrmDeal }
  | { readonly kind: 'archived'; readonly requestedId: string }
  | { readonly kind: 'missing'; readonly requestedId: string };

export interface ReadDealsOptions {
  /** Ask for `stageHistory`. It may shrink the vendor's page, so ask only where the won date is needed. */
  readonly history: boolean;
  /** Which of the ids that no batch explains are worth a call each, to see whether a merge ate them; all unless said. */
  readonly worthFollowing?: (crmDealIds: readonly string[]) => Promise<readonly string[]>;
}

export interface Stage {
  readonly id: string;
  readonly label: string;
  readonly pipelineId: string;
  readonly outcome: DealOutcome;
}

/** A pipeline with the stages deals can stand in, both as people see them. `label` is null where the CRM has but one. */
export interface Pipeline {
  readonly id: string;
  readonly label: string | null;
  readonly stages: readonly Pick<Stage, 'id' | 'label' | 'outcome'>[];
}

export interface MatchQuery {
  readonly company: CompanyFacts;
  readonly email: string;
}

/** A CRM record that looks like the same customer. For deals `deal` is filled and `open` says whether it is still open. */
export interface CrmMatch {
  readonly objectType: 'contact' | 'company' | 'deal';
  readonly crmId: string;
  readonly label: string;
  readonly matchedBy: 'email' | 'domain' | 'name';
  readonly deal: CrmDeal | null;
}

/** Whom a deal is about: the contacts and companies it is tied to in the CRM. */
export interface DealTies {
  readonly crmDealId: string;
  readonly contactIds: readonly string[];
  readonly companyIds: readonly string[];
}

/** Contacts and companies of one customer. */
export interface CustomerRecords {
  readonly contactIds: readonly string[];
  readonly companyIds: readonly string[];
}

/** By what people recognise customers: contacts by their addresses, companies by domains or web addresses, as they are typed there. */
export interface CustomerAddresses {
  readonly contacts: ReadonlyMap<string, readonly string[]>;
  readonly companies: ReadonlyMap<string, readonly string[]>;
}

/** A deal that stands on some of the records asked about, with those of them it is tied to. */
export interface DealAround {
  readonly deal: CrmDeal;
  readonly contactIds: readonly string[];
  readonly companyIds: readonly string[];
}

/**
 * What came of asking for one lead id. `converted`: sellers made a contact and a company of it, and a deal unless `dealId` is
 * null. `moved`: a merge left it in another lead. `deleted` leads may come back, `missing` ones are not known at all.
 */
export type LeadReading =
  | { readonly kind: 'open'; readonly requestedId: string }
  | {
      readonly kind: 'converted';
      readonly requestedId: string;
      readonly contactId: string | null;
      readonly companyId: string | null;
      readonly dealId: string | null;
    }
  | { readonly kind: 'moved'; readonly requestedId: string; readonly survivorId: string }
  | { readonly kind: 'deleted'; readonly requestedId: string }
  | { readonly kind: 'missing'; readonly requestedId: string };

/** The leads of a CRM that has them. */
export interface CrmLeads {
  /** Most ids of one `readLeads`. */
  readonly limit: number;
  /** Makes the lead of a registration, once: by the registration id it carries, however often it is asked. */
  ensureLead(request: EnsureLead): Promise<EnsuredRecord>;
  /** One reading per requested id, at most `limit` ids a call. */
  readLeads(crmLeadIds: readonly string[]): Promise<readonly LeadReading[]>;
  /** Shows reps on leads what becomes of their registrations. One result per update, at most the connector's `limits.writeBack` a call. */
  writeBack(updates: readonly WriteBack[]): Promise<readonly WriteBackResult[]>;
}

/**
 * One page of changed deals, and of changed leads where the CRM has them. `cursor` is opaque and safe to store once what the
 * page names is noted.
 */
export interface ChangePage {
  readonly deals: readonly CrmDeal[];
  /** Whether the deals are as they would be read, mapped fields included, so that reading them once more tells nothing new. */
  readonly asRead: boolean;
  /** Deals that stand deleted; none where the CRM does not tell of them here. */
  readonly archivedIds: readonly string[];
  readonly leadIds: readonly string[];
  readonly cursor: string;
  readonly more: boolean;
}

export interface ProvisionReport {
  readonly created: readonly string[];
  readonly existing: readonly string[];
}

/** Who answers at the other end: the account's id in the vendor's words (HubSpot portal id, Salesforce org id). */
export interface CrmAccount {
  readonly accountId: string | null;
  readonly currency: string | null;
}

/**
 * Something of the CRM we use. `limit`: we do without, at a cost; `fault`: a person has to mend it. What is `fine` costs nothing and
 * needs no remedy.
 */
export interface CrmFinding {
  readonly level: 'fine' | 'limit' | 'fault';
  /** What there is or is missing: half a sentence. */
  readonly found: string;
  /** What we, the rep or the partner go without. */
  readonly costs: string | null;
  /** What a person can do. */
  readonly remedy: string | null;
}

export interface ConnectorLimits {
  readonly readDeals: number;
  readonly readDealsWithHistory: number;
  readonly writeBack: number;
  readonly tiesOfDeals: number;
}

/** One connected CRM account. Every method throws one of those failures and nothing else. */
export interface CrmConnector {
  readonly kind: CrmKind;
  readonly limits: ConnectorLimits;
  /** Null where the CRM has none. Whether a registration becomes one is not the connector's to say. */
  readonly leads: CrmLeads | null;
  /** Null where the CRM tells of changes by webhooks alone, or is not to be listened to. */
  readonly feed: ChangeFeed | null;
  account(): Promise<CrmAccount>;
  /** Makes our fields and groups where they are missing; safe to run again. */
  provision(): Promise<ProvisionReport>;
  /** Looks whether the CRM has everything we use; `sweepEverySeconds`: how often changes are asked for where they are not told. */
  examine(context: { readonly sweepEverySeconds: number }): Promise<readonly CrmFinding[]>;
  /** Every stage of every pipeline. Cached by the connector and re-read when a deal shows an unknown stage. */
  stages(): Promise<readonly Stage[]>;
  /** The pipelines and their stages as the CRM tells them now, in the order people see them. */
  pipelines(): Promise<readonly Pipeline[]>;
  /** The fields of a kind of record as the CRM tells them now; `null` where the CRM has no such records. */
  fields(record: RecordKind): Promise<readonly CrmField[] | null>;
  findMatches(query: MatchQuery): Promise<readonly CrmMatch[]>;
  ensureContact(request: EnsureContact): Promise<EnsuredRecord>;
  ensureCompany(request: EnsureCompany): Promise<EnsuredRecord>;
  ensureDeal(request: EnsureDeal): Promise<EnsuredRecord>;
  attachDeal(request: AttachDeal): Promise<void>;
  /** One reading per requested id, at most `limits.readDeals` (or `readDealsWithHistory`) ids a call. */
  readDeals(crmDealIds: readonly string[], options: ReadDealsOptions): Promise<readonly DealReading[]>;
  /**
   * Whom these deals are about, at most `limits.tiesOfDeals` ids a call; deals that are gone or tied to nobody may be left out.
   */
  tiesOfDeals(crmDealIds: readonly string[]): Promise<readonly DealTies[]>;
  /** The addresses of these contacts and companies, however many; records that are gone, or have none, are left out. */
  addressesOf(records: CustomerRecords): Promise<CustomerAddresses>;
  /**
   * The deals that stand on any of these contacts and companies, read from the CRM and not from its search, which is late: the
   * newest where there are more than one call brings. Archived deals are left out.
   */
  dealsAround(records: CustomerRecords): Promise<readonly DealAround[]>;
  /** Deals and leads modified since the cursor (`null`: since `since`), with an overlap that hides the vendor's search lag. */
  changesSince(cursor: string | null, since: Date): Promise<ChangePage>;
  /** Shows reps on deals what becomes of their registrations. One result per update, at most `limits.writeBack` a call. */
  writeBack(updates: readonly WriteBack[]): Promise<readonly WriteBackResult[]>;
}

/** One observed call, for metrics and logs; never carries a body or a token. */
export interface CrmCallObservation {
  readonly operation: string;
  readonly durationMs: number;
  readonly outcome: 'ok' | 'rate-limited' | 'unavailable' | 'rejected' | 'unauthorised' | 'gone';
  readonly httpStatus: number | null;
}
