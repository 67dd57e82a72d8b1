import { CrmFailure, CrmGone, CrmRateLimited, CrmRejected, CrmUnauthorised, CrmUnavailable } from '../contract.js';
import { BudgetExhausted } from './limiter.js';
import {
  propertyFaults,
  readableMessage,
  readVendorBody,
  type PropertyFault,
  type VendorBody,
} from './vendor-message.js';

/** An HTTP answer that was not a success. */
export interface HttpFault {
  readonly code: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export class UnexpectedAnswer extends Error implements HttpFault {
  readonly code: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(fault: HttpFault) {
    super(`HTTP ${String(fault.code)}`);
    this.name = 'UnexpectedAnswer';
    this.code = fault.code;
    this.body = fault.body;
    this.headers = fault.headers;
  }
}

/** A refusal that names the properties it is about. */
export class RejectedProperties extends CrmRejected {
  readonly faults: readonly PropertyFault[];

  constructor(details: ConstructorParameters<typeof CrmRejected>[0], faults: readonly PropertyFault[]) {
    super(details);
    this.faults = faults;
  }
}

/** No answer came in time. The call may still be carried out. */
export class CallTimedOut extends Error {
  constructor(timeoutMs: number) {
    super(`no answer within ${String(timeoutMs)} ms`);
    this.name = 'CallTimedOut';
  }
}

const second = 1_000;
const lockedWaitMs = 2 * second;
const movingWaitMs = 60 * second;
const tenSecondlyWaitMs = 10 * second;
/** A daily limit ends at midnight in the account's time zone, which we do not know: one call a minute looks whether it is over. */
const dailyWaitMs = 60 * second;
const longestWaitMs = 24 * 3_600 * second;

/** A fault that is likely gone in a moment: nobody answered, or a server in between did. Worth a second try of a read. */
export function isBriefFault(error: unknown): boolean {
  if (error instanceof CrmFailure || error instanceof BudgetExhausted || error instanceof CallTimedOut) return false;
  return !(error instanceof UnexpectedAnswer) || (error.code >= 500 && error.code <= 599);
}

/** What went wrong with a call, in the words of the contract. The only place where HubSpot's errors are translated. */
export function translate(error: unknown, operation: string): CrmFailure {
  if (error instanceof CrmFailure) return error;
  if (error instanceof BudgetExhausted) {
    return new CrmRateLimited({ operation, vendorMessage: error.message, retryAfterMs: error.retryAfterMs });
  }
  if (error instanceof UnexpectedAnswer) return translateAnswer(error, operation);
  return new CrmUnavailable({ operation, vendorMessage: `No usable answer: ${wordsOf(error)}`, cause: error });
}

/** `fetch failed` says nothing; its cause does. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown fault';
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

function translateAnswer(fault: HttpFault, operation: string): CrmFailure {
  const body = readVendorBody(fault.body);
  const details = {
    operation,
    vendorMessage: readableMessage(fault.code, fault.body),
    httpStatus: fault.code,
    vendorCategory: body.category ?? body.errorType ?? body.status,
    correlationId: body.correlationId ?? fault.headers['x-hubspot-correlation-id'],
  };
  switch (fault.code) {
    case 401:
    case 403:
      return new CrmUnauthorised(details);
    case 404:
    case 410:
      return isVendorsOwn(fault) ? new CrmGone(details) : new CrmUnavailable(details);
    case 408:
      return new CrmUnavailable(details);
    case 423:
      return new CrmUnavailable({ ...details, retryAfterMs: Math.max(lockedWaitMs, askedWaitMs(fault) ?? 0) });
    case 429:
      return new CrmRateLimited({ ...details, retryAfterMs: askedWaitMs(fault) ?? limitWaitMs(body) });
    case 477:
      return new CrmUnavailable({ ...details, retryAfterMs: askedWaitMs(fault) ?? movingWaitMs });
    default:
      if (fault.code >= 500) return new CrmUnavailable({ ...details, retryAfterMs: askedWaitMs(fault) });
  }
  const faults = propertyFaults(body);
  return faults.length > 0 ? new RejectedProperties(details, faults) : new CrmRejected(details);
}

/** A proxy's 404, or that of an address HubSpot no longer serves, says nothing about a record: every deal would look lost. */
function isVendorsOwn({ body, headers }: HttpFault): boolean {
  if ('x-hubspot-correlation-id' in headers) return true;
  if (typeof body !== 'object' || body === null) return false;
  // Every field of the envelope is optional, so it may be empty; what has only other fields is somebody else's.
  const read = readVendorBody(body);
  return Object.keys(body).length === 0 || Object.values(read).some((field) => field !== undefined);
}

/** `Retry-After` in milliseconds; HubSpot sends seconds. */
function askedWaitMs(fault: HttpFault): number | undefined {
  const seconds = Number(fault.headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * second, longestWaitMs) : undefined;
}

function limitWaitMs(body: VendorBody): number {
  const policy = `${body.policyName ?? ''} ${body.message ?? ''}`.toLowerCase();
  if (policy.includes('daily')) return dailyWaitMs;
  if (policy.includes('ten_secondly')) return tenSecondlyWaitMs;
  return policy.includes('secondly') ? second : tenSecondlyWaitMs;
}

/** Answers of the token endpoint have a form of their own: 400 says that the refresh token or the client is not accepted. */
export function translateTokenAnswer(fault: HttpFault, operation: string): CrmFailure {
  if (fault.code < 400 || fault.code > 404) return translateAnswer(fault, operation);
  const body = readVendorBody(fault.body);
  return new CrmUnauthorised({
    operation,
    vendorMessage: readableMessage(fault.code, fault.body),
    httpStatus: fault.code,
    vendorCategory: body.status,
    correlationId: body.correlationId,
  });
}
