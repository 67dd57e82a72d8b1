import { z } from 'zod';
import type { OAuthTokens, TokenStore } from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Secrets } from '../platform/secrets.js';
import { findConnection, takeRefreshLease, updateConnection } from './connection.store.js';

const tokensShape = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresAt: z.string() });

/** Longer than a refresh call may take; a process that died while refreshing holds the others up no longer than this. */
const leaseMs = 20_000;
const pollMs = 200;

/**
 * Keeps a connection's OAuth tokens, encrypted, in its row. One refresh at a time: whoever comes second waits for the lease
 * and then finds the new tokens.
 */
export function createTokenStore(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly connectionId: string;
  readonly sleep: (ms: number) => Promise<void>;
}): TokenStore {
  const { db, clock, secrets, connectionId } = deps;

  const lease = async (): Promise<void> => {
    for (let waitedMs = 0; waitedMs <= leaseMs; waitedMs += pollMs) {
      const now = clock.now();
      if (await takeRefreshLease(db, connectionId, now, new Date(now.getTime() + leaseMs))) return;
      await deps.sleep(pollMs);
    }
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
      await lease();
      try {
        return await refresh();
      } finally {
        await updateConnection(db, connectionId, { refresh_lease_until: null });
      }
    },
  };
}
