import { Transport } from 'jsforce/lib/transport.js';
import type { HttpRequestOptions } from 'jsforce/lib/types/common.js';
import { CallTimedOut } from './errors.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** An answer as it came; header names in small letters. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends once and gives up after the time-out. @throws CallTimedOut, or what the network says */
export type Send = (request: HttpRequest, timeoutMs: number) => Promise<HttpAnswer>;

/** The library lets go of the connection a moment after we gave up: it would say that ten minutes are over. */
const abortAfterMs = 50;

/**
 * The transport of jsforce with everything it would do by itself switched off: it repeats reads for a quarter of a minute, follows
 * redirects with the token in hand, waits half an hour, and never ends when a connection is torn in the middle of an answer
 * (BEHAVIOR.md, "The client library never gives up"). Proxy variables of the environment are not followed.
 */
export function createSend(): Send {
  const transport = new Transport();
  return async ({ method, url, headers, body }, timeoutMs) => {
    const answer = await withTimeout(
      transport.httpRequest(
        { method, url, headers: { ...headers, ...lengthOf(body) }, ...(body === undefined ? {} : { body }) },
        withoutHabits(timeoutMs),
      ),
      timeoutMs,
    );
    return { status: answer.statusCode, headers: answer.headers, text: answer.body };
  };
}

/** Options that leave the library nothing to decide. */
export function withoutHabits(timeoutMs: number): HttpRequestOptions {
  return {
    retry: { maxRetries: 0, methods: [] },
    followRedirect: false,
    timeout: timeoutMs + abortAfterMs,
    httpProxy: '',
  };
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

/** Gives up after `timeoutMs`. The library aborts only until headers come. What is left behind must not surface as an unhandled rejection. */
export async function withTimeout<T>(late: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CallTimedOut(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([late, timeout]);
  } finally {
    clearTimeout(timer);
    late.catch(() => undefined);
  }
}
