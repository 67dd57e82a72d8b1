import { monthFigures, sumsOf, type OverviewFacts, type Sourced } from '../../src/desk/overview.js';
import type { Currency } from '../../src/money/currency.js';
import type { Period } from '../../src/program/calendar.js';

const eur = 'EUR' as Currency;
const months = ['2026-03', '2026-02'] as Period[];

const registration = (given: Partial<Sourced>): Sourced => ({
  status: 'approved',
  source: 'api',
  submittedAt: new Date('2026-03-02T09:00:00Z'),
  approvedAt: new Date('2026-03-03T09:00:00Z'),
  decidedAt: null,
  outcome: 'open',
  amount: '1000.00',
  currency: 'EUR',
  ...given,
});
const figures = (facts: Partial<OverviewFacts>) =>
  monthFigures({ months, timeZone: 'Europe/Berlin', registrations: [], wonDeals: [], earned: [], ...facts });

describe('the figures of a month', () => {
  it('count what came in, was approved and was rejected then, by the days of the program', () => {
    const late = new Date('2026-02-28T23:30:00Z');
    const [march, february] = figures({
      registrations: [
        // Half past midnight in Berlin: it is March there.
        registration({ submittedAt: late }),
        registration({ submittedAt: new Date('2026-02-10T09:00:00Z') }),
        registration({
          status: 'rejected',
          submittedAt: new Date('2026-02-11T09:00:00Z'),
          approvedAt: null,
          decidedAt: new Date('2026-02-12T09:00:00Z'),
        }),
      ],
    });
    expect(march).toMatchObject({ month: '2026-03', submitted: 1, approved: 2, rejected: 0 });
    expect(february).toMatchObject({ month: '2026-02', submitted: 2, approved: 0, rejected: 1 });
  });

  it('say within how many hours half of them were answered, imported ones left out', () => {
    const answered = (hours: number, source = 'api') =>
      registration({ source, approvedAt: new Date(Date.UTC(2026, 2, 2, 9 + hours, 30)) });
    const [march, february] = figures({
      registrations: [answered(1), answered(30), answered(4), answered(0, 'import')],
    });
    expect(march?.answerHours).toBe(4);
    expect(february?.answerHours).toBeNull();
  });

  it('add up money by currency, never across, and to the cent', () => {
    const [march] = figures({
      registrations: [
        registration({ amount: '0.10' }),
        registration({ amount: '0.20' }),
        registration({ amount: '500', currency: 'JPY' }),
        registration({ amount: null }),
      ],
    });
    expect(march?.pipeline).toEqual([
      { currency: eur, amountMinor: 30n },
      { currency: 'JPY', amountMinor: 500n },
    ]);
    expect(sumsOf([{ amount: '99999999999.99', currency: 'USD' }])).toEqual([
      { currency: 'USD', amountMinor: 9_999_999_999_999n },
    ]);
  });

  it('count a win in the month it was won, whenever it was registered, and what it cost', () => {
    const [march, february] = figures({
      wonDeals: [
        { wonAt: new Date('2026-03-31T21:59:00Z'), amount: '10000.00', currency: 'EUR' },
        { wonAt: new Date('2026-03-31T22:01:00Z'), amount: '5.00', currency: 'EUR' },
      ],
      earned: [
        { period: months[0]!, currency: eur, amountMinor: 123_456n },
        { period: months[1]!, currency: eur, amountMinor: -50n },
      ],
    });
    expect(march).toMatchObject({ won: 1, revenue: [{ currency: eur, amountMinor: 1_000_000n }] });
    expect(march?.cost).toEqual([{ currency: 'EUR', permille: 123n }]);
    expect(february).toMatchObject({ won: 0, commission: [{ currency: eur, amountMinor: -50n }], cost: [] });
  });

  it('say no share where partners are paid in another currency than the deals are in', () => {
    const [march] = figures({
      wonDeals: [
        { wonAt: new Date('2026-03-10T09:00:00Z'), amount: '10000.00', currency: 'EUR' },
        { wonAt: new Date('2026-03-10T09:00:00Z'), amount: '100000.00', currency: 'USD' },
      ],
      earned: [{ period: months[0]!, currency: eur, amountMinor: 1_020_000n }],
    });
    expect(march?.cost).toEqual([]);
  });

  it('tell how those approved then stand by now', () => {
    const [march] = figures({
      registrations: [
        registration({ outcome: 'won' }),
        registration({ outcome: 'lost' }),
        registration({ outcome: 'won' }),
        registration({}),
      ],
    });
    expect(march?.cohort).toEqual({ won: 2, lost: 1, open: 1 });
  });
});
