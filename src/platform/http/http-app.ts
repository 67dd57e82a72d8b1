import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import type { Logger } from 'pino';
import { apiDocsRouter } from './api-docs.js';
import { apiRouter } from './api-router.js';
import { openApiDocument, type ApiInfo } from './openapi.js';
import { operationsRouter, type OperationsDependencies } from './operations.js';
import { problemResponse, type RefusedPage } from './problem-response.js';
import { createRateLimits, defaultRateLimits, type RateLimitSettings } from './rate-limits.js';
import { checkPath } from './read-request.js';
import { noSuchRoute } from './request-errors.js';
import { requestId, requestLog } from './request-log.js';
import type { Route } from './route.js';
import { framedPagePolicy, pagePolicy, securityHeaders } from './security-headers.js';
import type { ServeRouteDependencies } from './serve-route.js';
import { webAppRouter } from './web-app.js';

/** Pages for people, at a path of their own: scripts of ours may run on them, and they work without. */
export interface MountedPages {
  readonly path: string;
  readonly router: Router;
  /** Origins of sites that may show them in a frame; left out: nobody may. */
  readonly frameHosts?: () => Promise<readonly string[]>;
  /** Answers in the look of the pages what was refused before or beside them. */
  readonly refused?: RefusedPage;
}

export interface HttpAppOptions
  extends OperationsDependencies, Omit<ServeRouteDependencies, 'limits' | 'checkReplies' | 'observe'> {
  readonly info: ApiInfo;
  readonly routes: readonly Route[];
  /** Mounted before everything else, log and headers included: the vendors' webhooks, which come by the thousand. */
  readonly first?: readonly RequestHandler[];
  readonly pages?: readonly MountedPages[];
  /** Where the built web application lies; left out: there is none. */
  readonly webFolder?: string;
  readonly logger: Logger;
  readonly observe?: ServeRouteDependencies['observe'];
  readonly rateLimits?: Partial<RateLimitSettings>;
  readonly checkReplies?: boolean;
}

/**
 * Whose `X-Forwarded-For` to believe: that of a proxy on this host or in a private network, which is where one stands. Only
 * rate limits and log lines hang on the address, so a machine inside that lies about it gains little.
 */
const trustedProxies = 'loopback, linklocal, uniquelocal';

/** The whole HTTP side of the service. Every refusal leaves it as a problem document, bad input never as a 5xx. */
export function createHttpApp(options: HttpAppOptions): Express {
  const limits = createRateLimits({ ...defaultRateLimits, ...options.rateLimits });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', trustedProxies);
  for (const handler of options.first ?? []) app.use(handler);
  app.use(requestId, requestLog(options.logger), securityHeaders(), readablePath);
  app.use(operationsRouter(options));
  const pages = options.pages ?? [];
  for (const { path, router, frameHosts } of pages) app.use(path, limits.forAddress, policyOf(frameHosts), router);
  app.use(apiDocsRouter(openApiDocument(options.routes, options.info)));
  app.use(apiRouter(options.routes, { ...serving(options), limits }));
  if (options.webFolder !== undefined) app.use(webAppRouter(options.webFolder));
  app.use(() => {
    throw noSuchRoute();
  });
  for (const { path, refused, frameHosts } of pages) {
    if (refused !== undefined) app.use(path, policyWhenRefused(policyOf(frameHosts)));
  }
  app.use(problemResponse(options.logger, pages));
  return app;
}

function policyOf(frameHosts: MountedPages['frameHosts']): RequestHandler {
  return frameHosts === undefined ? pagePolicy() : framedPagePolicy(frameHosts);
}

/** What was refused before its policy was set needs it all the same: a frame shows nothing without. */
function policyWhenRefused(policy: RequestHandler): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    void policy(request, response, () => {
      next(error);
    });
  };
}

function serving(options: HttpAppOptions): Omit<ServeRouteDependencies, 'limits'> {
  return { ...options, observe: options.observe ?? (() => undefined), checkReplies: options.checkReplies ?? false };
}

const readablePath: RequestHandler = (request, _response, next) => {
  checkPath(request.path);
  next();
};
