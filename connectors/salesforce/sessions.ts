import { CrmFailure, CrmNotConnected, CrmUnauthorised, CrmUnavailable } from '../contract.js';
import type { OAuthTokens, TokenStore } from '../token-store.js';
import { fullId } from './ids.js';
import { grantForm, requestToken, tokensOf, type Grant, type TokenEndpoint } from './token-endpoint.js';

/** What a call needs to be accepted, and where it is. */
export interface Session {
  readonly accessToken: string;
  readonly instanceUrl: string;
}

/** Where a call gets its session from. */
export interface Sessions {
  /** @throws CrmUnauthorised when no sign-in is accepted, else CrmUnavailable or CrmRateLimited */
  current(): Promise<Session>;
  /** Another session in place of one that was refused, or whose address serves the organisation no more. @throws as above */
  renew(refused: Session): Promise<Session>;
  /** Salesforce answered a call of this session as one of ours. */
  accepted(session: Session): void;
}

export interface SessionsSettings {
  readonly endpoint: TokenEndpoint;
  readonly grant: Grant;
  readonly tokens: TokenStore;
  /** Elapsed time from any fixed point. */
  readonly elapsedMs: () => number;
  /** Where calls go, whatever a sign-in says; nothing: where it says. */
  readonly instanceUrl?: string | undefined;
  /** The only organisation that will do; nothing: any. */
  readonly organizationId?: string | undefined;
}

const operation = 'sign in';

/** Shortest idle time an organisation may set is fifteen minutes: what was not used for ten is not relied upon. */
const idleLimitMs = 10 * 60_000;
/** So many new sessions refused in a row, and no other is asked for until the pause is over: no call can make a loop. */
const mostFruitless = 3;
const fruitlessPauseMs = 5 * 60_000;

/**
 * Sessions of one organisation. One sign-in at a time in this process and, through the store, over all processes; a rotated refresh
 * token is kept before anybody else may sign in.
 */
export function createSessions(settings: SessionsSettings): Sessions {
  const { tokens: store, elapsedMs } = settings;
  let held: OAuthTokens | null = null;
  let usedAtMs = 0;
  /** What the store refused to take: its refresh token is the only live one there is. */
  let unsaved: OAuthTokens | null = null;
  let signingIn: Promise<OAuthTokens> | null = null;
  const guard = createGuard(elapsedMs);
  const toSession = sessionAt(settings.instanceUrl);

  const isFresh = freshAt(settings.endpoint.now, settings.organizationId);

  const save = async (fresh: OAuthTokens): Promise<void> => {
    unsaved = fresh;
    await store.save(fresh);
    unsaved = null;
  };

  const signIn = async (refused: string | null): Promise<OAuthTokens> => {
    const stored = await store.load();
    // Somebody else, in this process or another, was here first.
    if (
      stored !== null &&
      stored.accessToken !== refused &&
      stored.accessToken !== held?.accessToken &&
      isFresh(stored)
    ) {
      return stored;
    }
    guard.assertOpen();
    const newest = unsaved?.refreshToken ?? stored?.refreshToken;
    const fresh = await requestFirstAccepted(settings, [newest, held?.refreshToken, stored?.refreshToken]);
    held = fresh;
    await save(fresh);
    return fresh;
  };

  const signInOnce = (refused: string | null): Promise<OAuthTokens> => {
    signingIn ??= store
      .exclusively(() => signIn(refused))
      .then((fresh) => {
        usedAtMs = elapsedMs();
        return (held = fresh);
      })
      .finally(() => (signingIn = null));
    return signingIn;
  };

  const usable = async (): Promise<OAuthTokens | null> => {
    if (unsaved !== null) await save(unsaved);
    if (held === null || !isFresh(held)) {
      const stored = await store.load();
      if (stored === null || !isFresh(stored)) return null;
      held = stored;
      usedAtMs = elapsedMs();
    }
    return elapsedMs() - usedAtMs > idleLimitMs ? null : held;
  };

  return {
    current: () =>
      asCrmFailure(async () => {
        const tokens = (await usable()) ?? (await signInOnce(null));
        usedAtMs = elapsedMs();
        return toSession(tokens);
      }),
    renew: (refused) =>
      asCrmFailure(async () => {
        // While this call was under way another one may have renewed already.
        if (held !== null && held.accessToken !== refused.accessToken && isFresh(held)) return toSession(held);
        guard.refused(refused.accessToken);
        return toSession(await signInOnce(refused.accessToken));
      }),
    accepted: (session) => {
      usedAtMs = elapsedMs();
      guard.accepted(session.accessToken);
    },
  };
}

/** Counts the sessions that were refused without ever having been accepted. */
function createGuard(elapsedMs: () => number) {
  let acceptedToken: string | null = null;
  const fruitless = new Set<string>();
  let lastMs = 0;
  return {
    accepted(token: string): void {
      acceptedToken = token;
      fruitless.clear();
    },
    refused(token: string): void {
      if (token === acceptedToken) return;
      fruitless.add(token);
      lastMs = elapsedMs();
    },
    /** @throws CrmUnauthorised */
    assertOpen(): void {
      if (fruitless.size < mostFruitless) return;
      if (elapsedMs() - lastMs > fruitlessPauseMs) {
        fruitless.clear();
        return;
      }
      throw new CrmUnauthorised({
        operation,
        vendorMessage:
          `Salesforce issued ${mostFruitless} sessions in a row and refused each: the app's policies or the user's ` +
          'permissions forbid the API. Tried again in a few minutes',
      });
    },
  };
}

/** What was kept before an organisation was wanted, or for another one, does not count: signing in anew tells which one it is. */
function freshAt(now: () => Date, organizationId: string | undefined): (tokens: OAuthTokens) => boolean {
  return ({ expiresAt, instanceUrl, accountId }) =>
    instanceUrl !== null &&
    isWanted(organizationId, accountId ?? null) &&
    (expiresAt === null || Date.parse(expiresAt) > now().getTime());
}

function isWanted(expected: string | undefined, actual: string | null): boolean {
  return expected === undefined || (actual !== null && fullId(expected) === fullId(actual));
}

function sessionAt(fixedUrl: string | undefined): (tokens: OAuthTokens) => Session {
  return ({ accessToken, instanceUrl }) => ({ accessToken, instanceUrl: fixedUrl ?? instanceUrl ?? '' });
}

/**
 * Tries the newest refresh token first: a rotated one that is tried too late may cost the live one, too. The configured one helps
 * after a person signed in anew. The other sign-ins have no refresh token.
 */
async function requestFirstAccepted(
  { endpoint, grant, organizationId }: SessionsSettings,
  known: readonly (string | null | undefined)[],
): Promise<OAuthTokens> {
  const request = async (refreshToken: string | null): Promise<OAuthTokens> => {
    const signedIn = await requestToken(endpoint, grantForm(grant, refreshToken, endpoint));
    assertOrganization(organizationId, signedIn.organizationId);
    return tokensOf(signedIn, refreshToken, endpoint.now());
  };
  if (grant.kind !== 'refresh-token') return request(null);
  let refusal: CrmUnauthorised | null = null;
  for (const refreshToken of new Set([...known, grant.refreshToken])) {
    if (refreshToken == null) continue;
    try {
      return await request(refreshToken);
    } catch (error) {
      if (!(error instanceof CrmUnauthorised)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new CrmNotConnected({ operation, vendorMessage: 'nobody has connected the account' });
}

/** Records must not go into a sandbox, or another customer's organisation, because of a wrong secret. @throws CrmUnauthorised */
function assertOrganization(expected: string | undefined, actual: string | null): void {
  if (isWanted(expected, actual)) return;
  const vendorMessage = `This is organisation ${actual ?? 'unknown'}, and ${expected ?? ''} is the one wanted`;
  throw new CrmUnauthorised({ operation, vendorMessage });
}

/** The store may fail like any database; the connector's callers know only the failures of the contract. */
async function asCrmFailure<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CrmFailure) throw error;
    const vendorMessage = 'The stored tokens could not be read or written';
    throw new CrmUnavailable({ operation, vendorMessage, cause: error });
  }
}
