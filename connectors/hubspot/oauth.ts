import { CrmFailure, CrmNotConnected, CrmUnauthorised, CrmUnavailable } from '../contract.js';
import type { OAuthTokens, TokenStore } from '../token-store.js';
import { requestTokens, type TokenEndpoint } from './token-endpoint.js';

/** Where a call gets its access token from. */
export interface AccessTokens {
  current(): Promise<string>;
  /** Another token in place of one HubSpot refused, or `null` when there is no way to one. */
  renew(refused: string): Promise<string | null>;
}

export interface OAuthSettings extends TokenEndpoint {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The one the operator configured; what the store holds is newer. `null`: a person signed in, and only the store has one. */
  readonly refreshToken: string | null;
  readonly tokens: TokenStore;
}

const operation = 'refresh the access token';

/** A token that never changes; HubSpot's static tokens end only by rotation. */
export function createStaticToken(accessToken: string): AccessTokens {
  return { current: () => Promise.resolve(accessToken), renew: () => Promise.resolve(null) };
}

/**
 * Access tokens of an OAuth app. One refresh at a time in this process, and through the store over all processes; the refresh
 * token HubSpot returns replaces the one before, because it may change.
 * @throws CrmUnauthorised when no refresh token is accepted, else CrmUnavailable or CrmRateLimited
 */
export function createOAuthTokens(settings: OAuthSettings): AccessTokens {
  const { tokens: store, now } = settings;
  let held: OAuthTokens | null = null;
  let refreshing: Promise<OAuthTokens> | null = null;

  const isFresh = (tokens: OAuthTokens): boolean =>
    tokens.expiresAt !== null && Date.parse(tokens.expiresAt) > now().getTime();

  const refresh = async (refused: string | null): Promise<OAuthTokens> => {
    const stored = await store.load();
    // Somebody else, in this process or another, was here first.
    if (stored !== null && stored.accessToken !== refused && isFresh(stored)) return stored;
    const candidates = [stored?.refreshToken, held?.refreshToken, settings.refreshToken];
    const fresh = await exchangeFirstAccepted(settings, [...new Set(candidates.filter((token) => token != null))]);
    // Kept here too: should saving fail, a changed refresh token must not be lost with it.
    held = fresh;
    await store.save(fresh);
    return fresh;
  };

  const refreshOnce = (refused: string | null): Promise<OAuthTokens> => {
    refreshing ??= store
      .exclusively(() => refresh(refused))
      .then((fresh) => (held = fresh))
      .finally(() => (refreshing = null));
    return refreshing;
  };

  return {
    current: () =>
      asCrmFailure(async () => {
        if (held !== null && isFresh(held)) return held.accessToken;
        const stored = await store.load();
        held = stored ?? held;
        if (held !== null && isFresh(held)) return held.accessToken;
        return (await refreshOnce(null)).accessToken;
      }),
    renew: (refused) =>
      asCrmFailure(async () => {
        if (held !== null && held.accessToken !== refused && isFresh(held)) return held.accessToken;
        const renewed = await refreshOnce(refused);
        return renewed.accessToken === refused ? null : renewed.accessToken;
      }),
  };
}

/** The store may fail like any database; the connector's callers know only the failures of the contract. */
async function asCrmFailure<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CrmFailure) throw error;
    throw new CrmUnavailable({
      operation,
      vendorMessage: 'The stored tokens could not be read or written',
      cause: error,
    });
  }
}

/** Tries the newest refresh token first. An older one helps after the app was installed anew with another token configured. */
async function exchangeFirstAccepted(settings: OAuthSettings, refreshTokens: readonly string[]): Promise<OAuthTokens> {
  let refusal: CrmUnauthorised | null = null;
  for (const refreshToken of refreshTokens) {
    try {
      return await exchange(settings, refreshToken);
    } catch (error) {
      if (!(error instanceof CrmUnauthorised)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new CrmNotConnected({ operation, vendorMessage: 'nobody has connected the account' });
}

function exchange(settings: OAuthSettings, refreshToken: string): Promise<OAuthTokens> {
  return requestTokens(
    settings,
    {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
    },
    operation,
    refreshToken,
  );
}
