import type { Connection } from 'jsforce/lib/connection.js';
import type { z } from 'zod';
import { CrmRateLimited, CrmUnavailable, type CrmCallObservation } from '../contract.js';
import { createMemoryCallAccount, type CallAccountStore } from '../call-account.js';
import type { TokenStore } from '../token-store.js';
import type { DailyUsage } from './call-shares.js';
import { createDailyCalls, type DailyCalls } from './daily-calls.js';
import { translate, UnexpectedAnswer } from './errors.js';
import { parseExactJson, writeExactJson } from './exact-json.js';
import { createGate, type Gate } from './gate.js';
import { openConnection } from './library-connection.js';
import { hasMoved, isRefusedSession } from './refused-session.js';
import { createSend, type HttpAnswer, type HttpRequest, type Send } from './send.js';
import { createSessions, type Session, type Sessions } from './sessions.js';
import type { Grant } from './token-endpoint.js';

/** The API version every path, SOAP address and stream uses. */
const apiVersion = '67.0';
/** Where the REST API of that version begins. */
export const dataRoot = `/services/data/v${apiVersion}`;

/** Comes back in change events, which is how our own writing is known again. */
export const clientName = 'introducer';

export interface CallRequest {
  /** What is being done, for metrics and for the person who reads a problem: 'read deals'. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Behind `/services/data/vXX.0`, or a whole path that begins with `/services/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Written as JSON; a `Decimal` in it keeps its digits. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Makes one call and reads the answer with `shape`, in which every number is decimal text. Nothing is sent twice but after Salesforce
 * refused the session, once. @throws only the failures of the contract
 */
export type Call = <S extends z.ZodType>(request: CallRequest, shape: S) => Promise<z.output<S>>;

/** The one way to an organisation. */
export interface OrgAccess {
  readonly call: Call;
  /**
   * A connection of the client library for what REST does not offer (streaming, SOAP). It never refreshes by itself: where it is
   * refused, ask for another `instead` of it. Its calls count, too. @throws the failures of signing in
   */
  readonly connect: (instead?: Connection) => Promise<Connection>;
  /** The organisation's calls in the last 24 hours; `null` before the first answer. */
  readonly usage: () => DailyUsage | null;
}

export interface OrgAccessOptions {
  /** `https://login.salesforce.com`, `https://test.salesforce.com`, a My Domain, or where a simulator listens. */
  readonly loginUrl: string;
  readonly grant: Grant;
  readonly tokens: TokenStore;
  /** Where calls go, whatever a sign-in says; nothing: where it says. No trailing slash. */
  readonly instanceUrl?: string | undefined;
  /** Any other organisation is refused; nothing: whichever signs in. */
  readonly organizationId?: string | undefined;
  readonly now: () => Date;
  readonly observe?: ((observation: CrmCallObservation) => void) | undefined;
  /** How long one call may take; 10 s when absent. */
  readonly timeoutMs?: number | undefined;
  /** Share of the daily calls that is left to the customer's other tools, 0 to 1; a fifth when absent. */
  readonly reservedShare?: number | undefined;
  /** Where all processes that call this organisation for us count together; each for itself when absent. */
  readonly callAccount?: CallAccountStore | undefined;
}

const defaultTimeoutMs = 10_000;
/** Share of the daily calls that is left to other tools unless told otherwise. */
export const defaultReservedShare = 0.2;
const callsAtOnce = 8;
const mostWaitingCalls = 500;
/** A host that does not answer may be down or gone. Whether the organisation has moved is asked this often. */
const movedAskAgainMs = 60_000;

interface Dependencies {
  readonly send: Send;
  readonly sessions: Sessions;
  readonly gate: Gate;
  readonly dailyCalls: DailyCalls;
  readonly timeoutMs: number;
  readonly observe: (observation: CrmCallObservation) => void;
  /** Whether it is time to ask where the organisation lives. */
  readonly mayAskWhereabouts: () => boolean;
}

export function createOrgAccess(options: OrgAccessOptions): OrgAccess {
  const deps = dependenciesOf(options);
  return {
    call: async (request, shape) => {
      const answer = await deps.gate.pass(request.operation, () => sendAsSomebody(deps, request));
      const parsed = shape.safeParse(answer.body);
      if (parsed.success) return parsed.data;
      const where = parsed.error.issues[0]?.path.join('.') ?? '';
      throw new CrmUnavailable({
        operation: request.operation,
        vendorMessage: `Salesforce answered ${answer.status} in an unexpected form (${where === '' ? 'as a whole' : `at ${where}`})`,
        httpStatus: answer.status,
      });
    },
    connect: async (instead) => {
      const refused = instead && { accessToken: instead.accessToken ?? '', instanceUrl: instead.instanceUrl };
      const session = refused === undefined ? await deps.sessions.current() : await deps.sessions.renew(refused);
      return openConnection(session, {
        apiVersion,
        clientName,
        timeoutMs: deps.timeoutMs,
        dailyCalls: deps.dailyCalls,
      });
    },
    usage: () => deps.dailyCalls.usage(),
  };
}

function dependenciesOf(options: OrgAccessOptions): Dependencies {
  const { now, grant, tokens, organizationId } = options;
  const instanceUrl = options.instanceUrl?.replace(/\/+$/, '');
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const observe = options.observe ?? (() => undefined);
  const send = createSend();
  const elapsedMs = (): number => performance.now();
  const endpoint = { send, now, timeoutMs, observe, loginUrl: options.loginUrl.replace(/\/+$/, '') };
  let askedAtMs = -movedAskAgainMs;
  return {
    send,
    timeoutMs,
    observe,
    sessions: createSessions({ endpoint, grant, tokens, elapsedMs, instanceUrl, organizationId }),
    gate: createGate({ atOnce: callsAtOnce, mostWaiting: mostWaitingCalls }),
    dailyCalls: createDailyCalls({
      reservedShare: options.reservedShare ?? defaultReservedShare,
      account: options.callAccount ?? createMemoryCallAccount(),
      now,
    }),
    mayAskWhereabouts: () => {
      if (elapsedMs() - askedAtMs < movedAskAgainMs) return false;
      askedAtMs = elapsedMs();
      return true;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Sends, and once more with another session where the first was refused or its address serves the organisation no longer.
 * @throws a failure of the contract
 */
async function sendAsSomebody(deps: Dependencies, request: CallRequest): Promise<Answer> {
  try {
    const session = await deps.sessions.current();
    return await attempt(deps, request, session).catch(async (error: unknown) => {
      const other = await otherSession(deps, session, error);
      if (other === null) throw error;
      // The first was not carried out, so even a write may be sent again.
      return attempt(deps, request, other);
    });
  } catch (error) {
    throw translate(error, request.operation);
  }
}

/** Another session where that may help after `error`, else `null`. */
async function otherSession(deps: Dependencies, session: Session, error: unknown): Promise<Session | null> {
  if (isRefusedSession(error)) return deps.sessions.renew(session);
  if (!hasMoved(error) || !deps.mayAskWhereabouts()) return null;
  const other = await deps.sessions.renew(session);
  return other.instanceUrl === session.instanceUrl ? null : other;
}

/** One call, counted and reported. @throws UnexpectedAnswer, what the network says, or a failure of the contract */
async function attempt(deps: Dependencies, request: CallRequest, session: Session): Promise<Answer> {
  await deps.dailyCalls.admit(request.operation);
  const startedMs = performance.now();
  const report = (outcome: CrmCallObservation['outcome'], httpStatus: number | null): void =>
    deps.observe({ operation: request.operation, durationMs: performance.now() - startedMs, outcome, httpStatus });
  try {
    const { status, headers, text } = await sendCounted(deps, httpRequest(request, session));
    const body = parseExactJson(text) ?? text;
    if (status < 200 || status > 299) throw new UnexpectedAnswer({ status, headers, body });
    deps.sessions.accepted(session);
    report('ok', status);
    return { status, body };
  } catch (error) {
    const failure = translate(error, request.operation);
    if (failure instanceof CrmRateLimited && isDailyLimit(failure)) await deps.dailyCalls.exceeded();
    report(failure.kind, failure.httpStatus ?? null);
    throw error;
  }
}

async function sendCounted({ send, dailyCalls, timeoutMs }: Dependencies, request: HttpRequest): Promise<HttpAnswer> {
  let headers: HttpAnswer['headers'] | null = null;
  try {
    const answer = await send(request, timeoutMs);
    headers = answer.headers;
    return answer;
  } finally {
    await dailyCalls.ended(headers);
  }
}

function isDailyLimit(failure: CrmRateLimited): boolean {
  return failure.vendorCategory === 'REQUEST_LIMIT_EXCEEDED' && !/concurrent/i.test(failure.vendorMessage);
}

function httpRequest({ method, path, query, body, headers }: CallRequest, session: Session): HttpRequest {
  const root = path.startsWith('/services/') ? '' : dataRoot;
  const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
  return {
    method,
    url: `${session.instanceUrl}${root}${path}${search}`,
    headers: {
      authorization: `Bearer ${session.accessToken}`,
      accept: 'application/json',
      'sforce-call-options': `client=${clientName}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json; charset=UTF-8' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: writeExactJson(body) }),
  };
}
