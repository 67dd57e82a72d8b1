import type { Day } from '../../src/program/calendar.js';
import { defaultProgram } from '../../src/program/program.js';
import { ageingByOwner, answerBy, lateness } from '../../src/review/ageing.js';

const clock = {
  ...defaultProgram,
  timeZone: 'America/New_York',
  reviewBusinessDays: 2,
  holidays: ['2026-03-10' as Day],
};
const at = (text: string) => new Date(text);
const wait = (since: string, owner: string | null = null) => ({
  since: at(since),
  assigneeId: owner,
  assigneeName: owner,
});

describe('how long registrations have waited', () => {
  it('is counted from the day of the program on which they came in, in its working days', () => {
    // Friday, 23:30 in New York.
    expect(answerBy(at('2026-03-07T04:30:00Z'), clock)).toBe('2026-03-11');
  });

  it('is late on the weekend after the day they were due, but by one day only', () => {
    const [due, saturday, monday] = ['2026-03-06', '2026-03-07', '2026-03-09'] as Day[];
    expect(lateness(due as Day, due as Day, clock)).toBe(0);
    expect(lateness(due as Day, saturday as Day, clock)).toBe(1);
    expect(lateness(due as Day, monday as Day, clock)).toBe(1);
    expect(lateness(saturday as Day, due as Day, clock)).toBe(-1);
  });

  it('stands by owner, those that nobody took first', () => {
    const waits = [
      wait('2026-03-19T15:00:00Z', 'Ann'),
      wait('2026-03-16T15:00:00Z', 'Ann'),
      wait('2026-03-02T15:00:00Z', 'Bob'),
      wait('2026-03-17T15:00:00Z'),
    ];
    const rows = ageingByOwner(waits, clock, at('2026-03-19T16:00:00Z'));
    expect(rows.map(({ assignee, ...counts }) => [assignee?.name ?? 'nobody', counts])).toEqual([
      ['nobody', { ...none, waiting: 1, dueToday: 1, oldest: at('2026-03-17T15:00:00Z') }],
      ['Bob', { ...none, waiting: 1, lateMore: 1, oldest: at('2026-03-02T15:00:00Z') }],
      ['Ann', { ...none, waiting: 2, inTime: 1, lateUpToTwo: 1, oldest: at('2026-03-16T15:00:00Z') }],
    ]);
  });
});

const none = { inTime: 0, dueToday: 0, lateUpToTwo: 0, lateUpToFive: 0, lateMore: 0 };
