import { dayIn, type Day } from '../program/calendar.js';
import { addWorkingDays, workingDaysBetween, type WorkCalendar } from '../program/work-calendar.js';

/** The settings a deadline follows. */
export interface ReviewClock extends WorkCalendar {
  readonly timeZone: string;
  readonly reviewBusinessDays: number;
}

/** The day by which what waits since a moment should be answered. */
export function answerBy(since: Date, clock: ReviewClock): Day {
  return addWorkingDays(dayIn(since, clock.timeZone), clock.reviewBusinessDays, clock);
}

export interface Wait {
  readonly since: Date;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
}

/** How long one person's registrations have waited, counted by working days after the day they were due. */
export interface Ageing {
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly waiting: number;
  readonly inTime: number;
  readonly dueToday: number;
  readonly lateUpToTwo: number;
  readonly lateUpToFive: number;
  readonly lateMore: number;
  readonly oldest: Date;
}

const [short, long] = [2, 5];

/** What waits, by whom it waits for: those that nobody took first, then who lets wait longest. */
export function ageingByOwner(waits: readonly Wait[], clock: ReviewClock, now: Date): readonly Ageing[] {
  const owners = new Set(waits.map(({ assigneeId }) => assigneeId));
  return [...owners]
    .map((owner) => waits.filter(({ assigneeId }) => assigneeId === owner))
    .map((own) => ageingOf(own, clock, dayIn(now, clock.timeZone)))
    .sort(
      (a, b) => Number(a.assignee !== null) - Number(b.assignee !== null) || a.oldest.getTime() - b.oldest.getTime(),
    );
}

function ageingOf(waits: readonly Wait[], clock: ReviewClock, today: Day): Ageing {
  const late = waits.map(({ since }) => lateness(answerBy(since, clock), today, clock));
  const count = (from: number, to: number): number => late.filter((days) => days >= from && days <= to).length;
  const [first] = waits;
  const { assigneeId = null, assigneeName = null } = first ?? {};
  return {
    assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? assigneeId },
    waiting: waits.length,
    inTime: count(Number.NEGATIVE_INFINITY, -1),
    dueToday: count(0, 0),
    lateUpToTwo: count(1, short),
    lateUpToFive: count(short + 1, long),
    lateMore: count(long + 1, Number.POSITIVE_INFINITY),
    oldest: new Date(Math.min(...waits.map(({ since }) => since.getTime()))),
  };
}

/** Working days since the day something was due: below zero before it, 0 on it, and at least 1 on any later day. */
export function lateness(due: Day, today: Day, calendar: WorkCalendar): number {
  const days = workingDaysBetween(due, today, calendar);
  if (today > due) return Math.max(days, 1);
  return today < due ? Math.min(days, -1) : 0;
}
