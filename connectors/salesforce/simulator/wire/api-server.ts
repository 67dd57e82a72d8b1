import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OAuthWorld } from '../oauth/token-endpoint.js';
import { answerOAuth } from '../oauth/oauth.routes.js';
import type { Org } from '../org/org.js';
import { OrgFault } from '../org/org-fault.js';
import { answerSoap } from '../soap/soap.routes.js';
import { readApiPath, versions } from './api-path.js';
import type { ApiUsage } from './api-usage.js';
import type { CallLog } from '../../../simulator/call-log.js';
import type { FaultRule, FaultRules } from './fault-rules.js';
import { replyInstead, spoilReply } from './fault-rules.js';
import type { QueryLocators } from './query-locators.js';
import { parseText, readText } from './read-request.js';
import type { WireReply } from './reply.js';
import { faultReply, limitExceeded, restError, sessionExpired } from './reply.js';
import type { HookedRequest, RequestHooks } from '../../../simulator/request-hooks.js';
import { dispatch } from './rest-dispatch.js';
import { sendHalf, sendReply } from './send-reply.js';

export interface ApiServerOptions extends OAuthWorld {
  readonly org: Org;
  readonly usage: ApiUsage;
  readonly locators: QueryLocators;
  readonly faults: FaultRules;
  readonly hooks: RequestHooks;
  readonly calls: CallLog;
}

/** Answers one request to the org. @param isAtHome whether it came to the address the org answers at now. */
export type ApiServer = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  isAtHome: boolean,
) => Promise<void>;

/** How a request ends: with an answer, whole or half, with its connection cut, or not until somebody closes it. */
type Ending = WireReply | 'drop' | 'hang' | { readonly torn: WireReply };

interface Asked extends HookedRequest {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly isAtHome: boolean;
}

function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

function bearerOf(request: IncomingMessage): string | null {
  return /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

function isConvertible(body: unknown): boolean {
  return typeof body === 'object' || body === undefined || typeof body === 'string';
}

/** REST: the session first, then the day's calls, then the call itself. */
function answerRest(options: ApiServerOptions, { request, url, isAtHome, method, body }: Asked): WireReply {
  const { org, sessions, usage, locators, loginUrl } = options;
  if (/^\/services\/data\/?$/.test(url.pathname)) return { status: 200, body: versions() };
  const api = readApiPath(url.pathname);
  if (api === null) return restError(404, 'NOT_FOUND', 'The requested resource does not exist');
  const token = bearerOf(request);
  const session = token === null || !isAtHome ? null : sessions.use(token);
  if (session === null) return sessionExpired();
  if (!usage.admit()) return { ...limitExceeded(), headers: { 'Sforce-Limit-Info': usage.header() } };
  if (!isConvertible(body)) return restError(400, 'JSON_PARSER_ERROR', 'unexpected value');
  const { userId } = session;
  const asked = { ...api, method, query: url.searchParams, body, headers: headersOf(request), userId, tx: null };
  const reply = dispatch({ org, locators, usage, loginUrl }, asked);
  return { ...reply, headers: { ...reply.headers, 'Sforce-Limit-Info': usage.header() } };
}

function answer(options: ApiServerOptions, asked: Asked): WireReply {
  const { url, method, body, request, isAtHome } = asked;
  const oauth = { method, path: url.pathname, query: url.searchParams, body, bearer: bearerOf(request) };
  return answerOAuth(options, oauth) ?? answerSoap(options, url.pathname, body, isAtHome) ?? answerRest(options, asked);
}

async function spoil(fault: FaultRule, asked: Asked, reply: WireReply): Promise<Ending> {
  const isLate = fault.kind === 'slow' || fault.kind === 'hang';
  if (isLate && fault.delayMs !== undefined) await wait(fault.delayMs);
  const spoilt = spoilReply(fault, asked, reply);
  return spoilt === 'torn' ? { torn: reply } : spoilt;
}

async function run(options: ApiServerOptions, asked: Asked): Promise<Ending> {
  const { hooks, faults, org } = options;
  if ((await hooks.run('before', asked)) === 'drop') return 'drop';
  if (org.settings.latencyMs > 0) await wait(org.settings.latencyMs);
  const fault = faults.strike(asked);
  const instead = fault === null ? null : replyInstead(fault, asked);
  if (instead !== null) return instead;
  if (fault?.kind === 'drop' || (fault?.kind === 'hang' && fault.delayMs === undefined)) return fault.kind;
  const reply = answer(options, asked);
  if ((await hooks.run('after', asked)) === 'drop') return 'drop';
  return fault === null ? reply : spoil(fault, asked, reply);
}

/** What a call is counted under: ids, keys and locators left out, so that the same call has the same name. */
function operationOf(method: string, path: string): string {
  const name = path
    .replace(/\/(?=[A-Za-z]*\d)[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?(?=\/|$)/g, '/{id}')
    .replace(/^(\/sobjects\/\w+\/\w+__c)\/.*/, '$1/{key}')
    .replace(/(\/query(?:All)?)\/.*/, '$1/{locator}');
  return `${method} ${name === '' ? '/' : name}`;
}

export function createApiServer(options: ApiServerOptions): ApiServer {
  const { org, calls } = options;
  return async (request, response, url, isAtHome) => {
    const method = request.method ?? '';
    const path = url.pathname;
    const route = readApiPath(path)?.path ?? null;
    const operation = operationOf(method, route ?? path);
    let ending: Ending;
    try {
      const body = parseText(await readText(request), request.headers['content-type']);
      ending = await run(options, { method, path, route, body, request, url, isAtHome });
    } catch (error) {
      if (!(error instanceof OrgFault)) throw error;
      ending = faultReply(error);
    }
    if (typeof ending === 'string') {
      calls.count(operation, 'none');
      if (ending === 'drop') request.socket.destroy();
      return;
    }
    const date = { Date: new Date(org.now()).toUTCString() };
    if ('torn' in ending) {
      calls.count(operation, 'none');
      sendHalf(response, { ...ending.torn, headers: { ...date, ...ending.torn.headers } });
      return;
    }
    calls.count(operation, ending.status);
    sendReply(response, { ...ending, headers: { ...date, ...ending.headers } });
  };
}
