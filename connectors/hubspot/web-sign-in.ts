import { CrmUnavailable, type CompletedSignIn, type WebSignIn } from '../contract.js';
import { apiPaths } from './api.js';
import { postForm, requestTokens } from './token-endpoint.js';

export interface HubspotWebSignInOptions {
  /** Where people work and give their consent: `https://app.hubspot.com`, or where a simulator listens. */
  readonly appUrl: string;
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => Date;
  /** How long one call may take; 10 s when absent. */
  readonly timeoutMs?: number | undefined;
}

const recordTypes = ['contacts', 'companies', 'deals'] as const;

/**
 * What is used and no more. All of them are asked for, because a scope that an app requires and the address does not name makes
 * HubSpot refuse the page; so the app must not require others.
 */
export const scopes: readonly string[] = [
  'oauth',
  ...recordTypes.flatMap((type) => [`crm.objects.${type}.read`, `crm.objects.${type}.write`]),
  ...recordTypes.flatMap((type) => [`crm.schemas.${type}.read`, `crm.schemas.${type}.write`]),
];

const operation = 'sign in';
const defaultTimeoutMs = 10_000;

/** How a person installs the app into an account of HubSpot. It goes without a verifier: an app always has its secret. */
export function createHubspotWebSignIn(options: HubspotWebSignInOptions): WebSignIn {
  const { clientId, clientSecret, now } = options;
  const appUrl = options.appUrl.replace(/\/+$/, '');
  const endpoint = {
    apiUrl: options.apiUrl.replace(/\/+$/, ''),
    now,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
  };
  const client = { client_id: clientId, client_secret: clientSecret };
  return {
    begin: ({ redirectUri, state }) => {
      const query = { client_id: clientId, redirect_uri: redirectUri, scope: scopes.join(' '), state };
      return { url: `${appUrl}/oauth/authorize?${inQuery(query)}`, codeVerifier: null };
    },
    complete: async ({ code, redirectUri }): Promise<CompletedSignIn> => {
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...client };
      const tokens = await requestTokens(endpoint, form, operation, null);
      const { accountId } = tokens;
      if (tokens.refreshToken === null || accountId == null) {
        const vendorMessage = 'HubSpot answered without a refresh token, or without saying which account it is';
        throw new CrmUnavailable({ operation, vendorMessage });
      }
      return { tokens, accountId };
    },
    revoke: async ({ refreshToken }) => {
      if (refreshToken === null) return;
      await postForm(endpoint, apiPaths.revocation, { token: refreshToken, ...client }, 'revoke the token');
    },
  };
}

/** Spaces as `%20`, which is how HubSpot writes lists of scopes. */
function inQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
