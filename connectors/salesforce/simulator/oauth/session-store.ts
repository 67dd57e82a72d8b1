import { randomBytes } from 'node:crypto';
import type { OAuthSettings } from '../settings.js';

export interface Session {
  readonly userId: string;
  /** Whether the token has the shape of a JWT, which SOAP refuses. */
  readonly isJwt: boolean;
}

/** The sessions of the org: what an access token stands for, and until when. */
export interface SessionStore {
  /** @param refreshToken what it came of, and ends with. @returns the access token of a new session. */
  open(userId: string, refreshToken?: string): string;
  /** The session, its idle time started anew and the call counted; `null` when it is over or never was. */
  use(accessToken: string): Session | null;
  /** Looks without using. @returns epoch milliseconds at which it ends, `null` when it has. */
  endsAt(accessToken: string): number | null;
  userOf(accessToken: string): string | null;
  revoke(accessToken: string): void;
  /** Ends the sessions that came of a refresh token. */
  revokeOf(refreshToken: string): void;
  /** Ends all sessions at once. */
  expireAll(): void;
  /** How many there are. */
  count(): number;
}

interface Open extends Session {
  readonly refreshToken: string | undefined;
  endsAt: number;
  calls: number;
}

function jwtShaped(userId: string): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: userId, jti: randomBytes(9).toString('hex') })}.${randomBytes(32).toString('base64url')}`;
}

/** @param now epoch milliseconds. */
export function createSessionStore(orgId: string, settings: OAuthSettings, now: () => number): SessionStore {
  const sessions = new Map<string, Open>();
  const live = (accessToken: string): Open | null => {
    const session = sessions.get(accessToken);
    if (session === undefined || session.endsAt <= now()) return null;
    return settings.expireAfterCalls !== null && session.calls >= settings.expireAfterCalls ? null : session;
  };
  return {
    open(userId, refreshToken) {
      const isJwt = settings.jwtTokens;
      const token = isJwt ? jwtShaped(userId) : `${orgId.slice(0, 15)}!AQ${randomBytes(36).toString('base64url')}`;
      sessions.set(token, { userId, isJwt, refreshToken, endsAt: now() + settings.idleSeconds * 1000, calls: 0 });
      return token;
    },
    use(accessToken) {
      const session = live(accessToken);
      if (session === null) return null;
      session.calls += 1;
      session.endsAt = now() + settings.idleSeconds * 1000;
      return session;
    },
    endsAt: (accessToken) => live(accessToken)?.endsAt ?? null,
    userOf: (accessToken) => live(accessToken)?.userId ?? null,
    revoke: (accessToken) => void sessions.delete(accessToken),
    revokeOf(refreshToken) {
      for (const [token, session] of sessions) if (session.refreshToken === refreshToken) sessions.delete(token);
    },
    expireAll: () => sessions.clear(),
    count: () => [...sessions.keys()].filter((token) => live(token) !== null).length,
  };
}
