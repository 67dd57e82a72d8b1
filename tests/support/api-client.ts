/** A caller of the service's HTTP interface, as a user's script would be. */

export interface ApiAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface ApiClient {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<T>;
  put<T>(path: string, body: unknown, contentType?: string): Promise<T>;
  /** The answer whatever its status. */
  send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<ApiAnswer<T>>;
}

/** Calls with `key`; `get`, `post` and `put` throw on anything but a 2xx, with the problem's text. */
export function apiClient(url: string, key: string | null): ApiClient {
  const send = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer<T>> => {
    const text = typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body);
    const answer = await fetch(`${url}${path}`, {
      method,
      body: text,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(text === null ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const content = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(content) : content) as T };
  };
  const expectOk = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => {
    const answer = await send<T>(method, path, body, headers);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  };
  return {
    send,
    get: (path) => expectOk('GET', path),
    post: (path, body, headers) => expectOk('POST', path, body ?? {}, headers),
    put: (path, body, contentType) =>
      expectOk('PUT', path, body, contentType === undefined ? {} : { 'content-type': contentType }),
  };
}
