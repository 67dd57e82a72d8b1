import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Account } from '../account/account.js';
import { ApiFault } from '../account/api-fault.js';
import type { TokenStore } from '../oauth/token-store.js';
import type { ApiRoute } from './api-route.js';
import type { CallLog } from '../../../simulator/call-log.js';
import type { WireReply } from './error-reply.js';
import { faultReply, noSuchPath, rateLimited, serverError, unauthorised } from './error-reply.js';
import type { FaultRule, FaultRules } from './fault-rules.js';
import { replyInstead, spoilReply } from './fault-rules.js';
import type { RateLimits } from './rate-limits.js';
import { parseText, readText } from './read-request.js';
import type { HookedRequest, RequestHooks } from '../../../simulator/request-hooks.js';
import { createRouteTable } from './route-table.js';
import type { RouteMatch } from './route-table.js';
import { sendReply } from './send-reply.js';

export interface ApiServerOptions {
  readonly account: Account;
  readonly routes: readonly ApiRoute[];
  readonly tokens: TokenStore;
  readonly limits: RateLimits;
  readonly faults: FaultRules;
  readonly hooks: RequestHooks;
  readonly calls: CallLog;
}

/** Answers one request to the API. */
export type ApiServer = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** How a request ends: with an answer, with its connection cut, or not until somebody closes it. */
type Ending = WireReply | 'drop' | 'hang';

function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** Token first, then limit, as HubSpot does: a call that is not let in does not count. */
function admit(
  { tokens, limits }: ApiServerOptions,
  request: IncomingMessage,
  match: RouteMatch,
): WireReply | Readonly<Record<string, string>> {
  if (match.route.open === true) return {};
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const verdict = tokens.verify(bearer);
  if (verdict === 'unknown') return unauthorised('INVALID_AUTHENTICATION');
  if (verdict === 'expired') return unauthorised('EXPIRED_AUTHENTICATION');
  const admission = limits.admit(match.name, verdict === 'static');
  return admission.kind === 'refused' ? rateLimited(admission.policy, admission.headers) : admission.headers;
}

function isReply(value: WireReply | Readonly<Record<string, string>>): value is WireReply {
  return typeof value.status === 'number';
}

export function createApiServer(options: ApiServerOptions): ApiServer {
  const { account, faults, hooks, calls } = options;
  const findRoute = createRouteTable(options.routes);

  const act = (request: IncomingMessage, match: RouteMatch | null, url: URL, body: unknown): WireReply => {
    if (match === null) return noSuchPath();
    const admission = admit(options, request, match);
    if (isReply(admission)) return admission;
    const { route, version, params } = match;
    const reply = route.answer(account, {
      method: request.method ?? '',
      version,
      params,
      query: url.searchParams,
      body,
    });
    return { ...reply, headers: admission };
  };
  /** The account's own answer; its refusals are answers like any other, its mistakes a 500 with the reason in plain words. */
  const answer = (request: IncomingMessage, match: RouteMatch | null, url: URL, body: unknown): WireReply => {
    try {
      return act(request, match, url, body);
    } catch (error) {
      if (error instanceof ApiFault) return faultReply(error);
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { ...serverError(500), body: { status: 'error', category: 'SIMULATOR_MISTAKE', message: reason } };
    }
  };
  const run = async (
    request: IncomingMessage,
    match: RouteMatch | null,
    url: URL,
    asked: HookedRequest,
  ): Promise<Ending> => {
    if ((await hooks.run('before', asked)) === 'drop') return 'drop';
    if (account.settings.latencyMs > 0) await wait(account.settings.latencyMs);
    const fault = faults.strike(asked);
    const instead = fault === null ? null : replyInstead(fault);
    if (instead !== null) return instead;
    if (fault?.kind === 'drop' || (fault?.kind === 'hang' && fault.delayMs === undefined)) return fault.kind;
    const reply = answer(request, match, url, asked.body);
    if ((await hooks.run('after', asked)) === 'drop') return 'drop';
    return fault === null ? reply : spoil(fault, reply);
  };
  const spoil = async (fault: FaultRule, reply: WireReply): Promise<Ending> => {
    const isLate = fault.kind === 'slow' || fault.kind === 'hang';
    if (isLate && fault.delayMs !== undefined) await wait(fault.delayMs);
    return spoilReply(fault, reply);
  };
  return async (request, response, url) => {
    const method = request.method ?? '';
    const match = findRoute(method, url.pathname);
    const route = match?.name ?? null;
    const operation = `${method} ${route ?? url.pathname}`;
    let ending: Ending;
    try {
      const body = parseText(await readText(request), request.headers['content-type']);
      ending = await run(request, match, url, { method, path: url.pathname, route, body });
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      ending = faultReply(error);
    }
    if (typeof ending === 'string') {
      calls.count(operation, 'none');
      if (ending === 'drop') request.socket.destroy();
      return;
    }
    calls.count(operation, ending.status);
    sendReply(response, ending);
  };
}
