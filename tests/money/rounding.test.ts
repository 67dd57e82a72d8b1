import fc from 'fast-check';
import { ratio } from '../../src/money/ratio.js';
import { round, roundingModes } from '../../src/money/rounding.js';

describe('rounding to a whole minor unit', () => {
  it.each([
    // tenths, half-even, half-up
    [25n, 2n, 3n],
    [35n, 4n, 4n],
    [5n, 0n, 1n],
    [-5n, 0n, -1n],
    [-25n, -2n, -3n],
    [-35n, -4n, -4n],
    [24n, 2n, 2n],
    [26n, 3n, 3n],
    [-26n, -3n, -3n],
    [30n, 3n, 3n],
    [0n, 0n, 0n],
  ])('takes %d tenths to %d by half-even and to %d by half-up', (tenths, halfEven, halfUp) => {
    expect(round(ratio(tenths, 10n), 'half-even')).toBe(halfEven);
    expect(round(ratio(tenths, 10n), 'half-up')).toBe(halfUp);
  });

  it('is never off by more than half a unit, and takes back exactly what it gave', () => {
    const numerator = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
    const denominator = fc.bigInt({ min: 1n, max: 10n ** 9n });
    fc.assert(
      fc.property(numerator, denominator, fc.constantFrom(...roundingModes), (top, bottom, mode) => {
        const rounded = round(ratio(top, bottom), mode);
        const twiceOff = 2n * (rounded * bottom - top);
        expect(twiceOff <= bottom && twiceOff >= -bottom).toBe(true);
        expect(round(ratio(-top, bottom), mode)).toBe(-rounded);
      }),
    );
  });
});
