import { CrmFailure, CrmRateLimited, CrmUnavailable } from '../connectors/contract.js';
import type { WorkFailure } from './platform/work-failure.js';

const titles = {
  'rate-limited': 'The CRM asks us to slow down',
  unavailable: 'The CRM does not answer',
  rejected: 'The CRM refused',
  unauthorised: 'The CRM does not accept our credentials',
  gone: 'The record is no longer in the CRM',
} as const satisfies Record<CrmFailure['kind'], string>;

/**
 * A CRM that answers 500, or 200 in a form nobody can read, may stumble over this very item; one that does not answer at all
 * is simply away.
 */
const serverError = 500;

function isSuccess(httpStatus: number | undefined): boolean {
  return httpStatus !== undefined && httpStatus >= 200 && httpStatus < 300;
}

/** What a failed run of work means: whether waiting can cure it, and the words a person reads if not. */
export function classifyFailure(error: unknown): WorkFailure {
  if (error instanceof CrmFailure) return classifyCrmFailure(error);
  const detail = error instanceof Error ? error.message : String(error);
  return { retry: 'later', countsAsAttempt: true, title: 'A task failed', detail };
}

function classifyCrmFailure(failure: CrmFailure): WorkFailure {
  const title = titles[failure.kind];
  const detail = failure.message;
  if (failure instanceof CrmRateLimited) {
    return { retry: 'later', afterMs: failure.retryAfterMs, countsAsAttempt: false, title, detail };
  }
  if (failure instanceof CrmUnavailable) {
    const countsAsAttempt = failure.httpStatus === serverError || isSuccess(failure.httpStatus);
    return { retry: 'later', afterMs: failure.retryAfterMs, countsAsAttempt, title, detail };
  }
  return { retry: 'never', title, detail };
}
