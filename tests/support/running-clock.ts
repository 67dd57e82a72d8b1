import type { Clock } from '../../src/platform/clock.js';

/** The wall clock, moved ahead by what a test says: time goes on by itself, and days pass at once. */
export interface RunningClock extends Clock {
  advanceMs(ms: number): void;
  /** Whole days of 24 hours. */
  advanceDays(days: number): void;
}

const dayMs = 24 * 60 * 60 * 1000;

/** @param aheadMs how far it is ahead of the wall clock to begin with; negative: behind it */
export function createRunningClock(aheadMs = 0): RunningClock {
  return {
    now: () => new Date(Date.now() + aheadMs),
    advanceMs: (ms) => {
      aheadMs += ms;
    },
    advanceDays: (days) => {
      aheadMs += days * dayMs;
    },
  };
}
