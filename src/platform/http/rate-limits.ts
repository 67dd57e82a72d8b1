import { ipKeyGenerator, MemoryStore, rateLimit, type Options } from 'express-rate-limit';
import type { Request, RequestHandler } from 'express';
import { actorKey, type SignedInActor } from '../actor.js';
import { tooManyRequests } from './request-errors.js';

/** Requests a minute unless it says otherwise, counted in this process alone: with n web processes a caller gets up to n times as much. */
export interface RateLimitSettings {
  /** Of one operator key. High: it is there to stop a script that runs away, not to shape traffic. */
  readonly perOperator: number;
  /** Of one partner, over all its keys. */
  readonly perPartner: number;
  /** Of one address that shows no key: public calls and the hosted form. */
  readonly perAddress: number;
  /** Of one address that shows no key, to what leaves something behind for people to look at: an hour. */
  readonly perStranger: number;
  /** Failed sign-ins of one address, which then hears 429 instead of 401. */
  readonly failedSignIns: number;
}

export const defaultRateLimits: RateLimitSettings = {
  perOperator: 30_000,
  perPartner: 600,
  perAddress: 300,
  perStranger: 10,
  failedSignIns: 60,
};

export interface RateLimits {
  /** Counts a signed-in call. */
  forActor(actor: SignedInActor): RequestHandler;
  readonly forAddress: RequestHandler;
  readonly forStranger: RequestHandler;
  readonly forFailedSignIn: RequestHandler;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Each limiter calls `next` with a 429 problem once its limit is passed, and sets `Retry-After`. */
export function createRateLimits(settings: RateLimitSettings): RateLimits {
  const actors = new WeakMap<Request, string>();
  const byActor = (limit: number): RequestHandler =>
    limiter(limit, (request) => actors.get(request) ?? addressKey(request));
  const operators = byActor(settings.perOperator);
  const partners = byActor(settings.perPartner);
  return {
    forActor: (actor) => (request, response, next) => {
      actors.set(request, actorKey(actor));
      return (actor.kind === 'operator' ? operators : partners)(request, response, next);
    },
    forAddress: limiter(settings.perAddress, addressKey),
    forStranger: limiter(settings.perStranger, addressKey, hourMs),
    forFailedSignIn: limiter(settings.failedSignIns, addressKey),
  };
}

/**
 * Counts by address what needs a limit of its own, for who answers with a page instead of a problem.
 * @returns whether one more is within the limit
 */
export function countPerAddress(settings: {
  readonly limit: number;
  readonly windowMs: number;
}): (request: Request) => Promise<boolean> {
  const mayOnce = countPerKey(settings);
  return (request) => mayOnce(addressKey(request));
}

/** Whether a key, such as the id of who asks, still has one within the window. Each process counts for itself. */
export function countPerKey(settings: {
  readonly limit: number;
  readonly windowMs: number;
}): (key: string) => Promise<boolean> {
  const store = new MemoryStore();
  store.init({ windowMs: settings.windowMs } as Options);
  return async (key) => (await store.increment(key)).totalHits <= settings.limit;
}

function limiter(limit: number, keyGenerator: (request: Request) => string, windowMs = minuteMs): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    keyGenerator,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // The checks complain on standard error about proxies; `trust proxy` is settled in http-app.ts.
    validate: false,
    handler: (_request, _response, next) => {
      next(tooManyRequests());
    },
  });
}

/** An IPv6 network counts as one address, as a host has a whole one to itself. */
function addressKey(request: Request): string {
  return ipKeyGenerator(request.ip ?? 'unknown');
}
