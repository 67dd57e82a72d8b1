import { addDays, weekdayOf, type Day, type Weekday } from './calendar.js';

/** On which days the vendor's people work. */
export interface WorkCalendar {
  readonly workingWeekdays: readonly Weekday[];
  readonly holidays: readonly Day[];
}

/** `days` working days later. A day off counts as the end of the last working day before it. */
export function addWorkingDays(day: Day, days: number, calendar: WorkCalendar): Day {
  let reached = day;
  for (let left = days; left > 0;) {
    reached = addDays(reached, 1);
    if (isWorkingDay(reached, calendar)) left -= 1;
  }
  return reached;
}

/** How many working days lie after `from`, up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(from: Day, to: Day, calendar: WorkCalendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar);
  let days = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) days += 1;
  }
  return days;
}

export function isWorkingDay(day: Day, { workingWeekdays, holidays }: WorkCalendar): boolean {
  return workingWeekdays.includes(weekdayOf(day)) && !holidays.includes(day);
}
