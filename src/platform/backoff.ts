const baseMs = 500;
const longestMs = 60_000;
const mostDoublings = 16;

/**
 * How long to wait after `failures` failures in a row (1 or more): half a second, doubled each time, at most a minute; half of it
 * fixed and half drawn by `random` (0 to 1), so that workers which failed together do not come back together.
 */
export function backoffMs(failures: number, random: number): number {
  const doublings = Math.min(Math.max(failures - 1, 0), mostDoublings);
  const fullMs = Math.min(longestMs, baseMs * 2 ** doublings);
  return Math.round(fullMs * (0.5 + random / 2));
}
