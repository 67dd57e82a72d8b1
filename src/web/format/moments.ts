/** A moment, in the time zone of the program, by which everything is counted. */
export function moment(locale: string, timeZone: string, iso: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(iso));
}

/** The day of a moment in the time zone of the program. */
export function dayOfMoment(locale: string, timeZone: string, iso: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(new Date(iso));
}

/** A day such as `2026-03-01`, which is the same everywhere. */
export function day(locale: string, text: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${text}T00:00:00Z`),
  );
}

/** A month such as `2026-03`. */
export function month(locale: string, period: string): string {
  const first = new Date(`${period}-01T00:00:00Z`);
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(first);
}

/** Days from one moment's day in the program's time zone to a day; negative once that is past. */
export function daysUntil(timeZone: string, now: Date, until: string): number {
  const today = dayIn(timeZone, now);
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
}

/** How far a day is away: `in 90 days`, `tomorrow`, `2 days ago`. */
export function inDays(locale: string, days: number): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
}

/** The latest months, the running one first, as `2026-03`. */
export function latestMonths(timeZone: string, now: Date, count: number): readonly string[] {
  const [year = 0, current = 1] = dayIn(timeZone, now).split('-').map(Number);
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(year, current - 1 - back, 1)).toISOString().slice(0, 7),
  );
}

/** The Swedish way of writing a date is ISO 8601. */
function dayIn(timeZone: string, moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(moment);
}

/** The last day of a month such as `2026-03`. */
export function lastDayOf(period: string): string {
  const [year = 0, month = 1] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** A year that is still being typed begins with a nought. */
const wholeDay = /^[1-9]\d{3}-\d\d-\d\d$/;

/** The first moment of a day in the time zone of the program; null of what is no day. */
export function startOfDay(timeZone: string, text: string): string | null {
  const midnight = Date.parse(`${text}T00:00:00Z`);
  if (!wholeDay.test(text) || Number.isNaN(midnight)) return null;
  // Twice: the clocks may be put forward or back between the two guesses.
  const guess = midnight - offsetAt(timeZone, midnight);
  return new Date(midnight - offsetAt(timeZone, guess)).toISOString();
}

/** The moment at which a day has ended: the first one of the day after it. */
export function endOfDay(timeZone: string, text: string): string | null {
  const next = new Date(`${text}T00:00:00Z`);
  if (!wholeDay.test(text) || Number.isNaN(next.getTime())) return null;
  next.setUTCDate(next.getUTCDate() + 1);
  return startOfDay(timeZone, next.toISOString().slice(0, 10));
}

/** How far the clocks of a time zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(timeZone: string, moment: number): number {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(moment);
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - moment;
}
