/**
 * The CRM port: everything the product knows about a CRM, in neutral words. A connector implements it and translates its
 * vendor's errors into the failures at the end of this file; nothing vendor-specific crosses this line.
 */

export type CrmKind = 'hubspot' | 'salesforce';

export type DealOutcome = 'open' | 'won' | 'lost';

/** One entry of a deal's stage history, oldest first in `CrmDeal.stageHistory`. `at` is ISO 8601 UTC. */
export interface StageChange {
  readonly at: string;
  readonly stageId: string;
  readonly outcome: DealOutcome;
}

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
  /** Ids of records that were merged into this one. */
  readonly mergedIds: readonly string[];
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  /** `null` when history was not asked for. */
  readonly stageHistory: readonly StageChange[] | null;
  /** Mapped CRM fields a plan may use as a base or condition: CRM field name → text, `null` when empty. */
  readonly fields: Readonly<Record<string, string | null>>;
}

/** What came of asking for one deal id. `moved`: a merge ate the id, `deal.crmDealId` is the survivor. */
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

export interface CompanyFacts {
  readonly name: string;
  /** Registrable domain, lower case, ASCII (punycode); `null` when only a free-mail address is known. */
  readonly domain: string | null;
  readonly country: string | null;
}

export interface ContactFacts {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string | null;
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

/** The outcome of making sure a record exists: its id, and whether this call made it. */
export interface EnsuredRecord {
  readonly crmId: string;
  readonly created: boolean;
}

export interface EnsureContact {
  readonly registrationId: string;
  readonly contact: ContactFacts;
}

/**
 * A company is found by a record already tied to one of `anchorContactIds` first, then by domain, and only then created,
 * tied to `contactId` in the same call: search is late in every CRM, so that tie is what a retry finds.
 */
export interface EnsureCompany {
  readonly registrationId: string;
  readonly company: CompanyFacts;
  readonly contactId: string;
  readonly anchorContactIds: readonly string[];
}

export interface EnsureDeal {
  readonly registrationId: string;
  readonly contactId: string;
  readonly companyId: string | null;
  readonly name: string;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly closeDate: string | null;
  readonly stamp: DealStamp;
  /** An earlier attempt may have made it: look before writing, so that a stage the rep already moved is left alone. */
  readonly mayExist: boolean;
}

/** Ties a deal that is already in the CRM to a registration: stamps it and adds the associations. */
export interface AttachDeal {
  readonly registrationId: string;
  readonly crmDealId: string;
  readonly contactId: string;
  readonly companyId: string | null;
  readonly stamp: DealStamp;
}

/** What the sales rep sees on the deal. `null` clears the field. `commission` is a decimal string. */
export interface DealStamp {
  readonly registrationId: string;
  readonly partner: string | null;
  readonly status: string | null;
  readonly protectedUntil: string | null;
  readonly commission: string | null;
  readonly commissionCurrency: string | null;
  readonly commissionStatus: string | null;
}

export interface WriteBack {
  readonly crmDealId: string;
  readonly stamp: DealStamp;
}

export type WriteBackResult =
  | { readonly kind: 'written'; readonly crmDealId: string }
  | { readonly kind: 'gone'; readonly crmDealId: string }
  | { readonly kind: 'rejected'; readonly crmDealId: string; readonly detail: string };

/** One page of changed deals. `cursor` is opaque and safe to store once the page's deals are in the pending set. */
export interface ChangePage {
  readonly deals: readonly CrmDeal[];
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

export interface ConnectorLimits {
  readonly readDeals: number;
  readonly readDealsWithHistory: number;
  readonly writeBack: number;
}

/** One connected CRM account. Every method throws one of the failures below and nothing else. */
export interface CrmConnector {
  readonly kind: CrmKind;
  readonly limits: ConnectorLimits;
  account(): Promise<CrmAccount>;
  /** Makes our fields and groups where they are missing; safe to run again. */
  provision(): Promise<ProvisionReport>;
  /** Every stage of every pipeline. Cached by the connector and re-read when a deal shows an unknown stage. */
  stages(): Promise<readonly Stage[]>;
  findMatches(query: MatchQuery): Promise<readonly CrmMatch[]>;
  ensureContact(request: EnsureContact): Promise<EnsuredRecord>;
  ensureCompany(request: EnsureCompany): Promise<EnsuredRecord>;
  ensureDeal(request: EnsureDeal): Promise<EnsuredRecord>;
  attachDeal(request: AttachDeal): Promise<void>;
  /** One reading per requested id, at most `limits.readDeals` (or `readDealsWithHistory`) ids a call. */
  readDeals(crmDealIds: readonly string[], options: ReadDealsOptions): Promise<readonly DealReading[]>;
  /** Deals modified since the cursor (`null`: since `since`), with an overlap that hides the vendor's search lag. */
  changesSince(cursor: string | null, since: Date): Promise<ChangePage>;
  /** One result per update, at most `limits.writeBack` a call. */
  writeBack(updates: readonly WriteBack[]): Promise<readonly WriteBackResult[]>;
}

/** A hint that a deal may have changed. */
export interface CrmSignal {
  readonly accountId: string | null;
  readonly crmDealId: string;
  /** The stage the hint says the deal moved to; decides only whether history is worth asking for. */
  readonly stageHint: string | null;
}

export interface RawSignalRequest {
  readonly method: string;
  /** Path and query exactly as received, e.g. `/webhooks/hubspot?x=1`. */
  readonly originalUrl: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawBody: Buffer;
}

/** `echoes`: hints that only repeat our own writes, `ignored`: hints about things we do not watch. Both cost nothing. */
export type SignalDelivery =
  | {
      readonly kind: 'accepted';
      readonly signals: readonly CrmSignal[];
      readonly echoes: number;
      readonly ignored: number;
    }
  | {
      readonly kind: 'refused';
      readonly reason: 'not-configured' | 'unsigned' | 'stale' | 'bad-signature' | 'malformed';
      readonly detail: string;
    };

/** Verifies a delivery over its untouched bytes and parses it. Pure: no network, no clock but `now`. */
export interface SignalReceiver {
  readonly kind: CrmKind;
  receive(request: RawSignalRequest, now: Date): SignalDelivery;
}

export interface OAuthTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
}

/** Where a connector keeps its tokens. `exclusively` lets one refresh run at a time, over all processes. */
export interface TokenStore {
  load(): Promise<OAuthTokens | null>;
  save(tokens: OAuthTokens): Promise<void>;
  exclusively<T>(refresh: () => Promise<T>): Promise<T>;
}

/** One observed call, for metrics and logs; never carries a body or a token. */
export interface CrmCallObservation {
  readonly operation: string;
  readonly durationMs: number;
  readonly outcome: 'ok' | 'rate-limited' | 'unavailable' | 'rejected' | 'unauthorised' | 'gone';
  readonly httpStatus: number | null;
}

export type CrmFailureKind = 'rate-limited' | 'unavailable' | 'rejected' | 'unauthorised' | 'gone';

interface CrmFailureDetails {
  readonly operation: string;
  /** The vendor's own words, safe to show to an operator. */
  readonly vendorMessage: string;
  readonly httpStatus?: number | undefined;
  readonly vendorCategory?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly cause?: unknown;
}

/** Base of everything a connector may throw. `retryable` says whether waiting can help without a person acting. */
export abstract class CrmFailure extends Error {
  abstract readonly kind: CrmFailureKind;
  abstract readonly retryable: boolean;
  readonly operation: string;
  readonly vendorMessage: string;
  readonly httpStatus: number | undefined;
  readonly vendorCategory: string | undefined;
  readonly correlationId: string | undefined;

  constructor(details: CrmFailureDetails) {
    super(`${details.operation}: ${details.vendorMessage}`, { cause: details.cause });
    this.name = new.target.name;
    this.operation = details.operation;
    this.vendorMessage = details.vendorMessage;
    this.httpStatus = details.httpStatus;
    this.vendorCategory = details.vendorCategory;
    this.correlationId = details.correlationId;
  }
}

/** The CRM asks us to slow down. */
export class CrmRateLimited extends CrmFailure {
  readonly kind = 'rate-limited';
  readonly retryable = true;
  readonly retryAfterMs: number;

  constructor(details: CrmFailureDetails & { readonly retryAfterMs: number }) {
    super(details);
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The CRM could not be reached, did not answer in time or answered with a fault of its own. A write may have happened. */
export class CrmUnavailable extends CrmFailure {
  readonly kind = 'unavailable';
  readonly retryable = true;
  readonly retryAfterMs: number | undefined;

  constructor(details: CrmFailureDetails & { readonly retryAfterMs?: number | undefined }) {
    super(details);
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The CRM understood and said no; the same request will be refused again until somebody mends the cause. */
export class CrmRejected extends CrmFailure {
  readonly kind = 'rejected';
  readonly retryable = false;
}

/** Our credentials or scopes do not suffice. */
export class CrmUnauthorised extends CrmFailure {
  readonly kind = 'unauthorised';
  readonly retryable = false;
}

/** The record we addressed is archived or does not exist. */
export class CrmGone extends CrmFailure {
  readonly kind = 'gone';
  readonly retryable = false;
}
