import { extname, join } from 'node:path';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { HttpProblem } from './problem.js';
import { webAppPolicy } from './security-headers.js';

/** Addresses that are something else: what is not found below them is not found, and no page of the application. */
const notThePages = /^\/(api|r|docs|webhooks|healthz|readyz|metrics|assets|embed)(\/|$)/;

/**
 * The web application from the folder it was built into: its files, which carry a hash of their content in their name and never
 * change, and its page for every address it may show. Without a built one that page says how to come by it.
 */
export function webAppRouter(folder: string): Router {
  const router = express.Router({ caseSensitive: true });
  const files = express.static(join(folder, 'assets'), {
    immutable: true,
    maxAge: '1y',
    index: false,
    redirect: false,
    setHeaders: nameCompression,
  });
  router.use('/assets', preferCompressed(files), files);
  router.get('/{*path}', (request, _response, next) => next(isPage(request) ? undefined : 'router'));
  router.get('/{*path}', webAppPolicy(), async (_request, response) => {
    await sendPage(response, folder);
  });
  return router;
}

const compressed = '.gz';

/** The build leaves a compressed copy beside each script and style sheet. */
function preferCompressed(files: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const plainUrl = request.url;
    response.vary('Accept-Encoding');
    if (request.acceptsEncodings('gzip') !== false) request.url = `${request.path}${compressed}`;
    void files(request, response, (error?: unknown) => {
      request.url = plainUrl;
      next(error);
    });
  };
}

function nameCompression(response: Response, path: string): void {
  if (!path.endsWith(compressed)) return;
  response.type(extname(path.slice(0, -compressed.length))).set('Content-Encoding', 'gzip');
}

function isPage(request: Request): boolean {
  return !notThePages.test(request.path) && request.accepts(['json', 'html']) === 'html';
}

/** Read anew each time: an update while the service runs brings files of other names. */
async function sendPage(response: Response, folder: string): Promise<void> {
  const options = { root: folder, cacheControl: false, etag: false, lastModified: false };
  response.set('Cache-Control', 'no-store');
  await new Promise<void>((resolve, reject) => {
    response.sendFile('index.html', options, (error?: Error) => {
      if (error === undefined) resolve();
      else reject(response.headersSent ? error : notBuilt());
    });
  });
}

function notBuilt(): HttpProblem {
  return new HttpProblem({
    status: 503,
    code: 'web-app-not-built',
    title: 'The web application is not built yet',
    detail: 'Run "npm run build" (npm ci does it, too) and load this page again. The API is here already: see /docs.',
  });
}
