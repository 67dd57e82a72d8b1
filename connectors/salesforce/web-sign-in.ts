import { createHash, randomBytes } from 'node:crypto';
import { CrmUnavailable, type CrmCallObservation, type WebSignIn } from '../contract.js';
import { UnexpectedAnswer, translate } from './errors.js';
import { parseExactJson } from './exact-json.js';
import { fullId } from './ids.js';
import { createSend } from './send.js';
import { requestToken, tokensOf, type TokenEndpoint } from './token-endpoint.js';

export interface SalesforceWebSignInOptions {
  /** Where people sign in: Salesforce's own address, the organisation's own domain, or where a simulator listens. */
  readonly loginUrl: string;
  readonly clientId: string;
  /** `null`: the app is a public client. */
  readonly clientSecret: string | null;
  readonly now: () => Date;
  readonly observe?: ((observation: CrmCallObservation) => void) | undefined;
  /** How long one call may take; 10 s when absent. */
  readonly timeoutMs?: number | undefined;
}

/** 48 bytes make a verifier of 64 characters; 43 to 128 are allowed, and jsforce would make one of 171. */
const verifierBytes = 48;
const defaultTimeoutMs = 10_000;

/** The web-server flow with PKCE: a fresh verifier each time, of which only the hash (S256) goes with the browser. */
export function createSalesforceWebSignIn(options: SalesforceWebSignInOptions): WebSignIn {
  const { clientId, clientSecret } = options;
  const endpoint: TokenEndpoint = {
    send: createSend(),
    loginUrl: options.loginUrl.replace(/\/+$/, ''),
    now: options.now,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    observe: options.observe ?? (() => undefined),
  };
  return {
    begin: ({ redirectUri, state }) => {
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
      return { url: `${endpoint.loginUrl}/services/oauth2/authorize?${query.toString()}`, codeVerifier };
    },
    complete: async ({ code, codeVerifier, redirectUri }) => {
      const signedIn = await requestToken(endpoint, {
        grant_type: 'authorization_code',
        code,
        client_id: clientId,
        ...(clientSecret === null ? {} : { client_secret: clientSecret }),
        redirect_uri: redirectUri,
        code_verifier: codeVerifier ?? '',
      });
      const tokens = tokensOf(signedIn, null, endpoint.now());
      const accountId = fullId(signedIn.organizationId ?? '');
      if (tokens.refreshToken === null || accountId === null) {
        const vendorMessage =
          'Salesforce answered without a refresh token, or without saying which organisation it is: the app needs the scope ' +
          'refresh_token';
        throw new CrmUnavailable({ operation: 'sign in', vendorMessage });
      }
      return { tokens, accountId };
    },
    // Sessions that came of a refresh token end with it.
    revoke: ({ refreshToken, accessToken }) => revoke(endpoint, refreshToken ?? accessToken),
  };
}

async function revoke({ send, loginUrl, timeoutMs }: TokenEndpoint, token: string): Promise<void> {
  const operation = 'revoke the token';
  try {
    const { status, headers, text } = await send(
      {
        method: 'POST',
        url: `${loginUrl}/services/oauth2/revoke`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams({ token }).toString(),
      },
      timeoutMs,
    );
    const body = parseExactJson(text) ?? text;
    if (status < 200 || status > 299) throw new UnexpectedAnswer({ status, headers, body });
  } catch (error) {
    const failure = translate(error, operation);
    // It works no longer already: see "A dead token cannot be revoked" in BEHAVIOR.md.
    if (failure.vendorCategory !== 'invalid_token') throw failure;
  }
}
