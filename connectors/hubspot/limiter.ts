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
  /**
   * Waits until the call may leave, and gives back what must be called, once, when its answer is here or is no longer waited for.
   * @throws BudgetExhausted when that is too long to wait
   */
  take(lane: Lane): Promise<() => void>;
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
 * accounts) in 10 s, 5 searches a second, 100 association calls in 10 s.
 */
const startingLimits: Readonly<Record<Lane, LaneLimit>> = {
  general: { calls: 95, windowMs: 10_000 },
  search: { calls: 5, windowMs: 1_000 },
  associations: { calls: 95, windowMs: 10_000 },
};

const callsKeptFree = 0.05;
/** No two clocks run alike, and HubSpot does not say to which side it rounds. */
const windowMargin = 1.05;
const longestWaitMs = 12_000;

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

/**
 * The places of one limit. HubSpot counts a call somewhere between its leaving and its answer, so a place is taken from the
 * one until a window after the other: however long calls are on their way, no window at HubSpot's end holds more than there
 * are places.
 */
function createPlaces(start: LaneLimit) {
  let limit = start;
  let onTheirWay = 0;
  /** When each answer came, oldest first, as long as its call holds a place. */
  let answeredAtMs: number[] = [];
  const freeAt = (answeredMs: number): number => answeredMs + limit.windowMs * windowMargin;

  return {
    forgetOld(nowMs: number): void {
      answeredAtMs = answeredAtMs.filter((at) => freeAt(at) > nowMs);
    },
    taken: (): number => onTheirWay + answeredAtMs.length,
    isFree: (): boolean => onTheirWay + answeredAtMs.length < limit.calls,
    leave(): void {
      onTheirWay += 1;
    },
    answer(nowMs: number): void {
      onTheirWay -= 1;
      answeredAtMs.push(nowMs);
    },
    resize(changed: LaneLimit): void {
      limit = changed;
    },
    /** Calls that hold places although this process did not make them. */
    takeFor(foreignCalls: number, nowMs: number): void {
      answeredAtMs.push(...Array.from({ length: foreignCalls }, () => nowMs));
    },
    /** When time alone frees a place; `null` when only an answer can. */
    nextFreeMs(): number | null {
      const answeredMs = answeredAtMs[onTheirWay + answeredAtMs.length - limit.calls];
      return answeredMs === undefined ? null : freeAt(answeredMs);
    },
    /** When a call could leave that has `ahead` others before it, if all on their way were answered now. */
    expectedMs(ahead: number, earliestMs: number, nowMs: number): number {
      const freed = [...answeredAtMs.map(freeAt), ...Array.from({ length: onTheirWay }, () => freeAt(nowMs))];
      for (let before = 0; ; before += 1) {
        const atMs = Math.max(earliestMs, freed[freed.length - limit.calls] ?? 0);
        if (before === ahead) return atMs;
        freed.push(freeAt(atMs));
      }
    },
  };
}

function createLane(start: LaneLimit, { elapsedMs, sleep }: RollingBudgetOptions) {
  const places = createPlaces(start);
  const waiting: (() => void)[] = [];
  let pausedUntilMs = 0;
  let alarmAtMs: number | null = null;

  const letLeave = (): void => {
    const nowMs = elapsedMs();
    places.forgetOld(nowMs);
    while (waiting.length > 0 && nowMs >= pausedUntilMs && places.isFree()) {
      places.leave();
      waiting.shift()?.();
    }
    if (waiting.length > 0) wakeAt(nowMs < pausedUntilMs ? pausedUntilMs : places.nextFreeMs());
  };

  const wakeAt = (atMs: number | null): void => {
    if (atMs === null || (alarmAtMs !== null && alarmAtMs <= atMs)) return;
    alarmAtMs = atMs;
    void sleep(atMs - elapsedMs()).then(() => {
      if (alarmAtMs === atMs) alarmAtMs = null;
      letLeave();
    });
  };

  return {
    async take(): Promise<() => void> {
      const nowMs = elapsedMs();
      places.forgetOld(nowMs);
      const waitMs = places.expectedMs(waiting.length, Math.max(nowMs, pausedUntilMs), nowMs) - nowMs;
      if (waitMs > longestWaitMs) throw new BudgetExhausted(waitMs);
      await new Promise<void>((leave) => {
        waiting.push(leave);
        letLeave();
      });
      return () => {
        places.answer(elapsedMs());
        letLeave();
      };
    },

    learn(seen: SeenLimit): void {
      const nowMs = elapsedMs();
      places.resize({ calls: Math.max(1, Math.floor(seen.max * (1 - callsKeptFree))), windowMs: seen.intervalMs });
      places.forgetOld(nowMs);
      // Calls HubSpot counted and we did not: made by another process, or by this one before a restart.
      places.takeFor(Math.max(0, Math.min(seen.max, seen.max - seen.remaining - places.taken())), nowMs);
      letLeave();
    },

    pause(pauseMs: number): void {
      pausedUntilMs = Math.max(pausedUntilMs, elapsedMs() + pauseMs);
    },
  };
}
