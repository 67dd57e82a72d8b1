import type { Period } from '../../src/program/calendar.js';
import { dayShownAt, startOfPeriod, type ZoneSpan } from '../../src/program/zone-history.js';

const march = '2026-03' as Period;
const april = '2026-04' as Period;
const always = (timeZone: string): ZoneSpan => ({ timeZone, from: null });
const since = (moment: string, timeZone: string): ZoneSpan => ({ timeZone, from: new Date(moment) });
const startOf = (period: Period, ...zones: readonly ZoneSpan[]): string => startOfPeriod(zones, period).toISOString();

describe('the start of a month', () => {
  it('is midnight in the zone of the program', () => {
    expect(startOf(april, always('UTC'))).toBe('2026-04-01T00:00:00.000Z');
    expect(startOf(april, always('Europe/Berlin'))).toBe('2026-03-31T22:00:00.000Z');
    expect(startOf(march, always('Europe/Berlin'))).toBe('2026-02-28T23:00:00.000Z');
  });

  it('does not move when the zone is changed after it', () => {
    const changed = [always('Europe/Berlin'), since('2026-05-10T12:00:00Z', 'America/New_York')];
    expect(startOf(april, ...changed)).toBe('2026-03-31T22:00:00.000Z');
    expect(startOf('2026-06' as Period, ...changed)).toBe('2026-06-01T04:00:00.000Z');
  });

  it('has passed for good, even where the new zone is still in the month before', () => {
    const backwards = [always('Asia/Tokyo'), since('2026-03-31T15:30:00Z', 'America/Los_Angeles')];
    expect(startOf(april, ...backwards)).toBe('2026-03-31T15:00:00.000Z');
    expect(dayShownAt(backwards, new Date('2026-03-31T15:10:00Z'))).toBe('2026-04-01');
    expect(dayShownAt(backwards, new Date('2026-03-31T15:40:00Z'))).toBe('2026-03-31');
  });

  it('is the change itself where the new zone is in the month already', () => {
    const forwards = [always('America/Los_Angeles'), since('2026-03-31T20:00:00Z', 'Asia/Tokyo')];
    expect(startOf(april, ...forwards)).toBe('2026-03-31T20:00:00.000Z');
  });
});
