import { createHmac } from 'node:crypto';
import type { Org } from '../org/org.js';
import type { People } from '../org/seed-org.js';
import type { WireReply } from '../wire/reply.js';
import { oauthError } from '../wire/reply.js';
import type { ClientApp } from './client-app.js';
import type { GrantStore } from './grant-store.js';
import { checkAssertion } from './jwt-assertion.js';
import type { SessionStore } from './session-store.js';

export interface OAuthWorld {
  readonly org: Org;
  readonly people: People;
  readonly app: ClientApp;
  readonly sessions: SessionStore;
  readonly grants: GrantStore;
  /** Where people and programs sign in. */
  readonly loginUrl: () => string;
  /** Where the org answers. */
  readonly instanceUrl: () => string;
}

export type Form = Readonly<Record<string, string>>;

const jwtGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Client id and secret. The JWT flow proves itself by signature and needs no secret. */
export function refuseClient({ app }: OAuthWorld, form: Form, needsSecret: boolean): WireReply | null {
  if (form.client_id !== app.clientId) return oauthError('invalid_client_id', 'client identifier invalid');
  if (needsSecret && form.client_secret !== app.secret)
    return oauthError('invalid_client', 'invalid client credentials');
  return null;
}

/** @param of the refresh token that the session ends with, told or not */
function granted(
  world: OAuthWorld,
  userId: string,
  scope: string,
  refreshToken?: string,
  of: string | undefined = refreshToken,
): WireReply {
  const { org, app, sessions } = world;
  const id = `${world.loginUrl()}/id/${org.id}/${userId}`;
  const issuedAt = String(org.now());
  const body = {
    access_token: sessions.open(userId, of),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    signature: createHmac('sha256', app.secret).update(`${id}${issuedAt}`).digest('base64'),
    scope,
    instance_url: world.instanceUrl(),
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
  return { status: 200, body };
}

function byCode(world: OAuthWorld, form: Form): WireReply {
  const { code = '', redirect_uri: redirectUri = '', code_verifier: verifier } = form;
  const outcome = world.grants.redeemCode(code, redirectUri, verifier);
  if (outcome.kind === 'refused') return oauthError(outcome.error, outcome.description);
  return granted(world, outcome.userId, 'refresh_token api id', world.grants.newRefreshToken(outcome.userId));
}

function byRefreshToken(world: OAuthWorld, form: Form): WireReply {
  const fresh = world.grants.refresh(form.refresh_token ?? '');
  if (fresh === null) return oauthError('invalid_grant', 'expired access/refresh token');
  // The token is named in the answer only where it is another one.
  const rotated = fresh.refreshToken === form.refresh_token ? undefined : fresh.refreshToken;
  return granted(world, fresh.userId, 'refresh_token api id', rotated, fresh.refreshToken);
}

function byAssertion(world: OAuthWorld, form: Form): WireReply {
  const { org, app } = world;
  const { certificate, preauthorised } = org.settings.oauth;
  if (certificate === null) return oauthError('unsupported_grant_type', 'grant type not supported');
  const audiences = [world.loginUrl(), 'https://login.salesforce.com', 'https://test.salesforce.com'];
  const outcome = checkAssertion(form.assertion ?? '', {
    certificate,
    clientId: app.clientId,
    audiences,
    now: org.now(),
  });
  if (outcome.kind === 'refused') return oauthError('invalid_grant', outcome.description);
  const [user] = org.records.byValue('User', 'Username', outcome.username);
  if (user?.values.IsActive !== true || !preauthorised.includes(outcome.username)) {
    return oauthError('invalid_grant', "user hasn't approved this consumer");
  }
  return granted(world, user.id, 'api');
}

function asApp(world: OAuthWorld): WireReply {
  if (world.org.settings.oauth.clientCredentials) return granted(world, world.people.integration, 'api');
  return oauthError('invalid_grant', 'no client credentials user enabled');
}

/** `POST /services/oauth2/token`. */
export function answerToken(world: OAuthWorld, form: Form): WireReply {
  const { grant_type: grant = '' } = form;
  // A JWT may come without a client id: its issuer is the client.
  const isJwt = grant === jwtGrant;
  const refusal = refuseClient(world, { client_id: isJwt ? world.app.clientId : '', ...form }, !isJwt);
  if (refusal !== null) return refusal;
  switch (grant) {
    case 'authorization_code':
      return byCode(world, form);
    case 'refresh_token':
      return byRefreshToken(world, form);
    case 'client_credentials':
      return asApp(world);
    case jwtGrant:
      return byAssertion(world, form);
    default:
      return oauthError('unsupported_grant_type', 'grant type not supported');
  }
}
