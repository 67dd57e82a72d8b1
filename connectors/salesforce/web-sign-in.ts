import { createHash, randomBytes } from 'node:crypto';
import type { OAuthTokens } from '../token-store.js';
import { requestToken, tokensOf, type TokenEndpoint } from './token-endpoint.js';

export interface WebSignIn {
  readonly loginUrl: string;
  readonly clientId: string;
  /** Must be registered with the app, letter by letter. */
  readonly redirectUri: string;
  /** Comes back with the code; ties the answer to the person who began. */
  readonly state: string;
}

export interface BegunSignIn {
  /** Where the browser goes. */
  readonly url: string;
  /** To be kept, secretly, until the code comes. */
  readonly codeVerifier: string;
}

/** 48 bytes make a verifier of 64 characters; 43 to 128 are allowed, and jsforce would make one of 171. */
const verifierBytes = 48;

/** Begins the web-server flow with PKCE: a fresh verifier, of which only the hash (S256) goes with the browser. */
export function beginWebSignIn({ loginUrl, clientId, redirectUri, state }: WebSignIn): BegunSignIn {
  const codeVerifier = randomBytes(verifierBytes).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'api refresh_token',
    state,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return { url: `${loginUrl}/services/oauth2/authorize?${query.toString()}`, codeVerifier };
}

/** Who signed in, and the tokens to be kept in the connection's store. */
export interface CompletedSignIn {
  readonly tokens: OAuthTokens;
  readonly organizationId: string | null;
  readonly userId: string | null;
}

/**
 * Trades the code that came back for tokens. A code works once and for some fifteen minutes.
 * @throws CrmUnauthorised when code, verifier or client are not accepted, else CrmUnavailable
 */
export async function completeWebSignIn(
  endpoint: TokenEndpoint,
  answer: {
    readonly code: string;
    readonly codeVerifier: string;
    readonly clientId: string;
    readonly clientSecret: string | null;
    readonly redirectUri: string;
  },
): Promise<CompletedSignIn> {
  const signedIn = await requestToken(endpoint, {
    grant_type: 'authorization_code',
    code: answer.code,
    client_id: answer.clientId,
    ...(answer.clientSecret === null ? {} : { client_secret: answer.clientSecret }),
    redirect_uri: answer.redirectUri,
    code_verifier: answer.codeVerifier,
  });
  const { organizationId, userId } = signedIn;
  return { tokens: tokensOf(signedIn, null, endpoint.now()), organizationId, userId };
}
