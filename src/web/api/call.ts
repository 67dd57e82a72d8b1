import { ConnectionLost, problemFrom } from './problem.js';

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** A document as somebody wrote it, YAML or JSON, in place of a body. */
  readonly document?: string;
  /** The same key for the same act: sent twice, it is done once. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/**
 * Calls the service. The answer is what the service's own schema of it says: both come from one build, so it is not parsed again.
 * @throws ApiProblem, ConnectionLost
 */
export async function call<T>(
  path: string,
  { method = 'GET', body, document, idempotencyKey, signal }: Call = {},
): Promise<T> {
  const answer = await reach(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(document === undefined ? {} : { 'content-type': 'application/yaml' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(document === undefined ? {} : { body: document }),
    ...(signal === undefined ? {} : { signal }),
  });
  const content: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw problemFrom(answer.status, content);
  return content as T;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ConnectionLost('The service could not be reached.', { cause: error });
  }
}

/** `crypto.randomUUID` is missing on plain http, where a trial may run. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}
