import { z } from 'zod';
import { CrmUnavailable } from '../contract.js';
import type { OAuthTokens } from '../token-store.js';
import { apiPaths } from './api.js';
import { CallTimedOut, translate, translateTokenAnswer } from './errors.js';
import { parseJson } from './json.js';

/** Where tokens are asked for. */
export interface TokenEndpoint {
  readonly apiUrl: string;
  readonly now: () => Date;
  readonly timeoutMs: number;
}

/** A token is given up a minute before it ends, or earlier in a short life, so that none expires on its way. */
const longestMarginMs = 60_000;
const marginShare = 0.2;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive(),
  hub_id: z
    .union([z.number(), z.string().min(1)])
    .transform(String)
    .nullish(),
});

/**
 * Posts a form that asks for tokens.
 * @param usedRefreshToken stays the one to use where the answer names no other
 * @throws CrmUnauthorised when HubSpot does not accept it, else CrmUnavailable or CrmRateLimited
 */
export async function requestTokens(
  endpoint: TokenEndpoint,
  form: Readonly<Record<string, string>>,
  operation: string,
  usedRefreshToken: string | null,
): Promise<OAuthTokens> {
  const body = await postForm(endpoint, apiPaths.token, form, operation);
  const answer = tokenAnswer.safeParse(body);
  if (!answer.success) throw new CrmUnavailable({ operation, vendorMessage: 'HubSpot answered without a token' });
  const lifeMs = answer.data.expires_in * 1_000;
  const usableMs = lifeMs - Math.min(longestMarginMs, lifeMs * marginShare);
  return {
    accessToken: answer.data.access_token,
    refreshToken: answer.data.refresh_token ?? usedRefreshToken,
    expiresAt: new Date(endpoint.now().getTime() + usableMs).toISOString(),
    instanceUrl: null,
    accountId: answer.data.hub_id ?? null,
  };
}

/**
 * Not through the client library: its own method still posts to `/oauth/v1/token`, which ends on 16 February 2027.
 * @returns what HubSpot answered. @throws as above
 */
export async function postForm(
  endpoint: TokenEndpoint,
  path: string,
  form: Readonly<Record<string, string>>,
  operation: string,
): Promise<unknown> {
  const { status, headers, body } = await send(endpoint, path, form, operation);
  if (status < 200 || status > 299) throw translateTokenAnswer({ code: status, body, headers }, operation);
  return body;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

async function send(
  { apiUrl, timeoutMs }: TokenEndpoint,
  path: string,
  form: Readonly<Record<string, string>>,
  operation: string,
): Promise<Answer> {
  try {
    const response = await fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return { status: response.status, headers: Object.fromEntries(response.headers), body: parseJson(text) ?? text };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    throw translate(timedOut ? new CallTimedOut(timeoutMs) : error, operation);
  }
}
