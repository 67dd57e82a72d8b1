import { randomBytes } from 'node:crypto';
import type { OAuthSettings } from '../settings.js';

export interface AppCredentials {
  readonly clientId: string;
  /** Signs webhooks and card requests too. Can be exchanged while running. */
  clientSecret: string;
}

/** What a bearer token turns out to be. */
export type TokenVerdict = 'static' | 'oauth' | 'expired' | 'unknown';

export interface GrantedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

/** The tokens of one app on one account. */
export interface TokenStore {
  readonly scopes: readonly string[];
  verify(bearer: string): TokenVerdict;
  /** A consent, as the browser brings it back: good once, for this redirect address only. */
  issueCode(redirectUri: string): string;
  redeemCode(code: string, redirectUri: string): 'unknown' | 'wrong-redirect' | 'redeemed';
  /** A new connection, as after a consent. */
  grant(): GrantedTokens;
  refresh(refreshToken: string): GrantedTokens | null;
  /** For calls of the app itself, not of a connection; nothing to refresh. */
  grantToApp(): GrantedTokens;
  isLiveRefreshToken(token: string): boolean;
  /** Seconds an access token has left, `null` for one that is dead or was never given out. */
  secondsLeft(accessToken: string): number | null;
  /** Issued access tokens stay good until they expire. */
  revokeRefreshToken(token: string): void;
  /** Ends all issued access tokens at once. */
  expireAccessTokens(): void;
  revokeStaticToken(token: string): void;
  /** The app was uninstalled: every token is dead. */
  uninstall(): void;
  readonly uninstalled: boolean;
}

export interface TokenStoreOptions {
  readonly settings: OAuthSettings;
  readonly scopes: readonly string[];
  /** Good from the start, as if a person had consented before. */
  readonly firstRefreshToken: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const staticTokenPrefix = 'pat-';

export function createTokenStore({ settings, scopes, firstRefreshToken, now }: TokenStoreOptions): TokenStore {
  const accessTokens = new Map<string, number>();
  const refreshTokens = new Set([firstRefreshToken]);
  const codes = new Map<string, string>();
  const revokedStatic = new Set<string>();
  let uninstalled = false;

  const random = (prefix: string): string => `${prefix}${randomBytes(24).toString('hex')}`;
  const issue = (refreshToken: string): GrantedTokens => {
    const accessToken = random('CSim');
    accessTokens.set(accessToken, now() + settings.accessTokenSeconds * 1000);
    return { accessToken, refreshToken, expiresInSeconds: settings.accessTokenSeconds };
  };
  const connect = (): GrantedTokens => {
    const refreshToken = random('na1-');
    refreshTokens.add(refreshToken);
    return issue(refreshToken);
  };
  return {
    scopes,
    verify(bearer) {
      if (uninstalled) return 'unknown';
      if (bearer.startsWith(staticTokenPrefix)) return revokedStatic.has(bearer) ? 'unknown' : 'static';
      const expiresAt = accessTokens.get(bearer);
      if (expiresAt === undefined) return 'unknown';
      return expiresAt > now() ? 'oauth' : 'expired';
    },
    issueCode(redirectUri) {
      const code = random('');
      codes.set(code, redirectUri);
      return code;
    },
    redeemCode(code, redirectUri) {
      const expected = codes.get(code);
      if (expected === undefined) return 'unknown';
      if (expected !== redirectUri) return 'wrong-redirect';
      codes.delete(code);
      uninstalled = false;
      return 'redeemed';
    },
    grant: connect,
    refresh(refreshToken) {
      if (!refreshTokens.has(refreshToken)) return null;
      if (!settings.rotateRefreshTokens) return issue(refreshToken);
      refreshTokens.delete(refreshToken);
      return connect();
    },
    grantToApp: () => issue(''),
    isLiveRefreshToken: (token) => !uninstalled && refreshTokens.has(token),
    secondsLeft(accessToken) {
      const leftMs = (accessTokens.get(accessToken) ?? 0) - now();
      return uninstalled || leftMs <= 0 ? null : Math.ceil(leftMs / 1000);
    },
    revokeRefreshToken: (token) => void refreshTokens.delete(token),
    expireAccessTokens() {
      for (const token of accessTokens.keys()) accessTokens.set(token, now());
    },
    revokeStaticToken: (token) => void revokedStatic.add(token),
    uninstall: () => void (uninstalled = true),
    get uninstalled() {
      return uninstalled;
    },
  };
}
