import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import type { CrmKind, CrmSignal, SignalDelivery, SignalReceiver } from '../../connectors/contract.js';
import type { Clock } from '../platform/clock.js';
import type { RecordSignals } from './record-signals.handler.js';

export interface SignalRouteDependencies {
  readonly clock: Clock;
  readonly receiver: SignalReceiver;
  readonly record: RecordSignals;
  /** Our connection for the CRM account a signal names; null for an account that is not ours. */
  readonly connectionFor: (crm: CrmKind, accountId: string | null) => string | null;
  readonly observe: (delivery: SignalDelivery) => void;
}

const mostBytes = 1024 * 1024;

/**
 * The vendor's way in. Verified over the untouched bytes, written to the pending set in one statement, acknowledged; nothing
 * here waits for the CRM. Mounted before everything else, because this route is called thousands of times a minute.
 */
export function signalRouter(path: string, deps: SignalRouteDependencies): Router {
  const router = express.Router();
  router.post(path, express.raw({ type: () => true, limit: mostBytes }), async (request, response) => {
    await receive(deps, request, response);
  });
  router.use(path, onlyForUnreadableBodies);
  return router;
}

async function receive(deps: SignalRouteDependencies, request: Request, response: Response): Promise<void> {
  const rawBody: unknown = request.body;
  const delivery = deps.receiver.receive(
    {
      method: request.method,
      originalUrl: request.originalUrl,
      headers: request.headers,
      rawBody: Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0),
    },
    deps.clock.now(),
  );
  deps.observe(delivery);
  if (delivery.kind === 'refused') {
    refuse(response, delivery);
    return;
  }
  for (const [connectionId, signals] of byConnection(deps, delivery.signals)) await deps.record(connectionId, signals);
  response.status(200).end();
}

function byConnection(
  deps: SignalRouteDependencies,
  signals: readonly CrmSignal[],
): ReadonlyMap<string, readonly CrmSignal[]> {
  const groups = new Map<string, CrmSignal[]>();
  for (const signal of signals) {
    const connectionId = deps.connectionFor(deps.receiver.kind, signal.accountId);
    if (connectionId === null) continue;
    const group = groups.get(connectionId);
    if (group === undefined) groups.set(connectionId, [signal]);
    else group.push(signal);
  }
  return groups;
}

function refuse(response: Response, refusal: Extract<SignalDelivery, { kind: 'refused' }>): void {
  const malformed = refusal.reason === 'malformed';
  response
    .status(malformed ? 400 : 401)
    .type('application/problem+json')
    .json({
      type: `urn:introducer:problem:signal-${refusal.reason}`,
      title: malformed ? 'The delivery cannot be read' : 'The delivery is refused',
      status: malformed ? 400 : 401,
      detail: refusal.detail,
    });
}

/** A body that is too large or broken off; anything else goes on to the service's own error handling. */
const onlyForUnreadableBodies: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status < 400 || status >= 500) {
    next(error);
    return;
  }
  response
    .status(status)
    .type('application/problem+json')
    .json({
      type: 'urn:introducer:problem:signal-unreadable',
      title: 'The delivery cannot be read',
      status,
      detail: `expected at most ${mostBytes} bytes, complete and in the encoding its headers name`,
    });
};
