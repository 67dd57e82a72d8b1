import fc from 'fast-check';
import { compareRatios, formatRatio, multiply, parseDecimal, ratio } from '../../src/money/ratio.js';

describe('exact ratios', () => {
  it.each([
    ['12.50', '12.5'],
    ['-0.125', '-0.125'],
    ['+7', '7'],
    ['0.1', '0.1'],
    ['000.10', '0.1'],
    ['-0', '0'],
  ])('reads %s and writes it as %s', (text, written) => {
    expect(formatRatio(parseDecimal(text)!)).toBe(written);
  });

  it.each(['', ' 1', '1,5', '1e3', '.5', '5.', '0x10', 'NaN', '--1', '1'.repeat(41)])('does not read %p', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it('writes a fraction without a finite decimal in lowest terms', () => {
    expect(formatRatio(ratio(-20n, 60n))).toBe('-1/3');
  });

  it('has no ratio over zero', () => {
    expect(() => ratio(1n, 0n)).toThrow(RangeError);
  });

  it('multiplies without losing anything, whatever the decimals', () => {
    const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 18 }));
    fc.assert(
      fc.property(decimal, decimal, ([a, aDecimals], [b, bDecimals]) => {
        const product = multiply(ratio(a, 10n ** BigInt(aDecimals)), ratio(b, 10n ** BigInt(bDecimals)));
        expect(compareRatios(product, ratio(a * b, 10n ** BigInt(aDecimals + bDecimals)))).toBe(0);
        expect(compareRatios(parseDecimal(formatRatio(product)) ?? ratio(0n), product)).toBe(0);
      }),
    );
  });
});
