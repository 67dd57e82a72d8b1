import { z } from 'zod';
import { CrmUnavailable } from '../../connectors/contract.js';
import type { OAuthTokens, TokenStore } from '../../connectors/token-store.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { Secrets } from '../platform/secrets.js';
import { findConnection, giveBackRefreshLease, takeRefreshLease, updateConnection } from './connection.store.js';

const tokensShape = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  expiresAt: z.string().nullable(),
  // Tokens that were sealed by an earlier version have none.
  instanceUrl: z.string().nullable().default(null),
  accountId: z.string().nullish(),
});

/** Longer than a refresh call may take; a process that died while refreshing holds the others up no longer than this. */
const leaseMs = 20_000;
const pollMs = 200;
/** Whoever waited this long comes again later instead of refreshing beside another. */
const longestWaitMs = 20_000;

/**
 * Keeps a connection's OAuth tokens, encrypted, in its row. One refresh at a time: whoever comes second waits for the lease
 * and then finds the new tokens, or throws CrmUnavailable when the wait is too long.
 */
export function createTokenStore(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly connectionId: string;
  readonly sleep: (ms: number) => Promise<void>;
}): TokenStore {
  const { db, clock, secrets, connectionId } = deps;

  const lease = async (owner: string): Promise<void> => {
    for (let waitedMs = 0; waitedMs <= longestWaitMs; waitedMs += pollMs) {
      const now = clock.now();
      const until = new Date(now.getTime() + leaseMs);
      if (await takeRefreshLease(db, connectionId, { owner, now, until })) return;
      await deps.sleep(pollMs);
    }
    throw new CrmUnavailable({
      operation: 'renew the access token',
      vendorMessage: `another process has been renewing it for ${String(longestWaitMs / 1000)} s`,
      retryAfterMs: leaseMs,
    });
  };

  return {
    load: async () => {
      const row = await findConnection(db, connectionId);
      if (row?.tokens_sealed == null) return null;
      return tokensShape.parse(JSON.parse(secrets.open(row.tokens_sealed)));
    },
    save: async (tokens: OAuthTokens) => {
      await updateConnection(db, connectionId, { tokens_sealed: secrets.seal(JSON.stringify(tokens)) });
    },
    exclusively: async (refresh) => {
      const owner = newId('lease');
      await lease(owner);
      try {
        return await refresh();
      } finally {
        await giveBackRefreshLease(db, connectionId, owner);
      }
    },
  };
}
