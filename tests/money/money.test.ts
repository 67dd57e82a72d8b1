import type { Currency } from '../../src/money/currency.js';
import { formatAmount, maxAmountMinor, parseMoney, readAmount } from '../../src/money/money.js';

const eur = 'EUR' as Currency;
const jpy = 'JPY' as Currency;
const kwd = 'KWD' as Currency;

describe('amounts', () => {
  it.each([
    ['1234.5', eur, 123450n, '1234.50'],
    ['-0.05', eur, -5n, '-0.05'],
    ['1234', jpy, 1234n, '1234'],
    ['1234.00', jpy, 1234n, '1234'],
    ['0.001', kwd, 1n, '0.001'],
    ['900719925474.993', kwd, 900719925474993n, '900719925474.993'],
  ])('reads %s %s as %d minor units', (text, currency, amountMinor, written) => {
    expect(parseMoney(text, currency)).toEqual({ kind: 'money', money: { amountMinor, currency } });
    expect(formatAmount(amountMinor, currency)).toBe(written);
  });

  it('refuses a cent of a yen where an amount must be payable, and keeps it exactly where it is only a base', () => {
    expect(parseMoney('10.5', jpy)).toEqual({ kind: 'too-many-decimals', decimals: 0 });
    expect(readAmount('10.5', jpy)).toEqual({ kind: 'amount', minor: { numerator: 105n, denominator: 10n } });
  });

  it('refuses what is not a decimal number', () => {
    expect(parseMoney('1,000.00', eur)).toEqual({ kind: 'unreadable' });
    expect(readAmount('', eur)).toEqual({ kind: 'unreadable' });
  });

  it('takes ten trillion euros and not a cent more', () => {
    expect(parseMoney('10000000000000.00', eur)).toEqual({
      kind: 'money',
      money: { amountMinor: maxAmountMinor, currency: eur },
    });
    expect(parseMoney('10000000000000.01', eur)).toEqual({ kind: 'out-of-range' });
    expect(readAmount('-10000000000000.001', eur)).toEqual({ kind: 'out-of-range' });
  });
});
