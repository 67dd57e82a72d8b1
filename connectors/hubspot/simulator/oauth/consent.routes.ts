import { z } from 'zod';
import { consentPage, consentRefused } from '../../../simulator/consent.html.js';
import type { WireReply } from '../wire/error-reply.js';
import type { AppCredentials, TokenStore } from './token-store.js';

export interface ConsentWorld {
  readonly portalId: number;
  readonly tokens: TokenStore;
  readonly credentials: AppCredentials;
}

export const consentPath = '/oauth/authorize';

const asHtml = 'text/html; charset=utf-8';
const form = z.record(z.string(), z.string()).catch({});

/** The install page: asks a person, whose answer takes the browser back with a code, or with the reason why not. */
export function answerConsent(world: ConsentWorld, method: string, url: URL, body: unknown): WireReply | null {
  const account = `Simulated HubSpot, account ${String(world.portalId)}`;
  const reason = faultOf(world, url.searchParams);
  if (reason !== null) return { status: 400, body: consentRefused(account, reason), contentType: asHtml };
  const scopes = scopesOf(url.searchParams);
  if (method === 'GET') {
    const asked = { account, app: 'Introducer', scopes, action: `${consentPath}${url.search}` };
    return { status: 200, body: consentPage(asked), contentType: asHtml };
  }
  if (method !== 'POST') return null;
  const back = new URL(url.searchParams.get('redirect_uri') ?? '');
  if (form.parse(body)['answer'] === 'allow') back.searchParams.set('code', world.tokens.issueCode(redirectOf(url)));
  else {
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', 'the person denied access');
  }
  const state = url.searchParams.get('state');
  if (state !== null) back.searchParams.set('state', state);
  return { status: 302, headers: { Location: back.href } };
}

function redirectOf(url: URL): string {
  return url.searchParams.get('redirect_uri') ?? '';
}

function scopesOf(query: URLSearchParams): readonly string[] {
  return (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
}

/** A scope that is not in the app's configuration makes the page an error. */
function faultOf({ tokens, credentials }: ConsentWorld, query: URLSearchParams): string | null {
  if (query.get('client_id') !== credentials.clientId) return 'missing or unknown client id';
  if (!URL.canParse(query.get('redirect_uri') ?? '')) return 'missing or invalid redirect URI';
  const unknown = scopesOf(query).filter((scope) => !tokens.scopes.includes(scope));
  if (unknown.length > 0) return `the app does not have the scopes ${unknown.join(', ')}`;
  return scopesOf(query).length === 0 ? 'missing scopes' : null;
}
