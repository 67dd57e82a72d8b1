import {
  CrmFailure,
  CrmNotConnected,
  CrmRateLimited,
  CrmUnavailable,
  type CrmConnector,
} from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { DrainSource } from '../platform/drain-loop.js';
import {
  claimPending,
  countClaimable,
  dropRested,
  nextPendingAt,
  returnPending,
  type ClaimedDeal,
  type Lane,
} from './pending-deal.store.js';
import type { ConnectionTrouble } from './connection-trouble.handler.js';
import { dealReaderTopic, readDealsWork } from './topics.js';
import type { createReadDeals } from './read-deals.handler.js';

export interface DealReaderDependencies {
  readonly db: Database;
  readonly clock: Clock;
  readonly readDeals: ReturnType<typeof createReadDeals>;
  readonly trouble: ConnectionTrouble;
  readonly random: () => number;
}

/** Longer than the slowest read of a full batch, with its retries inside the connector. */
const leaseMs = 30_000;
/** How long a busy lane lets a batch fill. */
const gatherMs = 400;
const firstBackoffMs = 500;
const longestBackoffMs = 60_000;

/**
 * Reads the pending deals of one connection, a full batch a call. There are two lanes: deals said to be won are read with
 * their stage history, which makes the vendor's pages smaller, and all others without.
 */
export function createDealReader(
  deps: DealReaderDependencies,
  connection: { readonly id: string; readonly connector: CrmConnector },
  history: boolean,
): DrainSource {
  const { connector } = connection;
  const limit = history ? connector.limits.readDealsWithHistory : connector.limits.readDeals;

  const lane = async (): Promise<Lane> => {
    const stages = await connector.stages();
    const wonStageIds = stages.filter((stage) => stage.outcome === 'won').map((stage) => stage.id);
    return { connectionId: connection.id, history, wonStageIds };
  };

  const giveBack = async (claimed: readonly ClaimedDeal[], failure: unknown): Promise<void> => {
    const attempts = Math.max(...claimed.map((deal) => deal.attempts));
    const dueAt = new Date(deps.clock.now().getTime() + waitMs(failure, attempts, deps.random()));
    await returnPending(
      deps.db,
      connection.id,
      claimed.map((deal) => deal.crmDealId),
      { dueAt, stageHint: null, failed: true },
    );
    await deps.trouble.failed(readDealsWork, connection.id, failure);
  };

  /** Where not the CRM fails but the writing of what it said, halves are tried until the deal at fault stands alone. */
  const read = async (claimed: readonly ClaimedDeal[]): Promise<void> => {
    try {
      await deps.readDeals(connection, claimed, history);
      await deps.trouble.works(readDealsWork, connection.id);
    } catch (failure) {
      if (failure instanceof CrmFailure || claimed.length === 1) {
        await giveBack(claimed, failure);
        return;
      }
      const middle = Math.ceil(claimed.length / 2);
      await read(claimed.slice(0, middle));
      await read(claimed.slice(middle));
    }
  };

  const claim = async (now: Date): Promise<readonly ClaimedDeal[] | null> => {
    try {
      return await claimPending(deps.db, await lane(), limit, now, new Date(now.getTime() + leaseMs));
    } catch (failure) {
      if (!(failure instanceof CrmFailure)) throw failure;
      await deps.trouble.failed(readDealsWork, connection.id, failure);
      return null;
    }
  };

  return {
    topic: dealReaderTopic(connection.id, history),
    gatherMs,
    batch: limit,
    drainOnce: async () => {
      const now = deps.clock.now();
      const claimed = await claim(now);
      if (claimed === null) return 'partial';
      if (claimed.length === 0) {
        await dropRested(deps.db, now);
        return 'empty';
      }
      await read(claimed);
      return claimed.length === limit ? 'full' : 'partial';
    },
    nextDueAt: () => unlessNotConnected(null, async () => nextPendingAt(deps.db, await lane())),
    waiting: () => unlessNotConnected(0, async () => countClaimable(deps.db, await lane(), limit, deps.clock.now())),
  };
}

/** Nothing can be said, nor done, while nobody has connected the account: the fallback tick looks again. */
async function unlessNotConnected<T>(otherwise: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (failure) {
    if (failure instanceof CrmNotConnected) return otherwise;
    throw failure;
  }
}

/** How long to wait after a failure: what the CRM asked for, else ever longer, spread so that callers do not return at once. */
function waitMs(failure: unknown, attempts: number, random: number): number {
  if (failure instanceof CrmRateLimited) return failure.retryAfterMs;
  if (failure instanceof CrmUnavailable && failure.retryAfterMs !== undefined) return failure.retryAfterMs;
  const lasting = failure instanceof CrmFailure && !failure.retryable;
  const backoff = lasting ? longestBackoffMs : Math.min(longestBackoffMs, firstBackoffMs * 2 ** attempts);
  return backoff * (0.5 + random / 2);
}
