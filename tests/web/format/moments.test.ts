import {
  day,
  dayOfMoment,
  daysUntil,
  endOfDay,
  inDays,
  lastDayOf,
  latestMonths,
  moment,
  month,
  startOfDay,
} from '../../../src/web/format/moments.js';

describe('a moment', () => {
  it('is shown in the time zone of the program, where it may be another day', () => {
    expect(moment('en-GB', 'Europe/Berlin', '2026-03-31T22:30:00Z')).toBe('1 Apr 2026, 00:30');
    expect(dayOfMoment('de-DE', 'America/New_York', '2026-04-01T02:30:00Z')).toBe('31.03.2026');
  });
});

describe('a day', () => {
  it('is the same wherever it is read', () => {
    expect(day('en-GB', '2026-01-01')).toBe('1 Jan 2026');
    expect(month('de-DE', '2026-03')).toBe('März 2026');
  });

  it.each([
    ['2026-03-10T22:59:00Z', '2026-03-11', 1],
    ['2026-03-10T23:01:00Z', '2026-03-11', 0],
    ['2026-03-12T12:00:00Z', '2026-03-11', -1],
    // The clocks go forward on the 29th.
    ['2026-03-28T12:00:00Z', '2026-03-30', 2],
  ])('seen at %s in Berlin, %s is %d days away', (now, until, days) => {
    expect(daysUntil('Europe/Berlin', new Date(now), until)).toBe(days);
  });
});

describe('how long something lasts', () => {
  it.each([
    ['en-GB', 90, 'in 90 days'],
    ['en-GB', 1, 'tomorrow'],
    ['de-DE', 0, 'heute'],
    ['de-DE', 90, 'in 90 Tagen'],
  ])('is said in %s for %d days as a person would', (locale, days, words) => {
    expect(inDays(locale, days)).toBe(words);
  });
});

describe('the latest months', () => {
  it('begin with the one that runs in the program’s time zone, over the turn of a year', () => {
    expect(latestMonths('Europe/Berlin', new Date('2026-01-31T23:30:00Z'), 3)).toEqual([
      '2026-02',
      '2026-01',
      '2025-12',
    ]);
  });
});

describe('a day in the program’s time zone', () => {
  it.each([
    ['Europe/Berlin', '2026-03-10', '2026-03-09T23:00:00.000Z', '2026-03-10T23:00:00.000Z'],
    // The clocks go forward on this day, which has 23 hours, and back on the other one, which has 25.
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    ['UTC', '2026-12-31', '2026-12-31T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ])('in %s, %s begins at %s and has ended at %s', (timeZone, text, start, end) => {
    expect(startOfDay(timeZone, text)).toBe(start);
    expect(endOfDay(timeZone, text)).toBe(end);
  });

  it('is none where something else was typed, or the year is not whole yet', () => {
    for (const text of ['soon', '0002-03-15', '0202-03-15']) {
      expect([startOfDay('Europe/Berlin', text), endOfDay('Europe/Berlin', text)]).toEqual([null, null]);
    }
    expect(startOfDay('UTC', 'soon')).toBeNull();
    expect(endOfDay('UTC', '')).toBeNull();
  });
});

describe('the last day of a month', () => {
  it('is known of short months, of leap years and of December', () => {
    expect(['2026-02', '2028-02', '2026-12'].map(lastDayOf)).toEqual(['2026-02-28', '2028-02-29', '2026-12-31']);
  });
});
