import type { Day } from '../../src/program/calendar.js';
import { defaultProgram } from '../../src/program/program.js';
import {
  addWorkingDays,
  isWorkingDay,
  workingDaysBetween,
  type WorkCalendar,
} from '../../src/program/work-calendar.js';

const d = (text: string) => text as Day;
const gulf: WorkCalendar = { workingWeekdays: ['sun', 'mon', 'tue', 'wed', 'thu'], holidays: [] };
const easter: WorkCalendar = { ...defaultProgram, holidays: [d('2026-04-03'), d('2026-04-06')] };

describe('working days', () => {
  it('leave out the weekend, also when the clock starts on one', () => {
    expect(addWorkingDays(d('2026-03-05'), 2, defaultProgram)).toBe('2026-03-09');
    expect(addWorkingDays(d('2026-03-07'), 1, defaultProgram)).toBe('2026-03-09');
  });

  it('leave out the holidays of the program', () => {
    expect(addWorkingDays(d('2026-04-02'), 1, easter)).toBe('2026-04-07');
    expect(isWorkingDay(d('2026-04-03'), easter)).toBe(false);
  });

  it('follow the week of the program, where Friday and Saturday are off', () => {
    expect(addWorkingDays(d('2026-03-05'), 1, gulf)).toBe('2026-03-08');
  });

  it('are counted between two days, the last one included', () => {
    expect(workingDaysBetween(d('2026-04-02'), d('2026-04-08'), easter)).toBe(2);
    expect(workingDaysBetween(d('2026-04-08'), d('2026-04-02'), easter)).toBe(-2);
    expect(workingDaysBetween(d('2026-04-03'), d('2026-04-06'), easter)).toBe(0);
  });
});
