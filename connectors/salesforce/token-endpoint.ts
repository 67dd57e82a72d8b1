import { z } from 'zod';
import { CrmUnavailable, type CrmCallObservation } from '../contract.js';
import type { OAuthTokens } from '../token-store.js';
import { translate, UnexpectedAnswer } from './errors.js';
import { parseExactJson } from './exact-json.js';
import { signAssertion } from './jwt.js';
import type { Send } from './send.js';

/** How we get a session without a person: one of the three sign-ins an External Client App can allow. */
export type Grant =
  | {
      readonly kind: 'refresh-token';
      readonly clientId: string;
      /** `null`: the app is a public client. */
      readonly clientSecret: string | null;
      /** The one the operator configured; what the store holds is newer. `null`: a person signed in, and only the store has one. */
      readonly refreshToken: string | null;
    }
  | { readonly kind: 'jwt-bearer'; readonly clientId: string; readonly username: string; readonly privateKey: string }
  | { readonly kind: 'client-credentials'; readonly clientId: string; readonly clientSecret: string };

export interface TokenEndpoint {
  readonly send: Send;
  /** Where one signs in; for client credentials it must be the organisation's own domain. No trailing slash. */
  readonly loginUrl: string;
  readonly now: () => Date;
  readonly timeoutMs: number;
  readonly observe: (observation: CrmCallObservation) => void;
}

/** What a sign-in brought. */
export interface SignedIn {
  readonly accessToken: string;
  /** `null`: none came; with a rotated token the old one is dead when a new one comes. */
  readonly refreshToken: string | null;
  /** Where calls with this token go; it changes when Salesforce moves the organisation. */
  readonly instanceUrl: string;
  readonly organizationId: string | null;
  readonly userId: string | null;
}

const answerShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  instance_url: z.url({ protocol: /^https?$/ }),
  id: z.string().nullish(),
});

/** The form that asks for a session. */
export function grantForm(
  grant: Grant,
  refreshToken: string | null,
  endpoint: Pick<TokenEndpoint, 'loginUrl' | 'now'>,
): Record<string, string> {
  switch (grant.kind) {
    case 'refresh-token':
      return {
        grant_type: 'refresh_token',
        refresh_token: refreshToken ?? grant.refreshToken ?? '',
        client_id: grant.clientId,
        ...(grant.clientSecret === null ? {} : { client_secret: grant.clientSecret }),
      };
    case 'jwt-bearer':
      return {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: signAssertion({ ...grant, loginUrl: endpoint.loginUrl }, grant.privateKey, endpoint.now()),
      };
    case 'client-credentials':
      return { grant_type: 'client_credentials', client_id: grant.clientId, client_secret: grant.clientSecret };
  }
}

const operation = 'sign in';

/**
 * Posts a form to the token endpoint. Never through jsforce's OAuth2, which forgets a rotated refresh token.
 * @throws CrmUnauthorised when Salesforce does not accept it, else CrmRateLimited or CrmUnavailable
 */
export async function requestToken(endpoint: TokenEndpoint, form: Readonly<Record<string, string>>): Promise<SignedIn> {
  const startedMs = performance.now();
  const report = (outcome: CrmCallObservation['outcome'], httpStatus: number | null): void =>
    endpoint.observe({ operation, durationMs: performance.now() - startedMs, outcome, httpStatus });
  try {
    const signedIn = await post(endpoint, form);
    report('ok', 200);
    return signedIn;
  } catch (error) {
    const failure = translate(error, operation);
    report(failure.kind, failure.httpStatus ?? null);
    throw failure;
  }
}

async function post(endpoint: TokenEndpoint, form: Readonly<Record<string, string>>): Promise<SignedIn> {
  const { status, headers, text } = await endpoint.send(
    {
      method: 'POST',
      url: `${endpoint.loginUrl}/services/oauth2/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
    },
    endpoint.timeoutMs,
  );
  const body = parseExactJson(text) ?? text;
  if (status < 200 || status > 299) throw new UnexpectedAnswer({ status, headers, body });
  const answer = answerShape.safeParse(body);
  if (!answer.success) {
    throw new CrmUnavailable({ operation, vendorMessage: 'Salesforce answered without a token', httpStatus: status });
  }
  const [organizationId, userId] = identityOf(answer.data.id ?? '');
  return {
    accessToken: answer.data.access_token,
    refreshToken: answer.data.refresh_token ?? null,
    instanceUrl: answer.data.instance_url.replace(/\/+$/, ''),
    organizationId,
    userId,
  };
}

/** `https://login.salesforce.com/id/<organisation>/<user>`: both ids stand in the address of the identity. */
function identityOf(url: string): readonly [string | null, string | null] {
  const [, organizationId = null, userId = null] = /\/id\/(00D\w{12,15})\/(005\w{12,15})$/.exec(url) ?? [];
  return [organizationId, userId];
}

/** Once a day although the session lives on, because a refresh token that is not used for thirty days dies. */
const longestLifeMs = 24 * 3_600_000;

/** What a sign-in brought, as the store keeps it. */
export function tokensOf(signedIn: SignedIn, usedRefreshToken: string | null, now: Date): OAuthTokens {
  return {
    accessToken: signedIn.accessToken,
    refreshToken: signedIn.refreshToken ?? usedRefreshToken,
    expiresAt: new Date(now.getTime() + longestLifeMs).toISOString(),
    instanceUrl: signedIn.instanceUrl,
    accountId: signedIn.organizationId,
  };
}
