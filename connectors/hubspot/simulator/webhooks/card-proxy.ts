import type { Poster } from './post.js';
import { cardHeaders } from './signature.js';

/** A call of `hubspot.fetch` from a card, as HubSpot's servers pass it on. */
export interface CardCall {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The only header a card may send. */
  readonly authorization?: string;
  readonly userId?: number;
  readonly userEmail?: string;
  readonly timeoutMs?: number;
}

export interface CardAnswer {
  /** `null` when the backend could not be reached or did not answer in time. */
  readonly status: number | null;
  readonly body: string;
  readonly attempts: number;
}

export type CardProxy = (call: CardCall) => Promise<CardAnswer>;

export interface CardProxyOptions {
  readonly poster: Poster;
  readonly portalId: number;
  readonly appId: number;
  readonly clientSecret: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const defaultTimeoutMs = 15_000;

/** The address with the four parameters HubSpot adds. The card's own query stays as it was written. */
function cardUrl(url: string, added: Readonly<Record<'userId' | 'portalId' | 'userEmail' | 'appId', string>>): string {
  const query = Object.entries(added).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${url}${url.includes('?') ? '&' : '?'}${query.join('&')}`;
}

/** Calls a backend as HubSpot does for a card: signed with v2 and v3, tried once more when it fails with a 5xx. */
export function createCardProxy({ poster, portalId, appId, clientSecret, now }: CardProxyOptions): CardProxy {
  return async (call) => {
    const { method = 'GET', userId = 5001, userEmail = 'rosa.rep@example.com', timeoutMs = defaultTimeoutMs } = call;
    const uri = cardUrl(call.url, {
      userId: String(userId),
      portalId: String(portalId),
      userEmail,
      appId: String(appId),
    });
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    const tryOnce = () =>
      poster.post({
        url: uri,
        method,
        body,
        timeoutMs,
        headers: {
          ...cardHeaders(clientSecret(), { method, uri, body }, now()),
          ...(body === '' ? {} : { 'Content-Type': 'application/json' }),
          ...(call.authorization === undefined ? {} : { Authorization: call.authorization }),
        },
      });
    let outcome = await tryOnce();
    let attempts = 1;
    if (outcome.kind === 'failed' ? outcome.reason === 'unreachable' : outcome.status >= 500) {
      outcome = await tryOnce();
      attempts = 2;
    }
    if (outcome.kind === 'failed') return { status: null, body: '', attempts };
    return { status: outcome.status, body: outcome.body, attempts };
  };
}
