import fc from 'fast-check';
import { allocate } from '../../src/money/allocate.js';

describe('dividing an amount', () => {
  it('gives the cent that is left to the first of equals', () => {
    expect(allocate(1000n, [1n, 1n, 1n])).toEqual([334n, 333n, 333n]);
  });

  it('gives what is left to the largest remainders', () => {
    expect(allocate(101n, [50n, 25n, 25n])).toEqual([51n, 25n, 25n]);
    expect(allocate(100n, [1n, 2n, 3n])).toEqual([17n, 33n, 50n]);
  });

  it('takes back as it gave', () => {
    expect(allocate(-1000n, [1n, 1n, 1n])).toEqual([-334n, -333n, -333n]);
  });

  it.each([[[]], [[0n, 0n]], [[1n, -1n, 5n]]])('refuses the weights %p', (weights) => {
    expect(() => allocate(10n, weights)).toThrow(RangeError);
  });

  it('always divides the whole, each part at most one unit from its share', () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 12 })
      .filter((all) => all.some((weight) => weight > 0n));
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), weights, (total, parts) => {
        const whole = parts.reduce((sum, weight) => sum + weight, 0n);
        const allocated = allocate(total, parts);
        expect(allocated.reduce((sum, part) => sum + part, 0n)).toBe(total);
        allocated.forEach((part, index) => {
          const off = part * whole - total * (parts[index] ?? 0n);
          expect(off < whole && off > -whole).toBe(true);
        });
      }),
    );
  });
});
