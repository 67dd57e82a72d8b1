import { dayIn, firstDayOf, startOfDayIn, type Day, type Period } from './calendar.js';

/** A time zone the program had, and the moment from which it counted; null: from the beginning. */
export interface ZoneSpan {
  readonly timeZone: string;
  readonly from: Date | null;
}

/**
 * The first moment at which the program's own clock showed a day of `period` or a later one. Unlike midnight in the zone of today
 * it is the same whenever it is asked for, once it is past: a zone that is changed later moves no entry into another month.
 * @param zones oldest first, the first one from the beginning
 */
export function startOfPeriod(zones: readonly ZoneSpan[], period: Period): Date {
  const first = firstDayOf(period);
  const starts = zones.map(({ timeZone, from }, index) => {
    const midnight = startOfDayIn(first, timeZone);
    const start = from === null || midnight > from ? midnight : from;
    const until = zones[index + 1]?.from ?? null;
    return until === null || start < until ? start : null;
  });
  return starts.find((start) => start !== null) ?? startOfDayIn(first, 'UTC');
}

/** The day the program's clock showed at `instant`. */
export function dayShownAt(zones: readonly ZoneSpan[], instant: Date): Day {
  const span = zones.findLast(({ from }) => from === null || from <= instant);
  return dayIn(instant, span?.timeZone ?? 'UTC');
}
