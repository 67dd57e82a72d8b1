import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import type { Composition } from './compose.js';
import type { Foundations } from './foundations.js';
import { createHttpApp } from './platform/http/http-app.js';
import { createHttpMetrics } from './platform/http/http-metrics.js';
import { withRawRoutes } from './platform/http/raw-routes.js';
import type { Readiness } from './platform/http/operations.js';

export interface ServerOptions {
  readonly foundations: Foundations & { readonly logger: Logger };
  readonly composition: Composition;
  readonly version: string;
  readonly readiness: () => Promise<Readiness>;
  readonly webFolder: string;
}

/** The HTTP side of the service: webhooks first, then pages, the API and what operators' machinery asks. */
export function createServer({
  foundations,
  composition,
  version,
  readiness,
  webFolder,
}: ServerOptions): RequestListener {
  const { database, clock, secrets, registry, logger } = foundations;
  const app = createHttpApp({
    info: {
      title: 'Introducer',
      version,
      description:
        'Credits the partner who introduced a deal. Amounts are decimal strings with a currency; times are ISO 8601 in UTC.',
    },
    routes: composition.routes,
    pages: composition.pages,
    webFolder,
    db: database.db,
    transact: composition.transact,
    clock,
    authenticate: composition.authenticate,
    secrets,
    logger,
    observe: createHttpMetrics(registry),
    metrics: registry,
    readiness,
  });
  return withRawRoutes(composition.signals, logger, app);
}
