import type { IncomingHttpHeaders } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { SignedInActor } from '../actor.js';
import { assert, assertDefined } from '../assert.js';
import type { Clock } from '../clock.js';
import type { Database } from '../database.js';
import type { Secrets } from '../secrets.js';
import type { Transact } from '../unit-of-work.js';
import { idempotentCall, onceForKey } from './idempotency.js';
import type { RateLimits } from './rate-limits.js';
import { csvType, readBody, readQuery } from './read-request.js';
import { missingRight, notSignedIn, wrongRole } from './request-errors.js';
import type { Access, RawCall, Reply, Route } from './route.js';

/** Who stands behind these credentials; null when they are missing, unknown or revoked. */
export type Authenticate = (headers: IncomingHttpHeaders) => Promise<SignedInActor | null>;

/** One answered call, for metrics. `path` is the route's pattern, so that ids make no series of their own. */
export interface CallObservation {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
}

export interface ServeRouteDependencies {
  readonly db: Database;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly authenticate: Authenticate;
  /** Encrypts the kept answers that hold a secret, such as a new API key. */
  readonly secrets: Secrets;
  readonly limits: RateLimits;
  readonly observe: (call: CallObservation) => void;
  /** Fail a call whose answer does not fit its schema. For tests: it costs time and the caller is not at fault. */
  readonly checkReplies: boolean;
}

/**
 * A route as Express wants it. Who calls is settled before the body is read, and the input is checked before a transaction
 * begins, so that a refused call costs little and writes nothing.
 */
export function serveRoute(route: Route, deps: ServeRouteDependencies): RequestHandler {
  return async (request, response) => {
    observeOnFinish(route, deps, response);
    const actor = await admit(route, deps, request, response);
    const query = readQuery(request.originalUrl);
    const body = await readBody(route, request, response);
    const reply = await run(route, deps, request, { actor, params: request.params, query, body });
    if (deps.checkReplies) assertFits(route, reply);
    send(request, response, reply, query['format']);
  };
}

function observeOnFinish(route: Route, deps: ServeRouteDependencies, response: Response): void {
  const startedAt = performance.now();
  response.once('finish', () => {
    deps.observe({
      method: route.method,
      path: route.path,
      status: response.statusCode,
      durationMs: performance.now() - startedAt,
    });
  });
}

async function run(route: Route, deps: ServeRouteDependencies, request: Request, call: RawCall): Promise<Reply> {
  const accepted = route.accept(call);
  if (accepted.kind === 'read') return accepted.run({ db: deps.db, now: deps.clock.now() });
  if (accepted.kind === 'act') return accepted.run({ transact: deps.transact, db: deps.db, now: deps.clock.now() });
  const once = idempotentCall(request.get('Idempotency-Key'), { method: route.method, path: request.path }, call);
  return deps.transact((uow) => {
    const act = (): Promise<Reply> => accepted.run({ uow });
    return once === null ? act() : onceForKey(uow, once, route, deps.secrets, act);
  });
}

/**
 * Who calls, when they may. A failed sign-in is counted after it failed: keys are too long to guess, so the limit only has
 * to slow down a client that is set up wrong, and an office behind one address is not locked out by one of its machines.
 */
async function admit(
  route: Route,
  deps: ServeRouteDependencies,
  request: Request,
  response: Response,
): Promise<SignedInActor | null> {
  if (route.access === 'public') {
    await pass(deps.limits.forAddress, request, response);
    if (route.scarce === true) await pass(deps.limits.forStranger, request, response);
    return null;
  }
  const actor = await deps.authenticate(request.headers);
  if (actor === null) {
    await pass(deps.limits.forFailedSignIn, request, response);
    throw notSignedIn(request.headers.authorization !== undefined);
  }
  await pass(deps.limits.forActor(actor), request, response);
  checkRole(route.access, actor);
  checkRight(route, actor);
  return actor;
}

function checkRole(access: Exclude<Access, 'public'>, actor: SignedInActor): void {
  if (access !== 'any' && access !== actor.kind) throw wrongRole(access);
}

function checkRight({ right }: Route, actor: SignedInActor): void {
  if (right === undefined || actor.kind !== 'operator') return;
  if (actor.rights !== undefined && !actor.rights.includes(right)) throw missingRight(right);
}

async function pass(limit: RequestHandler, request: Request, response: Response): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    void limit(request, response, (refusal?: unknown) => {
      if (refusal instanceof Error) reject(refusal);
      else resolve();
    });
  });
}

function assertFits(route: Route, reply: Reply): void {
  const schema = route.responses[reply.status];
  const what = `${route.method} ${route.path} ${String(reply.status)}`;
  assert(schema !== undefined, `${what} is a declared answer`);
  assert((route.alsoCsv ?? false) === (reply.csv !== undefined), `${what} comes as CSV where the route says so`);
  if (schema === null) assert(reply.body === undefined, `${what} has no body`);
  else assertDefined(schema.safeParse(reply.body).data, `${what} fits its schema: ${JSON.stringify(reply.body)}`);
}

/** @param format what the query says; without it the Accept header decides, and JSON where it leaves the choice */
function send(request: Request, response: Response, reply: Reply, format: string | undefined): void {
  response.status(reply.status).set({ 'Cache-Control': 'no-store', ...reply.headers });
  if (reply.csv !== undefined) response.vary('Accept');
  const asked = format ?? (request.accepts(['json', csvType]) === csvType ? 'csv' : 'json');
  if (reply.csv !== undefined && asked === 'csv')
    response.attachment(reply.csv.name).type(csvType).send(reply.csv.text());
  else if (reply.body === undefined) response.end();
  else response.type('application/json').send(JSON.stringify(reply.body));
}
