import { TZDate, tzOffset } from '@date-fns/tz';
import {
  addDays as addCalendarDays,
  addMonths as addCalendarMonths,
  differenceInCalendarDays,
  lastDayOfMonth,
} from 'date-fns';
import { assertDefined } from '../platform/assert.js';

declare const dayBrand: unique symbol;
declare const periodBrand: unique symbol;

/** A calendar day, `YYYY-MM-DD`, in no time zone of its own. Days in order are texts in order. */
export type Day = string & { readonly [dayBrand]: true };

/** A calendar month, `YYYY-MM`. Periods in order are texts in order. */
export type Period = string & { readonly [periodBrand]: true };

const periodPattern = /^(?!0000)\d{4}-(0[1-9]|1[0-2])$/;
const dayPattern = /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const dayLength = 'YYYY-MM-DD'.length;
const periodLength = 'YYYY-MM'.length;
const yearLength = 'YYYY'.length;
const shortestMonth = 28;
const monthsPerQuarter = 3;
const monthsPerYear = 12;
const msPerMinute = 60_000;

export function isDay(text: string): text is Day {
  if (!dayPattern.test(text)) return false;
  // Every month has these. The pattern lets 30 February through; only a real day survives the way there and back.
  if (Number(text.slice(-2)) <= shortestMonth) return true;
  return new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

export function isPeriod(text: string): text is Period {
  return periodPattern.test(text);
}

/** Whether `text` is a time zone of the IANA database, such as `Europe/Berlin`, or `UTC`. */
export function isTimeZone(text: string): boolean {
  // Newer engines also take offsets such as +01:00, which know no summer time.
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/**
 * Offsets are whole quarters of an hour, and change only between two of them, since the last country gave up another one in
 * 1972 (IANA time zone database). Asking the calendar each time is dear, and thousands of deals share a few days.
 */
const knownDays = new Map<string, Map<number, Day>>();
const mostKnownDays = 50_000;
const msPerQuarter = 15 * msPerMinute;
const wholeQuartersSinceMs = Date.UTC(1973, 0, 1);

/** The day it is at `instant` in `timeZone`. @throws RangeError on an invalid instant or an unknown zone */
export function dayIn(instant: Date, timeZone: string): Day {
  const ms = instant.getTime();
  if (!(ms >= wholeQuartersSinceMs)) return dayAt(instant, timeZone);
  const ofZone = knownDays.get(timeZone) ?? new Map<number, Day>();
  const quarter = Math.floor(ms / msPerQuarter);
  const known = ofZone.get(quarter);
  if (known !== undefined) return known;
  const day = dayAt(instant, timeZone);
  if (ofZone.size >= mostKnownDays) ofZone.clear();
  knownDays.set(timeZone, ofZone.set(quarter, day));
  return day;
}

function dayAt(instant: Date, timeZone: string): Day {
  return asDay(new Date(instant.getTime() + tzOffset(timeZone, instant) * msPerMinute));
}

/** Finding out when a day begins is dear, and thousands of deals share a few days. */
const knownStarts = new Map<string, number>();
const mostKnownStarts = 10_000;

/** The first moment of `day` in `timeZone`; where midnight is skipped by summer time, the moment after the gap. */
export function startOfDayIn(day: Day, timeZone: string): Date {
  const key = `${day} ${timeZone}`;
  const known = knownStarts.get(key);
  if (known !== undefined) return new Date(known);
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const start = new TZDate(year, month - 1, date, 0, 0, 0, timeZone).getTime();
  if (knownStarts.size >= mostKnownStarts) knownStarts.clear();
  knownStarts.set(key, start);
  return new Date(start);
}

/** `days` later, or earlier when negative. */
export function addDays(day: Day, days: number): Day {
  return asDay(addCalendarDays(inUtc(day), days));
}

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** The day of the week. */
export function weekdayOf(day: Day): Weekday {
  return assertDefined(weekdays[inUtc(day).getDay()], 'a week has seven days');
}

/** The same day of the month `months` later, or the last day of that month where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  return asDay(addCalendarMonths(inUtc(day), months));
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return differenceInCalendarDays(inUtc(to), inUtc(from));
}

/** Negative when `a` is the earlier day, positive when it is the later one: what `sort` wants. */
export function compareDays(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The month a day lies in. */
export function periodOf(day: Day): Period {
  return day.slice(0, periodLength) as Period;
}

/** The quarter a day lies in, `2026-Q1`. */
export function quarterOf(day: Day): string {
  return `${yearOf(day)}-Q${String(Math.ceil(Number(day.slice(yearLength + 1, periodLength)) / monthsPerQuarter))}`;
}

/** The year a day lies in. */
export function yearOf(day: Day): string {
  return day.slice(0, yearLength);
}

/** From a day up to, not including, another one. */
export interface DayRange {
  readonly from: Day;
  readonly until: Day;
}

/** The month, quarter or year a day lies in. */
export function rangeAround(day: Day, length: 'month' | 'quarter' | 'year'): DayRange {
  const [year, month] = [Number(yearOf(day)), Number(day.slice(yearLength + 1, periodLength)) - 1];
  const months = { month: 1, quarter: monthsPerQuarter, year: monthsPerYear }[length];
  const first = month - (month % months);
  return { from: firstOf(year, first), until: firstOf(year, first + months) };
}

/** @param month from 0; 12 is January of the year after */
function firstOf(year: number, month: number): Day {
  const [ofYear, ofMonth] = [year + Math.floor(month / monthsPerYear), (month % monthsPerYear) + 1];
  return `${String(ofYear).padStart(yearLength, '0')}-${String(ofMonth).padStart(2, '0')}-01` as Day;
}

/** The first day of a month. */
export function firstDayOf(period: Period): Day {
  return `${period}-01` as Day;
}

/** The last day of a month. */
export function lastDayOf(period: Period): Day {
  return asDay(lastDayOfMonth(inUtc(firstDayOf(period))));
}

/** The month before the one a day lies in, by its first and its last day. */
export function lastWholeMonth(day: Day): { readonly from: Day; readonly to: Day } {
  const to = addDays(firstDayOf(periodOf(day)), -1);
  return { from: firstDayOf(periodOf(to)), to };
}

function inUtc(day: Day): TZDate {
  return new TZDate(`${day}T00:00:00Z`, 'UTC');
}

/** The day that UTC shows. */
function asDay(moment: Date): Day {
  return new Date(moment.getTime()).toISOString().slice(0, dayLength) as Day;
}
