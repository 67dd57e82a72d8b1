import { z } from 'zod';
import { consentPage } from '../../../simulator/consent.html.js';
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

const authorizePath = '/services/oauth2/authorize';
const form = z.record(z.string(), z.string()).catch({});

/** What one part of the app's own wrong makes of a sign-in, told to the app; else null. */
function refusalOf({ org }: OAuthWorld, query: URLSearchParams): readonly [error: string, description: string] | null {
  const challenge = query.get('code_challenge');
  if (query.get('response_type') !== 'code') return ['unsupported_response_type', 'response type not supported'];
  if (challenge === null) {
    return org.settings.oauth.requirePkce ? ['invalid_request', 'missing required code challenge'] : null;
  }
  const isHashed = query.get('code_challenge_method') === 'S256';
  return isHashed ? null : ['invalid_request', 'code challenge method must be S256'];
}

/** Asks the person, whose answer takes the browser back with a code, or with the reason why not. */
function authorize(world: OAuthWorld, method: string, query: URLSearchParams, fields: Form): WireReply {
  const { grants, people, app } = world;
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== app.clientId) return oauthError('invalid_client_id', 'client identifier invalid');
  if (!URL.canParse(redirectUri)) {
    return oauthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  const refusal = refusalOf(world, query);
  if (refusal === null && method === 'GET') return consentAsked(world, query);
  const challenge = query.get('code_challenge');
  const isAllowed = refusal === null && fields['answer'] === 'allow';
  return sendBack(redirectUri, query.get('state'), {
    ...(isAllowed ? { code: grants.issueCode({ userId: people.integration, redirectUri, challenge }) } : {}),
    ...(isAllowed ? {} : inNames(refusal ?? ['access_denied', 'end-user denied authorization'])),
  });
}

function inNames([error, description]: readonly [string, string]): Readonly<Record<string, string>> {
  return { error, error_description: description };
}

function sendBack(redirectUri: string, state: string | null, said: Readonly<Record<string, string>>): WireReply {
  const back = new URL(redirectUri);
  if (state !== null) back.searchParams.set('state', state);
  for (const [name, value] of Object.entries(said)) back.searchParams.set(name, value);
  return { status: 302, headers: { Location: back.href }, body: '' };
}

function consentAsked({ org }: OAuthWorld, query: URLSearchParams): WireReply {
  const body = consentPage({
    account: `Simulated Salesforce, organisation ${org.id}`,
    app: 'Introducer',
    scopes: (query.get('scope') ?? '').split(' ').filter((scope) => scope !== ''),
    action: `${authorizePath}?${query.toString()}`,
  });
  return { status: 200, body, contentType: 'text/html; charset=utf-8' };
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
  if (wasRefreshToken) sessions.revokeOf(token);
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
    case `GET ${authorizePath}`:
    case `POST ${authorizePath}`:
      return authorize(world, method, query, fields);
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
