import express, { type Router } from 'express';

/** Whether the process can serve, and what it looked at: a name per check, with `ok` or what is wrong. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

/** Where the figures come from; a `prom-client` registry is one. */
export interface MetricsSource {
  readonly contentType: string;
  metrics(): Promise<string>;
}

export interface OperationsDependencies {
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: MetricsSource;
}

/**
 * What the operator's own machinery asks: `/healthz` (the process runs), `/readyz` (it can serve; 503 when not) and
 * `/metrics`. Without keys, as probes have none; they show counts and durations, no customer and no amount.
 */
export function operationsRouter(deps: OperationsDependencies): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const readiness = await deps.readiness();
    response.status(readiness.ready ? 200 : 503).json(readiness);
  });
  router.get('/metrics', async (_request, response) => {
    const text = await deps.metrics.metrics();
    response.set('Content-Type', deps.metrics.contentType).send(text);
  });
  return router;
}
