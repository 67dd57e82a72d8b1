import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { HttpProblem, problemBody, problemFor, type ProblemBody } from './problem.js';

/** A request whose body is handed over byte by byte as it came, because a signature covers it. */
export interface RawRequest {
  readonly method: string;
  /** Path and query as received. */
  readonly originalUrl: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: Buffer;
}

export interface RawReply {
  readonly status: number;
  /** Says why, when the request is refused. */
  readonly problem?: ProblemBody;
  /** What the sender expects to read instead. */
  readonly content?: { readonly contentType: string; readonly body: string };
}

/** A `POST` that machines send by the thousand. */
export interface RawRoute {
  /** One that ends in `/*` takes whatever its last segment is, such as a secret; it is this path that is logged. */
  readonly path: `/${string}`;
  readonly maxBytes: number;
  /** Null: it is not for this route after all, and the rest of the service answers as if there were none. */
  readonly handle: (request: RawRequest) => Promise<RawReply | null>;
}

/**
 * Serves the raw routes and leaves everything else to `next`. They stand before Express, whose routing and body reader cost
 * about twice what verifying a webhook does: 1,700 requests a second instead of 3,500 to 6,700 on two cores.
 */
export function withRawRoutes(
  routes: readonly RawRoute[],
  logger: Pick<Logger, 'error'>,
  next: RequestListener,
): RequestListener {
  const byPath = new Map<string, RawRoute>(routes.map((route) => [route.path, route]));
  return (request, response) => {
    const route = request.method === 'POST' ? routeAt(byPath, pathOf(request)) : undefined;
    if (route === undefined) next(request, response);
    else void serve(route, { logger, next }, request, response);
  };
}

function routeAt(byPath: ReadonlyMap<string, RawRoute>, path: string): RawRoute | undefined {
  return byPath.get(path) ?? byPath.get(`${path.slice(0, path.lastIndexOf('/'))}/*`);
}

async function serve(
  route: RawRoute,
  { logger, next }: { readonly logger: Pick<Logger, 'error'>; readonly next: RequestListener },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const rawBody = await readBytes(request, route.maxBytes);
    if (rawBody === null) return;
    const { headers, url: originalUrl = '' } = request;
    const reply = await route.handle({ method: 'POST', originalUrl, headers, rawBody });
    if (reply === null) next(request, response);
    else send(response, reply);
  } catch (error) {
    const problem = problemFor(error);
    if (problem.status >= 500) logger.error({ err: error, path: route.path }, 'raw request failed');
    if (!request.complete) response.setHeader('Connection', 'close');
    for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
    send(response, { status: problem.status, problem: problemBody(problem, null) });
  }
}

function send(response: ServerResponse, { status, problem, content }: RawReply): void {
  response.statusCode = status;
  if (content !== undefined) response.setHeader('Content-Type', content.contentType).end(content.body);
  else if (problem === undefined) response.end();
  else response.setHeader('Content-Type', 'application/problem+json').end(JSON.stringify(problem));
}

/** The whole body, or null when the sender hung up. @throws HttpProblem 413, the rest of the body left unread */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else {
        request.pause().removeAllListeners('data');
        reject(tooLarge(maxBytes));
      }
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.on('close', () => {
      resolve(null);
    });
  });
}

function tooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem({
    status: 413,
    code: 'request-too-large',
    title: 'The request is too large',
    detail: `Expected at most ${String(maxBytes)} bytes.`,
  });
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
