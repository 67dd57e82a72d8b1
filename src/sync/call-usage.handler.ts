import type { CallAccountStore } from '../../connectors/call-account.js';
import type { Clock } from '../platform/clock.js';

/** A person looks at it; each call tells it. */
const apartMs = 15_000;

/** What a CRM says of the calls of its day. */
export interface DailyCalls {
  readonly used: number;
  readonly limit: number;
}

/**
 * Keeps what a CRM told of its calls where people can see it, for a connector that does not share its calls out by it. Never waits and
 * never fails: the next call tells again.
 */
export function createKeepUsage(deps: {
  readonly callAccount: CallAccountStore;
  readonly clock: Clock;
}): (told: DailyCalls) => void {
  let keptAtMs = Number.NEGATIVE_INFINITY;
  return ({ used, limit }) => {
    const seenAtMs = deps.clock.now().getTime();
    if (seenAtMs - keptAtMs < apartMs) return;
    keptAtMs = seenAtMs;
    const account = { usage: { used, limit, seenAtMs }, lookAtMs: 0, shares: [] };
    deps.callAccount.change(() => ({ account, result: null })).catch(() => undefined);
  };
}
