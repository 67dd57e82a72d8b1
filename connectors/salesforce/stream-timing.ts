/** How patient a change stream is. All in milliseconds. */
export interface StreamTiming {
  /** For the answer to a handshake or a subscription. */
  readonly answerMs: number;
  /** How long Salesforce holds a poll unless it says otherwise. */
  readonly pollMs: number;
  /** Added to that before silence counts as a dead connection. */
  readonly graceMs: number;
  /** The wait after a first failure; doubled after each further one. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** After the org's events of the day are used up: what is missed meanwhile is replayed. */
  readonly dailyLimitWaitMs: number;
  /** A session that lasted this long counts as mended: the next failure is a first one again. */
  readonly settledMs: number;
  /**
   * Without events the subscription is made anew this often: one that Salesforce has forgotten without a word looks just like
   * a quiet org.
   */
  readonly freshenMs: number;
  /** How far before its commit a record may have been stamped, and how late an event may come. */
  readonly overlapMs: number;
}

const second = 1_000;
const minute = 60 * second;

export const usualTiming: StreamTiming = {
  answerMs: 20 * second,
  pollMs: 110 * second,
  graceMs: 20 * second,
  firstWaitMs: 500,
  longestWaitMs: minute,
  dailyLimitWaitMs: 15 * minute,
  settledMs: minute,
  freshenMs: 30 * minute,
  overlapMs: 15 * minute,
};

/**
 * How long to wait after `failures` failures in a row (1 or more): doubled each time up to the longest, half of it fixed and half
 * drawn by `random` (0 to 1), so that streams which broke together do not come back together.
 */
export function waitAfter(failures: number, timing: StreamTiming, random: number): number {
  const doublings = Math.min(Math.max(failures - 1, 0), 16);
  return Math.round(Math.min(timing.longestWaitMs, timing.firstWaitMs * 2 ** doublings) * (0.5 + random / 2));
}
