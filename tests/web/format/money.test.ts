import { money } from '../../../src/web/format/money.js';

describe('an amount', () => {
  it.each([
    ['en-GB', '1200.00', 'EUR', '€1,200.00'],
    ['de-DE', '1200.00', 'EUR', '1.200,00\u00a0€'],
    ['en-GB', '-0.05', 'EUR', '-€0.05'],
    ['en-GB', '1500', 'JPY', 'JP¥1,500'],
    ['en-GB', '1.234', 'KWD', 'KWD\u00a01.234'],
    // Larger than a floating number can hold to the cent.
    ['en-GB', '9007199254740993.01', 'EUR', '€9,007,199,254,740,993.01'],
  ])('is written in %s to the last digit', (locale, amount, currency, text) => {
    expect(money(locale, amount, currency)).toBe(text);
  });

  it('is shown as it came when it is no decimal number', () => {
    expect(money('en-GB', 'n/a', 'EUR')).toBe('n/a EUR');
  });
});
