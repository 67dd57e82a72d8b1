import type { Clock } from '../../src/platform/clock.js';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Puts the clock at this moment; an ISO 8601 text is read as such. */
  set(moment: Date | string): void;
  advanceMs(ms: number): void;
  /** Whole days of 24 hours; a change to summer time is the test's own affair. */
  advanceDays(days: number): void;
}

const dayMs = 24 * 60 * 60 * 1000;

/** @param start where the clock stands at first */
export function createTestClock(start: Date | string = '2026-03-02T09:00:00.000Z'): TestClock {
  let nowMs = epochMs(start);
  return {
    now: () => new Date(nowMs),
    set: (moment) => {
      nowMs = epochMs(moment);
    },
    advanceMs: (ms) => {
      nowMs += ms;
    },
    advanceDays: (days) => {
      nowMs += days * dayMs;
    },
  };
}

function epochMs(moment: Date | string): number {
  const ms = new Date(moment).getTime();
  if (Number.isNaN(ms)) throw new RangeError(`Not a moment in time: ${String(moment)}`);
  return ms;
}
