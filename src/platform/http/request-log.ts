import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from 'pino';

const idHeader = 'X-Request-Id';
const acceptableId = /^[\w.-]{1,64}$/;

/** Paths whose segments are secrets: personal links, webhook addresses, invitations, links to a new password. The rest of the path is not logged. */
const secretPath = /^\/+(r|embed|join|webhooks\/+[a-z]+|api\/+v1\/+invitations|api\/+auth\/+reset-password)\/+.+$/i;
const quietPaths: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Gives each request an id, taken over from the caller where it fits, and says so in the answer. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.headers['x-request-id'];
  response.setHeader(idHeader, typeof given === 'string' && acceptableId.test(given) ? given : randomUUID());
  next();
};

export function requestIdOf(response: ServerResponse): string | null {
  const id = response.getHeader(idHeader);
  return typeof id === 'string' ? id : null;
}

/** One line per request: method, path without query and secrets, status, duration. No header and no body is ever logged. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: (_request, response) => requestIdOf(response) ?? '',
    autoLogging: { ignore: (request) => quietPaths.has(pathOf(request)) },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
    // The error handler has logged the error itself; here it would appear a second time.
    customErrorObject: (_request, _response, _error, line: Record<string, unknown>) => ({ ...line, err: undefined }),
    serializers: {
      req: (request: { readonly id: unknown; readonly method: string; readonly raw: IncomingMessage }) => ({
        id: request.id,
        method: request.method,
        path: loggedPath(pathOf(request.raw)),
      }),
      res: (response: { readonly statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}

function pathOf(request: IncomingMessage & { readonly originalUrl?: string }): string {
  const url = request.originalUrl ?? request.url ?? '';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** The path with what is secret in it masked, and no longer than a log line can bear. */
export function loggedPath(path: string): string {
  return readable(path).replace(secretPath, '/$1/***').slice(0, 200);
}

/** Decoded, so that no way of writing an address gets its secret past the mask. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(/%([0-7][\da-f])/gi, (_escape, code: string) => String.fromCharCode(parseInt(code, 16)));
  }
}
