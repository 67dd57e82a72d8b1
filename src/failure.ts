import { CrmFailure, CrmRateLimited, CrmUnavailable } from '../connectors/contract.js';
import type { WorkFailure } from './platform/work-failure.js';

/** Title of what was set aside because the CRM took our credentials no more: another sign-in mends it. */
export const credentialsRefused = 'The CRM does not accept our credentials';

const titles = {
  'rate-limited': 'The CRM asks us to slow down',
  unavailable: 'The CRM does not answer',
  rejected: 'The CRM refused',
  unauthorised: credentialsRefused,
  gone: 'The record is no longer in the CRM',
} as const satisfies Record<CrmFailure['kind'], string>;

/**
 * A CRM that answers with a fault of its own, or in a form nobody can read, may stumble over this very item. One that does not
 * answer, or has only its gateway answer, is simply away.
 */
function isAway(httpStatus: number | undefined): boolean {
  return httpStatus === undefined || (httpStatus > 500 && httpStatus < 600);
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
    const countsAsAttempt = !isAway(failure.httpStatus);
    return { retry: 'later', afterMs: failure.retryAfterMs, countsAsAttempt, title, detail };
  }
  return { retry: 'never', title, detail };
}
