import { isRate, readEcbRates } from '../../src/program/rate-sheet-text.js';

describe('the reference rates of the European Central Bank', () => {
  it('are read from the historical file, one sheet a day, without what had no rate', () => {
    const text = 'Date,USD,JPY,CYP,\n2026-03-06,1.0856,162.31,N/A,\n2026-03-05,1.0812,N/A,N/A,\n';
    expect(readEcbRates(text)).toEqual({
      kind: 'sheets',
      sheets: [
        { base: 'EUR', day: '2026-03-06', rates: { USD: '1.0856', JPY: '162.31' } },
        { base: 'EUR', day: '2026-03-05', rates: { USD: '1.0812' } },
      ],
    });
  });

  it('are read from the daily file, which writes its day and its spaces differently', () => {
    expect(readEcbRates('Date, USD, JPY, \r\n6 March 2026, 1.0856, 162.31, \r\n')).toEqual({
      kind: 'sheets',
      sheets: [{ base: 'EUR', day: '2026-03-06', rates: { USD: '1.0856', JPY: '162.31' } }],
    });
  });

  it.each([
    ['<html>', 'line 1: The first line must begin with Date and name a currency in each column.'],
    ['Date,USD\n2026-02-30,1.1', 'line 2: Date is "2026-02-30"; expected a day such as 2026-03-31.'],
    ['Date,USD\n2026-03-06,1.1\n2026-03-05,-1', 'line 3: USD is "-1"; expected a decimal above zero.'],
  ])('are refused with the line that is wrong: %j', (text, message) => {
    expect(readEcbRates(text)).toMatchObject({ kind: 'refused', message });
  });

  it.each([
    ['1', true],
    ['0.000001', true],
    ['0', false],
    ['0.0', false],
    ['-1', false],
    ['1e3', false],
    ['1,5', false],
    ['1234567890123', false],
  ])('%s is a rate: %s', (text, expected) => {
    expect(isRate(text)).toBe(expected);
  });
});
