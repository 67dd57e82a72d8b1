import nock from 'nock';
import type { CrmCallObservation } from '../../../connectors/contract.js';
import type { OAuthTokens } from '../../../connectors/token-store.js';
import { createOrgAccess, type OrgAccess, type OrgAccessOptions } from '../../../connectors/salesforce/org-access.js';
import { createMemoryStore as createStoreOf } from '../memory-store.js';

export const loginUrl = 'https://login.salesforce.com';
export const instanceUrl = 'https://acme.my.salesforce.com';
export const data = '/services/data/v67.0';

/** The interceptor for the organisation's address. Bodies given to it are written from the facts sheet. */
export function salesforce(accessToken?: string): nock.Scope {
  if (accessToken === undefined) return nock(instanceUrl);
  return nock(instanceUrl, { reqheaders: { authorization: `Bearer ${accessToken}` } });
}

/** The interceptor for the token endpoint. */
export function login(): nock.Scope {
  return nock(loginUrl);
}

export const tokenPath = '/services/oauth2/token';

/** The facts sheet, section 1: everything is text, and nothing says when the token ends. */
export const granted = (accessToken: string, more: Readonly<Record<string, string>> = {}) => ({
  access_token: accessToken,
  signature: 'c2lnbmVk',
  scope: 'api refresh_token',
  instance_url: instanceUrl,
  id: 'https://login.salesforce.com/id/00D5f000000AbCdEAK/0055f000005mc66AAA',
  token_type: 'Bearer',
  issued_at: '1795000000000',
  ...more,
});

export const expired = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];

export const heldTokens: OAuthTokens = {
  accessToken: '00D5f000000AbCd!held',
  refreshToken: '5Aep-held',
  expiresAt: '2999-01-01T00:00:00.000Z',
  instanceUrl,
};

/** A store that several processes share; signed in already unless told. */
export function createMemoryStore(first: OAuthTokens | null = heldTokens) {
  return createStoreOf(first);
}

export interface Observed extends OrgAccess {
  readonly observations: CrmCallObservation[];
}

/** Access to the organisation, signed in already, that keeps what it reported. */
export function createObserved(options: Partial<OrgAccessOptions> = {}): Observed {
  const observations: CrmCallObservation[] = [];
  const access = createOrgAccess({
    loginUrl,
    grant: { kind: 'refresh-token', clientId: 'client', clientSecret: 'secret', refreshToken: '5Aep-configured' },
    tokens: createMemoryStore().store,
    now: () => new Date(),
    observe: (observation) => observations.push(observation),
    ...options,
  });
  return { ...access, observations };
}
