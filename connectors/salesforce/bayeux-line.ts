import type { BayeuxMessage } from './bayeux.js';
import { readMessages } from './bayeux.js';
import { StreamBroken } from './stream-fault.js';

/** What a call to the org needs to know; an authenticated `Connection` of jsforce is one. */
export interface StreamAccess {
  /** Without a trailing slash. */
  readonly instanceUrl: string;
  readonly accessToken?: string | null | undefined;
  /** Such as `67.0`. */
  readonly version: string;
}

export interface BayeuxAnswer {
  readonly messages: readonly BayeuxMessage[];
  /** Salesforce's own clock, epoch milliseconds; `null` when it does not say. */
  readonly serverTime: number | null;
}

/** One client's conversation with the streaming endpoint, over HTTP. */
export interface BayeuxLine {
  /**
   * @param timeoutMs how long the whole answer may take
   * @throws StreamBroken when no usable answer comes
   */
  post(body: string, timeoutMs: number): Promise<BayeuxAnswer>;
  /** Sends a last message, also while closing. Never throws, and waits a second at most. */
  farewell(body: string): Promise<void>;
}

const farewellMs = 1_000;

/** What a reply may hold at most: events are of one megabyte at most, and Salesforce sends them in portions. */
const largestAnswer = 64 * 1024 * 1024;
const mostCookies = 50;

/** @param closing ends what is under way */
export function openLine(access: StreamAccess, closing: AbortSignal): BayeuxLine {
  const url = `${access.instanceUrl}/cometd/${access.version}`;
  // Salesforce's load balancers find our client again by cookies they set at the handshake.
  const cookies = new Map<string, string>();
  const send = (body: string, signal: AbortSignal): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: {
        Authorization: `OAuth ${access.accessToken ?? ''}`,
        'Content-Type': 'application/json',
        ...(cookies.size === 0 ? {} : { Cookie: cookieHeader(cookies) }),
      },
      body,
      // The token must not follow to wherever a redirection points.
      redirect: 'manual',
      signal,
    });
  return {
    async post(body, timeoutMs) {
      const deadline = AbortSignal.timeout(timeoutMs);
      try {
        const response = await send(body, AbortSignal.any([deadline, closing]));
        keepCookies(cookies, response.headers.getSetCookie());
        return readAnswer(response, await readText(response));
      } catch (error) {
        if (error instanceof StreamBroken) throw error;
        if (deadline.aborted && !closing.aborted) {
          throw new StreamBroken('silent', `no answer within ${timeoutMs} ms`, undefined, error);
        }
        throw new StreamBroken('unavailable', `no usable answer: ${reasonOf(error)}`, undefined, error);
      }
    },
    async farewell(body) {
      try {
        await readText(await send(body, AbortSignal.timeout(farewellMs)));
      } catch {
        // The place is given free by Salesforce itself after a while.
      }
    },
  };
}

function readAnswer(response: Response, text: string): BayeuxAnswer {
  const messages = readMessages(text);
  if (messages !== null) {
    const date = Date.parse(response.headers.get('date') ?? '');
    return { messages, serverTime: Number.isNaN(date) ? null : date };
  }
  const words = `HTTP ${response.status}: ${text.slice(0, 300).replace(/\s+/g, ' ')}`;
  const { status } = response;
  // A redirection is what an org that moved answers; whoever gives us access knows its new address.
  if (status === 401 || (status >= 300 && status < 400)) throw new StreamBroken('token-refused', words);
  if (status === 429 || /limit_exceeded/i.test(text)) throw new StreamBroken('limited', words, retryAfterMs(response));
  if (/API_DISABLED_FOR_ORG|FUNCTIONALITY_NOT_ENABLED/.test(text)) throw new StreamBroken('not-entitled', words);
  throw new StreamBroken('unavailable', words, retryAfterMs(response));
}

async function readText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > largestAnswer) throw new StreamBroken('unavailable', `an answer of more than ${largestAnswer} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function keepCookies(cookies: Map<string, string>, set: readonly string[]): void {
  for (const line of set) {
    const [, name, value] = /^\s*([^=;\s]+)=([^;]*)/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    if (value === '' || /;\s*max-age=0(?:;|\s*$)/i.test(line)) cookies.delete(name);
    else if (cookies.has(name) || cookies.size < mostCookies) cookies.set(name, value);
  }
}

function cookieHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown fault';
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
