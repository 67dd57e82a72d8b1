import type { CallAccount } from '../call-account.js';
import { dailyLimitWaitMs } from './errors.js';

/** How an organisation's calls of the last 24 hours stand, as far as we know. */
export interface DailyUsage {
  readonly used: number;
  readonly limit: number;
}

export type SeenUsage = DailyUsage & { readonly seenAtMs: number };

/** A process that wants to make calls. */
export interface ShareRequest {
  readonly owner: string;
  /** What Salesforce last told this process. */
  readonly seen: SeenUsage | null;
  /** Calls of this process that are under way and that nobody may have counted yet. */
  readonly underWay: number;
  /** Share of the limit that is left to the customer's other tools, 0 to 1. */
  readonly reservedShare: number;
  readonly nowMs: number;
}

/** `usage` is what was told last, to whichever process. `closed`: what is left belongs to others, or to our other processes. */
export type ShareAnswer =
  | { readonly kind: 'share'; readonly calls: number; readonly untilMs: number; readonly usage: SeenUsage | null }
  | { readonly kind: 'look' }
  | { readonly kind: 'closed'; readonly usage: SeenUsage; readonly againAtMs: number };

/** What one process holds at most: a statement in the database for so many calls. */
const largestShare = 100;
/** Before Salesforce first told how its calls stand, we send as many as we send at once. */
const firstShare = 8;
/** A share lapses so that a process which died does not keep it. */
const shareLifeMs = 5 * 60_000;
/** Calls may be answered in another order than they were counted in, within the time one takes. */
const outOfOrderMs = 10_000;
/** Whoever comes while the one call looks waits no longer than that call may take. */
const lookingMs = 15_000;
/** Shares of other processes are used up or given back soon. */
const othersMs = 5_000;

/** Shares are a quarter of what is left. */
const sharesOfRest = 4;

/** How many calls are ours. */
export function ownLimit(limit: number, reservedShare: number): number {
  return Math.floor(limit * (1 - reservedShare));
}

/** Whether so little is left to us that shares get smaller. */
export function isNearEnd(usage: DailyUsage | null, reservedShare: number): boolean {
  return usage !== null && ownLimit(usage.limit, reservedShare) - usage.used <= sharesOfRest * largestShare;
}

/**
 * Gives a process its next share of what is left to us. What others were given counts as used, so all processes together stay within
 * our part; the shares get smaller towards its end.
 */
export function takeShare(
  before: CallAccount | null,
  request: ShareRequest,
): { readonly account: CallAccount; readonly result: ShareAnswer } {
  const { owner, underWay, reservedShare, nowMs } = request;
  const told = tellUsage(before, request);
  const { usage } = told;
  const others = told.shares.filter((share) => share.owner !== owner);
  const untilMs = nowMs + shareLifeMs;
  // What is under way stays reserved until Salesforce has counted it.
  const giving = (calls: number): CallAccount => ({
    ...told,
    shares: calls + underWay === 0 ? others : [...others, { owner, calls: calls + underWay, untilMs }],
  });
  const give = (calls: number): { account: CallAccount; result: ShareAnswer } => ({
    account: giving(calls),
    result: { kind: 'share', calls, untilMs, usage },
  });
  if (usage === null) return give(firstShare);
  if (usage.used >= ownLimit(usage.limit, reservedShare)) return lookOrWait({ ...giving(0), usage }, nowMs);
  const given = others.reduce((sum, share) => sum + share.calls, 0);
  const free = ownLimit(usage.limit, reservedShare) - usage.used - underWay - given;
  if (free > 0) return give(Math.min(largestShare, Math.max(1, Math.floor(free / sharesOfRest))));
  return { account: giving(0), result: { kind: 'closed', usage, againAtMs: nowMs + othersMs } };
}

/** The limit is a rolling one and does not say when it frees: one call each quarter of an hour looks. */
function lookOrWait(
  account: CallAccount & { readonly usage: SeenUsage },
  nowMs: number,
): { readonly account: CallAccount; readonly result: ShareAnswer } {
  if (nowMs >= account.lookAtMs) {
    return { account: { ...account, lookAtMs: nowMs + dailyLimitWaitMs }, result: { kind: 'look' } };
  }
  const lookedAtMs = account.lookAtMs - dailyLimitWaitMs;
  const isLooking = account.usage.seenAtMs < lookedAtMs && nowMs < lookedAtMs + lookingMs;
  const againAtMs = isLooking ? lookedAtMs + lookingMs : account.lookAtMs;
  return { account, result: { kind: 'closed', usage: account.usage, againAtMs } };
}

/** Notes what Salesforce told this process, and that shares lapsed. */
export function tellUsage(
  before: CallAccount | null,
  { seen, reservedShare, nowMs }: Pick<ShareRequest, 'seen' | 'reservedShare' | 'nowMs'>,
): CallAccount {
  const known = before ?? { usage: null, lookAtMs: 0, shares: [] };
  const usage = laterOf(known.usage, seen);
  const shares = known.shares.filter((share) => share.untilMs > nowMs);
  const isClosed = (one: SeenUsage | null): boolean => one !== null && one.used >= ownLimit(one.limit, reservedShare);
  // The quarter of an hour begins when our part is used up.
  const closesNow = isClosed(usage) && !isClosed(known.usage);
  return { usage, shares, lookAtMs: closesNow ? nowMs + dailyLimitWaitMs : known.lookAtMs };
}

/** What was told later counts; of two about the same time the one that counted more calls. */
export function laterOf(known: SeenUsage | null, seen: SeenUsage | null): SeenUsage | null {
  if (known === null || seen === null) return seen ?? known;
  const apartMs = seen.seenAtMs - known.seenAtMs;
  if (Math.abs(apartMs) >= outOfOrderMs || seen.limit !== known.limit) return apartMs > 0 ? seen : known;
  return { ...(seen.used >= known.used ? seen : known), seenAtMs: Math.max(seen.seenAtMs, known.seenAtMs) };
}
