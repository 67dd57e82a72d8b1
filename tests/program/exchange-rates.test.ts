import type { Currency } from '../../src/money/currency.js';
import { formatRatio, parseDecimal, ratio } from '../../src/money/ratio.js';
import type { Day } from '../../src/program/calendar.js';
import { rateOn, type RateSheet } from '../../src/program/exchange-rates.js';

const euro = 'EUR' as Currency;

/** The euro in other currencies, as published for a day. */
function sheet(day: string, rates: Readonly<Record<string, string>>, base = euro): RateSheet {
  const parsed = Object.entries(rates).map(
    ([code, text]) => [code as Currency, parseDecimal(text) ?? ratio(0n)] as const,
  );
  return { base, day: day as Day, rates: new Map(parsed) };
}

const sheets = [
  sheet('2026-03-05', { USD: '1.10', GBP: '0.88' }),
  sheet('2026-03-06', { USD: '1.25', JPY: '160' }),
  sheet('2026-03-09', { USD: '1.20', GBP: '0.80' }),
];
const found = (from: string, to: string, day: string): readonly string[] => {
  const rate = rateOn(sheets, from as Currency, to as Currency, day as Day);
  return rate === null ? [] : [formatRatio(rate.rate), rate.day];
};

describe('the rate of a day', () => {
  it.each([
    ['EUR', 'USD', '2026-03-06', ['1.25', '2026-03-06']],
    ['USD', 'EUR', '2026-03-06', ['0.8', '2026-03-06']],
  ])('is the one published for it: from %s to %s', (from, to, day, rate) => {
    expect(found(from, to, day)).toEqual(rate);
  });

  it('is the last one published before a weekend', () => {
    expect(found('EUR', 'USD', '2026-03-08')).toEqual(['1.25', '2026-03-06']);
  });

  it('passes over a sheet on which one of the two is missing', () => {
    expect(found('EUR', 'GBP', '2026-03-08')).toEqual(['0.88', '2026-03-05']);
    expect(found('GBP', 'USD', '2026-03-08')).toEqual(['1.25', '2026-03-05']);
  });

  it('goes through the base exactly where neither currency is it', () => {
    expect(found('USD', 'GBP', '2026-03-09')).toEqual(['2/3', '2026-03-09']);
  });

  it('is not known before the first sheet, and not for a currency that is on none', () => {
    expect(found('EUR', 'USD', '2026-03-04')).toEqual([]);
    expect(found('EUR', 'CHF', '2026-03-09')).toEqual([]);
  });
});
