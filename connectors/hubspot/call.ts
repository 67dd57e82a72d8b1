import type { z } from 'zod';
import {
  CrmRateLimited,
  CrmUnauthorised,
  CrmUnavailable,
  type CrmCallObservation,
  type CrmFailure,
} from '../contract.js';
import type { ClientFor } from './client.js';
import { CallTimedOut, isBriefFault, translate, UnexpectedAnswer } from './errors.js';
import { parseJson } from './json.js';
import type { CallBudget, Lane, SeenLimit } from './limiter.js';
import type { AccessTokens } from './oauth.js';

export interface CallRequest {
  /** What is being done, for metrics and for the person who reads a problem: 'read deals'. */
  readonly operation: string;
  /** A read may be sent again at once after a brief fault; a write never, because it may have happened. */
  readonly effect: 'read' | 'write';
  readonly lane: Lane;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Makes one call: waits for the budget, sends, gives up after the timeout, reports what happened, and reads the answer with
 * `shape`. @throws only the failures of the contract
 */
export type Call = <S extends z.ZodType>(request: CallRequest, shape: S) => Promise<z.output<S>>;

export interface CallDependencies {
  readonly clientFor: ClientFor;
  readonly tokens: AccessTokens;
  readonly budget: CallBudget;
  readonly timeoutMs: number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly elapsedMs: () => number;
  /** Between 0 and 1; spreads the second tries of many callers. */
  readonly random: () => number;
  readonly observe: (observation: CrmCallObservation) => void;
  /** Told how many calls of the day were used, over all tools of the customer, where HubSpot says so. */
  readonly usage: (told: DailyUsage) => void;
}

export interface DailyUsage {
  readonly used: number;
  readonly limit: number;
}

interface Answer {
  readonly httpStatus: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const readTries = 3;
const firstRetryMs = 200;

export function createCall(deps: CallDependencies): Call {
  return async (request, shape) => {
    const answer = await sendWithRetries(deps, request);
    const parsed = shape.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new CrmUnavailable({
      operation: request.operation,
      vendorMessage: `HubSpot answered ${String(answer.httpStatus)} in an unexpected form (${where === '' ? 'as a whole' : `at ${where}`})`,
      httpStatus: answer.httpStatus,
    });
  };
}

async function sendWithRetries(deps: CallDependencies, request: CallRequest): Promise<Answer> {
  let accessToken = await deps.tokens.current();
  let renewed = false;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(deps, request, accessToken);
    } catch (error) {
      const failure = translate(error, request.operation);
      if (isRefusedToken(failure) && !renewed) {
        // A refused call was not carried out, so even a write may be sent again.
        const other = await deps.tokens.renew(accessToken);
        if (other === null) throw failure;
        accessToken = other;
        renewed = true;
        continue;
      }
      if (request.effect === 'write' || tries >= readTries || !isBriefFault(error)) throw failure;
      await deps.sleep(firstRetryMs * 4 ** (tries - 1) * (0.5 + deps.random()));
    }
  }
}

function isRefusedToken(failure: CrmFailure): boolean {
  return failure instanceof CrmUnauthorised && failure.httpStatus === 401;
}

/** One request on the wire. What it throws is not translated yet, so that the caller can tell brief faults from others. */
async function attempt(deps: CallDependencies, request: CallRequest, accessToken: string): Promise<Answer> {
  const arrived = await deps.budget.take(request.lane);
  const startedMs = deps.elapsedMs();
  const report = (outcome: CrmCallObservation['outcome'], httpStatus: number | null): void =>
    deps.observe({ operation: request.operation, durationMs: deps.elapsedMs() - startedMs, outcome, httpStatus });
  try {
    const answer = await withTimeout(send(deps.clientFor, request, accessToken), deps.timeoutMs);
    learn(deps.budget, request.lane, answer.headers);
    const usage = dailyUsage(answer.headers);
    if (usage !== null) deps.usage(usage);
    report('ok', answer.httpStatus);
    return answer;
  } catch (error) {
    const failure = translate(error, request.operation);
    if (error instanceof UnexpectedAnswer) learn(deps.budget, request.lane, error.headers);
    if (failure instanceof CrmRateLimited)
      deps.budget.pause(request.lane, Math.min(failure.retryAfterMs, longestPauseMs));
    report(failure.kind, failure.httpStatus ?? null);
    throw error;
  } finally {
    arrived();
  }
}

/** The window is over by then; a longer refusal (the daily limit) is left to the callers' own waiting. */
const longestPauseMs = 10_000;

/** The client's raw requests do not throw for a refusal, unlike its typed methods. */
async function send(clientFor: ClientFor, request: CallRequest, accessToken: string): Promise<Answer> {
  const { method, path, query, body } = request;
  const response = await clientFor(accessToken).apiRequest({
    method,
    path,
    ...(query === undefined ? {} : { qs: { ...query } }),
    ...(body === undefined ? {} : { body }),
  });
  const headers = Object.fromEntries(response.headers);
  const text = await response.text();
  const answer = { httpStatus: response.status, headers, body: parseJson(text) ?? text };
  if (response.ok) return answer;
  throw new UnexpectedAnswer({ code: answer.httpStatus, headers, body: answer.body });
}

/**
 * The client library cannot be told to stop waiting, so the call is left behind; its late answer or failure must not surface as
 * an unhandled rejection, which would end the process.
 */
async function withTimeout<T>(late: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CallTimedOut(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([late, timeout]);
  } finally {
    clearTimeout(timer);
    late.catch(() => undefined);
  }
}

function learn(budget: CallBudget, lane: Lane, headers: Readonly<Record<string, string>>): void {
  const seen = seenLimit(headers);
  if (seen !== null) budget.learn(lane, seen);
}

/** Only static tokens are told (BEHAVIOR.md). */
function dailyUsage(headers: Readonly<Record<string, string>>): DailyUsage | null {
  const read = (name: string): number => Number(headers[`x-hubspot-ratelimit-${name}`] ?? Number.NaN);
  const [limit, left] = [read('daily'), read('daily-remaining')];
  return limit > 0 && left >= 0 ? { used: Math.max(0, limit - left), limit } : null;
}

function seenLimit(headers: Readonly<Record<string, string>>): SeenLimit | null {
  const read = (name: string): number => Number(headers[`x-hubspot-ratelimit-${name}`] ?? Number.NaN);
  const seen = { max: read('max'), remaining: read('remaining'), intervalMs: read('interval-milliseconds') };
  return seen.max > 0 && seen.remaining >= 0 && seen.intervalMs > 0 ? seen : null;
}
