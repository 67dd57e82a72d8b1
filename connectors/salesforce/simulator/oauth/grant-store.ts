import { createHash, randomBytes } from 'node:crypto';
import type { OAuthSettings } from '../settings.js';

const codeMinutes = 15;

export interface NewCode {
  readonly userId: string;
  readonly redirectUri: string;
  /** base64url(SHA-256(verifier)); `null` when the caller sent none. */
  readonly challenge: string | null;
}

export type Redemption =
  | { readonly kind: 'redeemed'; readonly userId: string }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string };

/** What people have granted the app: codes on their way through a browser, and refresh tokens. */
export interface GrantStore {
  issueCode(code: NewCode): string;
  /** Good once, within 15 minutes, for the same redirect address and the verifier of its challenge. */
  redeemCode(code: string, redirectUri: string, verifier: string | undefined): Redemption;
  /** @param token handed out before, e.g. at an earlier run; a new one unless said. */
  newRefreshToken(userId: string, token?: string): string;
  /** @returns whose it is and the token to use from now on, `null` for a dead one. */
  refresh(refreshToken: string): { readonly userId: string; readonly refreshToken: string } | null;
  revoke(refreshToken: string): boolean;
  /** The user withdrew the consent: no refresh token works any more. */
  revokeAll(): void;
  userOf(refreshToken: string): string | null;
}

function refused(error: string, description: string): Redemption {
  return { kind: 'refused', error, description };
}

function matches(challenge: string, verifier: string): boolean {
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

/** @param now epoch milliseconds. */
export function createGrantStore(settings: OAuthSettings, now: () => number): GrantStore {
  const codes = new Map<string, NewCode & { readonly expiresAt: number }>();
  const refreshTokens = new Map<string, string>();
  const newRefreshToken = (userId: string, given?: string): string => {
    const token = given ?? `5Aep861${randomBytes(40).toString('base64url')}`;
    refreshTokens.set(token, userId);
    return token;
  };
  return {
    issueCode(code) {
      const text = `aPrx${randomBytes(24).toString('base64url')}==`;
      codes.set(text, { ...code, expiresAt: now() + codeMinutes * 60_000 });
      return text;
    },
    redeemCode(text, redirectUri, verifier) {
      const code = codes.get(text);
      codes.delete(text);
      if (code === undefined) return refused('invalid_grant', 'invalid authorization code');
      if (code.expiresAt <= now()) return refused('invalid_grant', 'expired authorization code');
      if (code.redirectUri !== redirectUri) {
        return refused('redirect_uri_mismatch', 'redirect_uri must match configuration');
      }
      if (code.challenge === null) return { kind: 'redeemed', userId: code.userId };
      const isCompliant = verifier !== undefined && /^[A-Za-z0-9\-._~]{43,128}$/.test(verifier);
      if (!isCompliant || !matches(code.challenge, verifier)) {
        return refused('invalid_grant', 'invalid code verifier');
      }
      return { kind: 'redeemed', userId: code.userId };
    },
    newRefreshToken,
    refresh(refreshToken) {
      const userId = refreshTokens.get(refreshToken);
      if (userId === undefined) return null;
      if (!settings.rotateRefreshTokens) return { userId, refreshToken };
      refreshTokens.delete(refreshToken);
      return { userId, refreshToken: newRefreshToken(userId) };
    },
    revoke: (refreshToken) => refreshTokens.delete(refreshToken),
    revokeAll: () => refreshTokens.clear(),
    userOf: (refreshToken) => refreshTokens.get(refreshToken) ?? null,
  };
}
