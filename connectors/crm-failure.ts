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
  /** What the CRM allows for long is used up: it takes hours, and a person may want to know. */
  readonly spent: boolean;

  constructor(details: CrmFailureDetails & { readonly retryAfterMs: number; readonly spent?: boolean }) {
    super(details);
    this.retryAfterMs = details.retryAfterMs;
    this.spent = details.spent ?? false;
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

/**
 * Nobody has connected the account, or somebody disconnected it or is connecting it anew: no call was made. Everything waits and goes
 * on by itself, and nobody needs to be told by a problem.
 */
export class CrmNotConnected extends CrmUnavailable {
  constructor(details: CrmFailureDetails & { readonly retryAfterMs?: number | undefined }) {
    super({ ...details, retryAfterMs: details.retryAfterMs ?? lookAgainMs });
  }
}

/** How long what waits for a connection rests before it looks again. */
const lookAgainMs = 30_000;

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
