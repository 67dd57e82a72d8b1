/** Which of HubSpot's limits a call counts against; they are separate (see BEHAVIOR.md). */
export type Lane = 'general' | 'search' | 'associations';

/** What the headers of an answer said about the limit it counted against. */
export interface SeenLimit {
  readonly max: number;
  readonly remaining: number;
  readonly intervalMs: number;
}

/**
 * Where every call asks before it leaves. The one in this file counts within its process; processes that share an account can
 * share one that counts for all of them.
 */
export interface CallBudget {
  /** Waits until the call may leave. @throws BudgetExhausted when that is too long to wait */
  take(lane: Lane): Promise<void>;
  learn(lane: Lane, seen: SeenLimit): void;
  /** Lets nothing leave for a while: HubSpot refused a call although we had counted right. */
  pause(lane: Lane, pauseMs: number): void;
}

/** More calls are waiting than `take` is prepared to hold: come back later. */
export class BudgetExhausted extends Error {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super(`the next free call is ${String(Math.ceil(retryAfterMs))} ms away`);
    this.name = 'BudgetExhausted';
    this.retryAfterMs = retryAfterMs;
  }
}

interface LaneLimit {
  readonly calls: number;
  readonly windowMs: number;
}

/**
 * The limits before the first answer tells better, each a little inside HubSpot's: 110 (100 for the smallest static-token
 * accounts) in 10 s, 5 searches a second, 100 association calls in 10 s. The windows are longer than HubSpot's because calls
 * do not all take the same time to arrive: two that left 10 s apart may arrive closer together.
 */
const startingLimits: Readonly<Record<Lane, LaneLimit>> = {
  general: { calls: 95, windowMs: 11_000 },
  search: { calls: 5, windowMs: 1_300 },
  associations: { calls: 95, windowMs: 11_000 },
};

const callsKeptFree = 0.05;
const windowMarginMs = 1_000;
const longestWaitMs = 12_000;

/** When one call may leave; in the future while its caller still waits. */
interface Slot {
  atMs: number;
}

export interface RollingBudgetOptions {
  /** Elapsed time from any fixed point. Not the wall clock: that may stand still in a test or jump when it is set. */
  readonly elapsedMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A budget for one process: never more calls in any window than the account allows, first come first served. */
export function createRollingBudget(options: RollingBudgetOptions): CallBudget {
  const lanes = {
    general: createLane(startingLimits.general, options),
    search: createLane(startingLimits.search, options),
    associations: createLane(startingLimits.associations, options),
  };
  return {
    take: (lane) => lanes[lane].take(),
    // Only answers of the general lane say which limit they speak of: searches carry no headers, associations another count.
    learn: (lane, seen) => {
      if (lane === 'general') lanes.general.learn(seen);
    },
    pause: (lane, pauseMs) => lanes[lane].pause(pauseMs),
  };
}

function createLane(start: LaneLimit, { elapsedMs, sleep }: RollingBudgetOptions) {
  let limit = start;
  let pausedUntilMs = 0;
  let slots: Slot[] = [];

  /** The first moment at which slot `index` may stand, given those before it. */
  const earliest = (index: number, nowMs: number): number =>
    Math.max(
      nowMs,
      pausedUntilMs,
      slots[index - 1]?.atMs ?? 0,
      (slots[index - limit.calls]?.atMs ?? -Infinity) + limit.windowMs,
    );

  const forgetOld = (nowMs: number): void => {
    const firstInWindow = slots.findIndex((slot) => slot.atMs > nowMs - limit.windowMs);
    slots = firstInWindow === -1 ? [] : slots.slice(firstInWindow);
  };

  /** Moves the calls still waiting, after the rules changed under them. */
  const replan = (nowMs: number): void => {
    slots.forEach((slot, index) => {
      if (slot.atMs > nowMs) slot.atMs = earliest(index, nowMs);
    });
  };

  return {
    async take(): Promise<void> {
      const nowMs = elapsedMs();
      forgetOld(nowMs);
      const slot: Slot = { atMs: earliest(slots.length, nowMs) };
      const waitMs = slot.atMs - nowMs;
      if (waitMs > longestWaitMs) throw new BudgetExhausted(waitMs);
      slots.push(slot);
      // The slot may have moved while we slept.
      for (let leftMs = waitMs; leftMs > 0; leftMs = slot.atMs - elapsedMs()) await sleep(leftMs);
    },

    learn(seen: SeenLimit): void {
      const nowMs = elapsedMs();
      forgetOld(nowMs);
      limit = {
        calls: Math.max(1, Math.floor(seen.max * (1 - callsKeptFree))),
        windowMs: seen.intervalMs + windowMarginMs,
      };
      // Calls HubSpot counted and we did not: made by another process, or by this one before a restart.
      const ours = slots.filter((slot) => slot.atMs <= nowMs).length;
      const foreign = Math.max(0, Math.min(seen.max, seen.max - seen.remaining - ours));
      slots.splice(ours, 0, ...Array.from({ length: foreign }, () => ({ atMs: nowMs })));
      replan(nowMs);
    },

    pause(pauseMs: number): void {
      const nowMs = elapsedMs();
      pausedUntilMs = Math.max(pausedUntilMs, nowMs + pauseMs);
      replan(nowMs);
    },
  };
}
