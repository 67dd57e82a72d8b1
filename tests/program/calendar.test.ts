import {
  addDays,
  compareDays,
  dayIn,
  daysBetween,
  isDay,
  isPeriod,
  isTimeZone,
  lastWholeMonth,
  periodOf,
  startOfDayIn,
  type Day,
} from '../../src/program/calendar.js';
import fc from 'fast-check';

const d = (text: string): Day => {
  if (!isDay(text)) throw new TypeError(`not a day: ${text}`);
  return text;
};

describe('the calendar of a program', () => {
  it.each([
    ['2026-03-31T21:59:59.999Z', 'Europe/Berlin', '2026-03-31'],
    ['2026-03-31T22:00:00.000Z', 'Europe/Berlin', '2026-04-01'],
    ['2026-01-01T04:59:59Z', 'America/New_York', '2025-12-31'],
    ['2026-07-01T12:00:00Z', 'Pacific/Kiritimati', '2026-07-02'],
    ['2026-07-01T10:00:00Z', 'Pacific/Pago_Pago', '2026-06-30'],
    ['2026-07-01T18:30:00Z', 'Asia/Kolkata', '2026-07-02'],
    ['2026-02-28T23:59:59Z', 'UTC', '2026-02-28'],
  ])('takes a win at %s in %s as won on %s', (instant, zone, expected) => {
    expect(dayIn(new Date(instant), zone)).toBe(expected);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '26-01-01',
    '2026-04-31',
    '2026-01-01T00:00',
    '',
    '٢٠٢٦-٠١-٠١',
  ])('does not take %p for a day', (text) => {
    expect(isDay(text)).toBe(false);
  });

  it('knows leap days and months', () => {
    expect(isDay('2028-02-29')).toBe(true);
    expect(isPeriod('2026-12')).toBe(true);
    expect(isPeriod('2026-13')).toBe(false);
    expect(periodOf(d('2026-12-31'))).toBe('2026-12');
  });

  it('counts days over summer time, month ends and leap days', () => {
    expect(addDays(d('2026-03-28'), 2)).toBe('2026-03-30');
    expect(addDays(d('2028-02-28'), 1)).toBe('2028-02-29');
    expect(addDays(d('2026-01-01'), -1)).toBe('2025-12-31');
    expect(daysBetween(d('2026-03-01'), d('2026-04-01'))).toBe(31);
    expect([d('2026-02-01'), d('2025-02-01'), d('2026-02-01')].sort(compareDays)).toEqual([
      '2025-02-01',
      '2026-02-01',
      '2026-02-01',
    ]);
  });

  it('finds the first moment of a day, also where midnight does not exist', () => {
    expect(startOfDayIn(d('2026-03-29'), 'Europe/Berlin').toISOString()).toBe('2026-03-28T23:00:00.000Z');
    expect(startOfDayIn(d('2018-11-04'), 'America/Sao_Paulo').toISOString()).toBe('2018-11-04T03:00:00.000Z');
  });

  it('agrees with itself: the first moment of a day lies in that day and the moment before does not', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), zones, (offset, zone) => {
        const day = addDays(d('1990-01-01'), offset);
        const start = startOfDayIn(day, zone);
        expect(dayIn(start, zone)).toBe(day);
        expect(dayIn(new Date(start.getTime() - 1), zone)).toBe(addDays(day, -1));
      }),
    );
  });

  it.each([
    ['2026-03-01', '2026-02-01', '2026-02-28'],
    ['2026-01-31', '2025-12-01', '2025-12-31'],
  ])('knows on %s the last whole month from %s to %s', (today, from, to) => {
    expect(lastWholeMonth(d(today))).toEqual({ from, to });
  });

  it('takes names of the IANA database for time zones and nothing else', () => {
    expect(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'].every(isTimeZone)).toBe(true);
    expect(['', '+01:00', 'Berlin', 'Europe/Atlantis', 'CEST5'].some(isTimeZone)).toBe(false);
  });
});
