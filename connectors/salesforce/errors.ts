import { CrmFailure, CrmGone, CrmRateLimited, CrmRejected, CrmUnauthorised, CrmUnavailable } from '../contract.js';
import { inWords, isAboutMissingField, readFaults, wordsOf, type VendorFault } from './vendor-words.js';

/** An HTTP answer that was not a success, as it came. */
export class UnexpectedAnswer extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(answer: {
    readonly status: number;
    readonly body: unknown;
    readonly headers: Readonly<Record<string, string>>;
  }) {
    super(`HTTP ${answer.status}`);
    this.name = 'UnexpectedAnswer';
    this.status = answer.status;
    this.body = answer.body;
    this.headers = answer.headers;
  }
}

/** No answer came in time. The call may still be carried out. */
export class CallTimedOut extends Error {
  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
    this.name = 'CallTimedOut';
  }
}

const second = 1_000;
const minute = 60 * second;
/** Salesforce's daily limit is a rolling one and does not say when it frees: one call this often looks. */
export const dailyLimitWaitMs = 15 * minute;
const concurrentLimitWaitMs = 5 * second;
const lockedRowWaitMs = 2 * second;
const longestWaitMs = 24 * 60 * minute;

/** What went wrong with a call, in the words of the contract. The only place where Salesforce's errors are translated. */
export function translate(error: unknown, operation: string): CrmFailure {
  if (error instanceof CrmFailure) return error;
  if (error instanceof UnexpectedAnswer) return failureOfAnswer(error, operation);
  return new CrmUnavailable({ operation, vendorMessage: `No usable answer: ${reasonOf(error)}`, cause: error });
}

function reasonOf(error: unknown): string {
  // Not `instanceof`: errors of Node's own modules are of another realm under jest.
  const words = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  // node-fetch names the address, and an address may hold a query with a customer's name.
  return words.replace(/https?:\/\/\S+/g, 'Salesforce') || 'unknown fault';
}

function failureOfAnswer({ status, body, headers }: UnexpectedAnswer, operation: string): CrmFailure {
  const faults = readFaults(body);
  const retryAfterMs = askedWaitMs(headers);
  const details = {
    operation,
    vendorMessage: inWords(status, body),
    httpStatus: status,
    vendorCategory: faults[0]?.code,
    correlationId: headers['x-sfdc-request-id'],
  };
  if (status === 429) return new CrmRateLimited({ ...details, retryAfterMs: retryAfterMs ?? concurrentLimitWaitMs });
  // 420 and 421: nobody at this address serves the organisation, as while it is moved.
  if (status >= 500 || [408, 420, 421].includes(status)) {
    return faults.length > 0
      ? failureOfFaults(faults, details, retryAfterMs)
      : new CrmUnavailable({ ...details, retryAfterMs });
  }
  if (faults.length > 0) return failureOfFaults(faults, details, retryAfterMs);
  if (status === 401 || status === 403) return new CrmUnauthorised(details);
  // The external id is not unique: Salesforce names the records instead of choosing one.
  if (status === 300)
    return new CrmRejected({ ...details, vendorMessage: 'More than one record has this external id' });
  if (status === 400 || (status > 404 && status < 500)) return new CrmRejected(details);
  // A proxy's 404 or a redirect says nothing about a record: every deal would look lost.
  return new CrmUnavailable({ ...details, retryAfterMs });
}

interface Details {
  readonly operation: string;
  readonly httpStatus?: number;
}

/**
 * What faults mean that came inside a successful answer: of a row of a collection, or of one part of a composite call.
 * `httpStatus` is the part's own.
 */
export function failureOfFaults(faults: readonly VendorFault[], details: Details, retryAfterMs?: number): CrmFailure {
  const [first] = faults;
  const told = { ...details, vendorMessage: wordsOf(faults), vendorCategory: first?.code };
  // The gravest first: a limit or a lost session concerns the whole call, whatever else is said.
  const fault = faults.find((one) => meaningOf(one) !== 'rejected') ?? first;
  switch (fault === undefined ? 'rejected' : meaningOf(fault)) {
    case 'daily-limit':
      return new CrmRateLimited({ ...told, retryAfterMs: retryAfterMs ?? dailyLimitWaitMs, spent: true });
    case 'concurrent-limit':
      return new CrmRateLimited({ ...told, retryAfterMs: retryAfterMs ?? concurrentLimitWaitMs });
    case 'locked':
      return new CrmUnavailable({ ...told, retryAfterMs: retryAfterMs ?? lockedRowWaitMs });
    case 'unavailable':
      return new CrmUnavailable({ ...told, retryAfterMs });
    case 'unauthorised':
      return new CrmUnauthorised(told);
    case 'gone':
      return new CrmGone(told);
    case 'rejected':
      return new CrmRejected(told);
  }
}

type Meaning = 'daily-limit' | 'concurrent-limit' | 'locked' | 'unavailable' | 'unauthorised' | 'gone' | 'rejected';

const meanings: Readonly<Record<string, Meaning>> = {
  UNABLE_TO_LOCK_ROW: 'locked',
  ORG_LOCKED: 'locked',
  QUERY_TIMEOUT: 'unavailable',
  INVALID_QUERY_LOCATOR: 'unavailable',
  SERVER_UNAVAILABLE: 'unavailable',
  SERVER_ERROR: 'unavailable',
  UNKNOWN_EXCEPTION: 'unavailable',
  INTERNAL_SERVER_ERROR: 'unavailable',
  server_error: 'unavailable',
  temporarily_unavailable: 'unavailable',
  unknown_error: 'unavailable',
  rate_limit_exceeded: 'concurrent-limit',
  INVALID_SESSION_ID: 'unauthorised',
  INVALID_AUTH_HEADER: 'unauthorised',
  API_DISABLED_FOR_ORG: 'unauthorised',
  API_CURRENTLY_DISABLED: 'unauthorised',
  INSUFFICIENT_ACCESS: 'unauthorised',
  invalid_grant: 'unauthorised',
  invalid_client: 'unauthorised',
  invalid_client_id: 'unauthorised',
  inactive_user: 'unauthorised',
  inactive_org: 'unauthorised',
  invalid_app_access: 'unauthorised',
  unauthorized_client: 'unauthorised',
  unsupported_grant_type: 'unauthorised',
  redirect_uri_mismatch: 'unauthorised',
  ENTITY_IS_DELETED: 'gone',
};

function meaningOf(fault: VendorFault): Meaning {
  const { code = '', message } = fault;
  if (code === 'REQUEST_LIMIT_EXCEEDED') return /concurrent/i.test(message) ? 'concurrent-limit' : 'daily-limit';
  // The token endpoint says so under `invalid_grant`, and waiting helps.
  if (/login rate exceeded/i.test(message)) return 'concurrent-limit';
  // A missing external id field answers as if the record were missing; a person has to make the field.
  if (code === 'NOT_FOUND') return isAboutMissingField(fault) ? 'rejected' : 'gone';
  return meanings[code] ?? 'rejected';
}

/** `Retry-After` in milliseconds: seconds, or a date beside the answer's own. */
function askedWaitMs(headers: Readonly<Record<string, string>>): number | undefined {
  const asked = headers['retry-after'];
  if (asked === undefined) return undefined;
  const seconds = Number(asked);
  const waitMs = Number.isFinite(seconds) ? seconds * second : Date.parse(asked) - Date.parse(headers['date'] ?? '');
  return Number.isFinite(waitMs) && waitMs >= 0 ? Math.min(waitMs, longestWaitMs) : undefined;
}
