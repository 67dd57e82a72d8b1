import { decimalsOf, isCurrency, type Currency } from '../../src/money/currency.js';

describe('currencies', () => {
  it.each([
    ['EUR', 2],
    ['USD', 2],
    ['MGA', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['XPF', 0],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
  ])('gives %s %i decimals, as ISO 4217 does', (code, decimals) => {
    expect(isCurrency(code)).toBe(true);
    expect(decimalsOf(code as Currency)).toBe(decimals);
  });

  it.each(['XXX', 'XAU', 'eur', 'EURO', '', 'constructor'])('does not take %p for a currency', (code) => {
    expect(isCurrency(code)).toBe(false);
  });
});
