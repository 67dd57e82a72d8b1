import { z } from 'zod';
import { CrmUnavailable } from '../../connectors/contract.js';
import type { OAuthTokens, TokenStore } from '../../connectors/token-store.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { Secrets } from '../platform/secrets.js';
import { findConnection, giveBackRefreshLease, saveTokens, takeRefreshLease } from './connection.store.js';

const tokensShape = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  expiresAt: z.string().nullable(),
  // Tokens that were sealed by an earlier version have none.
  instanceUrl: z.string().nullable().default(null),
  accountId: z.string().nullish(),
});

export function sealTokens(secrets: Secrets, tokens: OAuthTokens): string {
  return secrets.seal(JSON.stringify(tokens));
}

/** @throws SealedTextUnreadable where they were sealed with another key */
export function openTokens(secrets: Secrets, sealed: string): OAuthTokens {
  return tokensShape.parse(JSON.parse(secrets.open(sealed)));
}

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
  /** The sign-in whose tokens it keeps: it neither gives nor stores those of another. Left out: the environment's. */
  readonly signInId?: string;
  readonly sleep: (ms: number) => Promise<void>;
}): TokenStore {
  const { db, clock, secrets, connectionId, signInId = null } = deps;

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
      if (row?.tokens_sealed == null || row.sign_in_id !== signInId) return null;
      return openTokens(secrets, row.tokens_sealed);
    },
    save: async (tokens: OAuthTokens) => {
      await saveTokens(db, connectionId, signInId, sealTokens(secrets, tokens));
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
