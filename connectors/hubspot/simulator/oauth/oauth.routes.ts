import { z } from 'zod';
import type { Account } from '../account/account.js';
import { isDated } from '../wire/api-path.js';
import type { ApiReply, ApiRequest, ApiRoute } from '../wire/api-route.js';
import { noContent, ok, param } from '../wire/api-route.js';
import type { AppCredentials, GrantedTokens, TokenStore } from './token-store.js';

/** The fields of a form body; the empty text where one is missing. */
const form = z.record(z.string(), z.string()).catch({});
const userId = 5001;

/** OAuth refusals have an envelope of their own, not the CRM's. */
function refused(error: string, status: string, message: string): ApiReply {
  return { status: 400, body: { error, error_description: message, status, message } };
}

const badRefreshToken = (): ApiReply =>
  refused('invalid_grant', 'BAD_REFRESH_TOKEN', 'refresh token is invalid, expired or revoked');

function granted(account: Account, request: ApiRequest, tokens: GrantedTokens, scopes: readonly string[]): ApiReply {
  const answer = {
    token_type: 'bearer',
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    expires_in: tokens.expiresInSeconds,
  };
  if (!isDated(request.version)) return ok(answer);
  return ok({ ...answer, hub_id: account.portalId, scopes, user_id: userId, token_use: 'access_token' });
}

/** The OAuth endpoints, under their old and dated paths. */
export function oauthRoutes(tokens: TokenStore, credentials: AppCredentials): readonly ApiRoute[] {
  /** A wrong client is a fault of the configuration, never a reason to give up a connection. */
  const refuseClient = (fields: Readonly<Record<string, string>>): ApiReply | null => {
    if (fields.client_id !== credentials.clientId) {
      return refused('invalid_client', 'BAD_CLIENT_ID', 'missing or unknown client id');
    }
    if (fields.client_secret === credentials.clientSecret) return null;
    return refused('invalid_client', 'BAD_CLIENT_SECRET', 'missing or invalid client secret');
  };
  const byCode = (account: Account, request: ApiRequest, fields: Readonly<Record<string, string>>): ApiReply => {
    switch (tokens.redeemCode(fields.code ?? '', fields.redirect_uri ?? '')) {
      case 'unknown':
        return refused('invalid_grant', 'BAD_AUTH_CODE', 'missing or unknown auth code');
      case 'wrong-redirect':
        return refused('invalid_grant', 'BAD_REDIRECT_URI', 'missing or invalid redirect URI');
      case 'redeemed':
        return granted(account, request, tokens.grant(), tokens.scopes);
    }
  };
  const byRefreshToken = (
    account: Account,
    request: ApiRequest,
    fields: Readonly<Record<string, string>>,
  ): ApiReply => {
    if (tokens.uninstalled)
      return refused('access_denied', 'BAD_HUB', 'the hub is missing or has no access to this app');
    const fresh = tokens.refresh(fields.refresh_token ?? '');
    return fresh === null ? badRefreshToken() : granted(account, request, fresh, tokens.scopes);
  };
  const token = (account: Account, request: ApiRequest): ApiReply => {
    const fields = form.parse(request.body);
    const refusal = refuseClient(fields);
    if (refusal !== null) return refusal;
    switch (fields.grant_type ?? '') {
      case 'authorization_code':
        return byCode(account, request, fields);
      case 'refresh_token':
        return byRefreshToken(account, request, fields);
      case 'client_credentials':
        return granted(account, request, tokens.grantToApp(), (fields.scope ?? '').split(' '));
      default:
        return refused('unsupported_grant_type', 'BAD_GRANT_TYPE', 'missing or unknown grant type');
    }
  };
  return [
    { method: 'POST', template: '/oauth/token', version: 'v1', open: true, answer: token },
    ...inspectionRoutes(tokens, refuseClient),
  ];
}

function known(account: Account, tokens: TokenStore, token: string): Record<string, unknown> {
  return {
    token,
    hub_id: account.portalId,
    user_id: userId,
    app_id: account.appId,
    user: 'admin@example.com',
    hub_domain: 'example.com',
    scopes: tokens.scopes,
  };
}

function inspectionRoutes(
  tokens: TokenStore,
  refuseClient: (fields: Readonly<Record<string, string>>) => ApiReply | null,
): readonly ApiRoute[] {
  const introspect = (account: Account, request: ApiRequest): ApiReply => {
    const fields = form.parse(request.body);
    const refusal = refuseClient(fields);
    if (refusal !== null) return refusal;
    const { token = '', client_id: clientId } = fields;
    const secondsLeft = tokens.secondsLeft(token);
    const isRefreshToken = tokens.isLiveRefreshToken(token);
    if (secondsLeft === null && !isRefreshToken) return ok({ active: false });
    return ok({
      active: true,
      ...known(account, tokens, token),
      client_id: clientId,
      token_type: 'Bearer',
      token_use: isRefreshToken ? 'refresh_token' : 'access_token',
      is_private_distribution: true,
      ...(secondsLeft === null ? {} : { expires_in: secondsLeft }),
    });
  };
  const revoke = (_account: Account, request: ApiRequest): ApiReply => {
    tokens.revokeRefreshToken(form.parse(request.body).token ?? '');
    return ok({});
  };
  const aboutAccessToken = (account: Account, request: ApiRequest): ApiReply => {
    const token = param(request, 'token');
    const secondsLeft = tokens.secondsLeft(token);
    if (secondsLeft === null) return refused('invalid_token', 'BAD_ACCESS_TOKEN', 'access token is invalid or expired');
    return ok({ ...known(account, tokens, token), expires_in: secondsLeft, token_type: 'access' });
  };
  const aboutRefreshToken = (account: Account, request: ApiRequest): ApiReply => {
    const token = param(request, 'token');
    if (!tokens.isLiveRefreshToken(token)) return badRefreshToken();
    return ok({ ...known(account, tokens, token), client_id: 'this app', token_type: 'refresh' });
  };
  return [
    { method: 'POST', template: '/oauth/token/introspect', version: 'v1', open: true, answer: introspect },
    { method: 'POST', template: '/oauth/token/revoke', version: 'v1', open: true, answer: revoke },
    { method: 'GET', template: '/oauth/access-tokens/{token}', version: 'v1', open: true, answer: aboutAccessToken },
    { method: 'GET', template: '/oauth/refresh-tokens/{token}', version: 'v1', open: true, answer: aboutRefreshToken },
    {
      method: 'DELETE',
      template: '/oauth/refresh-tokens/{token}',
      version: 'v1',
      open: true,
      answer(_account, request) {
        tokens.revokeRefreshToken(param(request, 'token'));
        return noContent;
      },
    },
    {
      method: 'DELETE',
      template: '/appinstalls/external-install',
      version: 'v3',
      answer() {
        tokens.uninstall();
        return noContent;
      },
    },
  ];
}
