import { z } from 'zod';
import type { WireReply } from '../wire/reply.js';
import { oauthError } from '../wire/reply.js';
import type { Form, OAuthWorld } from './token-endpoint.js';
import { answerToken, refuseClient } from './token-endpoint.js';

export interface OAuthRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** The token of the Authorization header. */
  readonly bearer: string | null;
}

const form = z.record(z.string(), z.string()).catch({});

/** The person consents at once: the browser goes straight back with a code, or with the reason why not. */
function authorize({ grants, people, app, org }: OAuthWorld, query: URLSearchParams): WireReply {
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== app.clientId) return oauthError('invalid_client_id', 'client identifier invalid');
  if (!URL.canParse(redirectUri)) {
    return oauthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  const back = new URL(redirectUri);
  const state = query.get('state');
  if (state !== null) back.searchParams.set('state', state);
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  const refusal =
    query.get('response_type') !== 'code'
      ? ['unsupported_response_type', 'response type not supported']
      : challenge === null && org.settings.oauth.requirePkce
        ? ['invalid_request', 'missing required code challenge']
        : challenge !== null && method !== 'S256'
          ? ['invalid_request', 'code challenge method must be S256']
          : null;
  if (refusal === null)
    back.searchParams.set('code', grants.issueCode({ userId: people.integration, redirectUri, challenge }));
  else
    for (const [index, name] of ['error', 'error_description'].entries())
      back.searchParams.set(name, refusal[index] ?? '');
  return { status: 302, headers: { Location: back.href }, body: '' };
}

/** Who the session belongs to. */
function identity(world: OAuthWorld, token: string | null): WireReply {
  const { org, sessions } = world;
  const userId = token === null ? null : sessions.userOf(token);
  const user = userId === null ? undefined : org.records.find(userId);
  if (user === undefined) return { status: 403, body: 'Bad_OAuth_Token', contentType: 'text/html;charset=UTF-8' };
  const { Username: username, Email: email, Name: name } = user.values;
  const ids = { user_id: user.id, organization_id: org.id };
  const url = `${world.loginUrl()}/id/${org.id}/${user.id}`;
  const urls = { rest: `${world.instanceUrl()}/services/data/v{version}/` };
  const body = {
    sub: url,
    id: url,
    ...ids,
    preferred_username: username,
    username,
    name,
    email,
    zoneinfo: 'UTC',
    urls,
  };
  return { status: 200, body };
}

function revoke({ grants, sessions }: OAuthWorld, token: string): WireReply {
  const wasRefreshToken = grants.revoke(token);
  if (!wasRefreshToken && sessions.endsAt(token) === null)
    return oauthError('invalid_token', `invalid token: ${token}`);
  sessions.revoke(token);
  return { status: 200, body: '' };
}

function introspect(world: OAuthWorld, fields: Form): WireReply {
  const refusal = refuseClient(world, fields, true);
  if (refusal !== null) return refusal;
  const { sessions, grants, org, app } = world;
  const token = fields.token ?? '';
  const endsAt = sessions.endsAt(token);
  const userId = sessions.userOf(token) ?? grants.userOf(token);
  if (userId === null) return { status: 200, body: { active: false } };
  const body = {
    active: true,
    scope: 'api refresh_token id',
    client_id: app.clientId,
    username: org.records.find(userId)?.values.Username ?? null,
    sub: `${world.loginUrl()}/id/${org.id}/${userId}`,
    token_type: endsAt === null ? 'refresh_token' : 'access_token',
    ...(endsAt === null ? {} : { exp: Math.floor(endsAt / 1000) }),
  };
  return { status: 200, body };
}

/** The OAuth and identity endpoints; `null` for a path that is none of them. None of them counts as an API call. */
export function answerOAuth(world: OAuthWorld, { method, path, query, body, bearer }: OAuthRequest): WireReply | null {
  const fields = form.parse(body);
  switch (`${method} ${path}`) {
    case 'GET /services/oauth2/authorize':
      return authorize(world, query);
    case 'POST /services/oauth2/token':
      return answerToken(world, fields);
    case 'POST /services/oauth2/revoke':
      return revoke(world, fields.token ?? '');
    case 'GET /services/oauth2/revoke':
      return revoke(world, query.get('token') ?? '');
    case 'POST /services/oauth2/introspect':
      return introspect(world, fields);
    case 'GET /services/oauth2/userinfo':
    case 'POST /services/oauth2/userinfo':
      return identity(world, bearer);
    default:
      return method === 'GET' && path.startsWith('/id/') ? identity(world, bearer ?? query.get('oauth_token')) : null;
  }
}
