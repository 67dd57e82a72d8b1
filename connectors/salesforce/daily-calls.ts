import { randomUUID } from 'node:crypto';
import type { CallAccountStore } from '../call-account.js';
import { CrmRateLimited, CrmUnavailable } from '../contract.js';
import { dailyLimitWaitMs } from './errors.js';
import {
  isNearEnd,
  laterOf,
  ownLimit,
  takeShare,
  tellUsage,
  type DailyUsage,
  type SeenUsage,
  type ShareAnswer,
} from './call-shares.js';

/** Keeps our calls, those of all our processes together, within what the organisation's limit leaves to us. */
export interface DailyCalls {
  /** Waits for leave to make one call, and counts it. @throws CrmRateLimited when the rest belongs to others; CrmUnavailable */
  admit(operation: string): Promise<void>;
  /** The same for what cannot wait: goes by what this process knows. @throws CrmRateLimited */
  take(operation: string): void;
  /** A call that was let through has ended. `headers` of its answer count the calls of every tool and process (`Sforce-Limit-Info`). */
  ended(headers: Readonly<Record<string, string>> | null): Promise<void>;
  /** Salesforce refused a call because the limit is reached. */
  exceeded(): Promise<void>;
  /** `null` before the first answer. */
  usage(): DailyUsage | null;
}

interface DailyCallsOptions {
  /** Share of the limit that is left to the customer's other tools, between 0 and 1. */
  readonly reservedShare: number;
  /** What all our processes know together. */
  readonly account: CallAccountStore;
  readonly now: () => Date;
}

const noShare = { calls: 0, untilMs: 0 };

type Refusal = ShareAnswer & { readonly kind: 'closed' };

/** The limit is of the whole organisation and of the last 24 hours (BEHAVIOR.md, "The daily limit belongs to everybody"). */
export function createDailyCalls({ reservedShare, account, now }: DailyCallsOptions): DailyCalls {
  const owner = randomUUID();
  const nowMs = (): number => now().getTime();
  let seen: SeenUsage | null = null;
  let share = noShare;
  let underWay = 0;
  let asking: Promise<Refusal | null> | null = null;

  const isSpent = (): boolean => seen !== null && seen.used + underWay >= ownLimit(seen.limit, reservedShare);
  const request = () => ({ owner, seen, underWay, reservedShare, nowMs: nowMs() });

  /** @returns why there is nothing left to us */
  const askShare = async (): Promise<Refusal | null> => {
    // What is left of the last share is given back: a call made of it from here on would be in nobody's count.
    share = noShare;
    const answer = await keep(account.change((known) => takeShare(known, request())));
    if (answer.kind === 'look') {
      share = { calls: 1, untilMs: Number.POSITIVE_INFINITY };
      return null;
    }
    // Another process may have been told later than this one, or this one meanwhile.
    seen = laterOf(seen, answer.usage);
    if (answer.kind === 'closed') return answer;
    share = answer;
    return null;
  };

  /** One question at a time, whoever asks. */
  const ask = (): Promise<Refusal | null> => (asking ??= askShare().finally(() => (asking = null)));

  const isGiven = (): boolean => {
    if (share.calls <= 0 || share.untilMs <= nowMs()) return false;
    return share.untilMs === Number.POSITIVE_INFINITY || !isSpent();
  };

  const count = (): void => {
    share = { ...share, calls: share.calls - 1 };
    underWay += 1;
  };

  const refuse = (operation: string, refusal: Refusal): CrmRateLimited =>
    refusalOf(operation, { ...refusal, own: ownLimit(refusal.usage.limit, reservedShare), nowMs: nowMs() });

  /** Others need not wait for their own answer to learn of it. Where it cannot be noted now, our next question does. */
  const tell = async (): Promise<void> => {
    const told = (): Promise<null> =>
      account.change((known) => ({ account: tellUsage(known, request()), result: null }));
    await told().catch(() => null);
  };

  const learn = async (told: DailyUsage): Promise<void> => {
    const wasClosed = isUsedUp(seen, reservedShare);
    // Answers overtake each other: an earlier count that comes late must not hide calls.
    seen = laterOf(seen, { ...told, seenAtMs: nowMs() });
    // Towards the end what this process used must be known before its share lapses, or it would be given to others once more.
    const isLastWord = underWay === 0 && isNearEnd(seen, reservedShare);
    if (isLastWord || isUsedUp(seen, reservedShare) !== wasClosed) await tell();
  };

  return {
    admit: async (operation) => {
      while (!isGiven()) {
        const refusal = await ask();
        if (refusal !== null) throw refuse(operation, refusal);
      }
      count();
    },
    take: (operation) => {
      if (seen !== null && isUsedUp(seen, reservedShare)) {
        throw refuse(operation, { kind: 'closed', usage: seen, againAtMs: nowMs() + dailyLimitWaitMs });
      }
      count();
    },
    ended: async (headers) => {
      underWay -= 1;
      const told = usageIn(headers ?? {});
      if (told !== null) await learn(told);
    },
    exceeded: async () => {
      const limit = seen?.limit ?? 1;
      await learn({ used: Math.max(limit, seen?.used ?? 0), limit });
    },
    usage: () => (seen === null ? null : { used: seen.used, limit: seen.limit }),
  };
}

function usageIn(headers: Readonly<Record<string, string>>): DailyUsage | null {
  const [, used, limit] = /\bapi-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '') ?? [];
  return used === undefined || Number(limit) === 0 ? null : { used: Number(used), limit: Number(limit) };
}

function refusalOf(
  operation: string,
  { usage: { used, limit }, againAtMs, own, nowMs }: Refusal & { readonly own: number; readonly nowMs: number },
): CrmRateLimited {
  const why =
    used < own
      ? 'the rest of our part is given to our other processes'
      : `${String(limit - own)} are left to its other tools`;
  return new CrmRateLimited({
    operation,
    vendorMessage:
      `${String(used)} of the organisation's ${String(limit)} API calls in 24 hours are used; ${why}. ` +
      `Tried again at ${new Date(againAtMs).toISOString()}`,
    retryAfterMs: Math.max(0, againAtMs - nowMs),
    spent: used >= own,
  });
}

function isUsedUp(seen: SeenUsage | null, reservedShare: number): boolean {
  return seen !== null && seen.used >= ownLimit(seen.limit, reservedShare);
}

/** The account is kept in a database, which may fail like any; callers know only the failures of the contract. */
async function keep<T>(kept: Promise<T>): Promise<T> {
  try {
    return await kept;
  } catch (cause) {
    const vendorMessage = "The organisation's calls could not be counted";
    throw new CrmUnavailable({ operation: 'count calls', vendorMessage, cause });
  }
}
