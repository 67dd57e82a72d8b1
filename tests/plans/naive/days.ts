/** Days as `YYYY-MM-DD`, by plain counting: the naive evaluation's own calendar. */

const msPerDay = 86_400_000;

export function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * msPerDay).toISOString().slice(0, 10);
}

/** Days from one day to another. */
export function daysFrom(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay;
}

/** The same day of a later month, or that month's last where it has no such day. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const count = year * 12 + (month - 1) + months;
  const [inYear, inMonth] = [Math.floor(count / 12), (count % 12) + 1];
  for (let tried = date; ; tried -= 1) {
    const text = `${String(inYear)}-${two(inMonth)}-${two(tried)}`;
    const found = new Date(`${text}T00:00:00Z`);
    if (!Number.isNaN(found.getTime()) && found.toISOString().startsWith(text)) return text;
  }
}

/** How many whole months have passed from one day to another. */
export function monthsPassed(from: string, to: string): number {
  let months = 0;
  while (monthsLater(from, months + 1) <= to) months += 1;
  return months;
}

export function monthName(day: string): string {
  return day.slice(0, 7);
}

export function quarterName(day: string): string {
  const month = Number(day.slice(5, 7));
  const quarter = month <= 3 ? 1 : month <= 6 ? 2 : month <= 9 ? 3 : 4;
  return `${day.slice(0, 4)}-Q${String(quarter)}`;
}

export function yearName(day: string): string {
  return day.slice(0, 4);
}

/** The last day of the month a day lies in. */
export function monthEnd(day: string): string {
  return later(`${monthName(monthsLater(day, 1))}-01`, -1);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
