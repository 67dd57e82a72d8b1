import { TZDate } from '@date-fns/tz';
import type { Instant } from '../../plans/facts.js';
import { didYouMean, slipOfDay } from '../../plans/slips.js';
import { isDay, startOfDayIn, type Day } from '../../program/calendar.js';

const pattern = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,3})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$/;
const noon = 12;

/** Where in its day a day that stands alone is meant to be. */
export type PlaceInDay = 'start' | 'noon';

/** Whether the text is a day, a local moment or one with its offset. */
export function isMoment(text: string): boolean {
  const [, day, hours = '00', minutes = '00', seconds = '00'] = pattern.exec(text) ?? [];
  return day !== undefined && isDay(day) && hours < '24' && minutes < '60' && seconds < '60';
}

/** What was probably meant by a text that is no moment. */
export function slipOfMoment(written: unknown): string | null {
  const [, day, clock = ''] = /^(\S+?)[T ]+(\d{1,2}:\d{2}.*)$/.exec(String(written)) ?? [];
  if (day === undefined) return slipOfDay(written);
  const padded = /^\d:/.test(clock) ? `0${clock}` : clock;
  const meant = `${day}T${padded.replace(/ /g, '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2')}`;
  return isMoment(meant) ? didYouMean(meant) : null;
}

/**
 * The instant a text means. Without an offset it is the time on the clocks of the time zone.
 * @param text what {@link isMoment} accepts
 */
export function instantOf(text: string, timeZone: string, alone: PlaceInDay): Instant {
  const [, day = '', hours, minutes = '0', seconds = '0', offset] = pattern.exec(text) ?? [];
  if (offset !== undefined) return new Date(text).toISOString();
  if (hours === undefined && alone === 'start') return startOfDayIn(day as Day, timeZone).toISOString();
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const clock = [Number(hours ?? noon), Number(minutes), Number(seconds)] as const;
  return new Date(new TZDate(year, month - 1, date, ...clock, timeZone).getTime()).toISOString();
}

/** Whether a local moment is one that the clocks of the time zone show: in spring they leave out an hour. */
export function isOnClocks(text: string, timeZone: string): boolean {
  const [, , hours, minutes, , offset] = pattern.exec(text) ?? [];
  if (hours === undefined || offset !== undefined) return true;
  const there = new TZDate(instantOf(text, timeZone, 'start'), timeZone);
  return there.getHours() === Number(hours) && there.getMinutes() === Number(minutes);
}
