import type { Ratio } from './ratio.js';

/**
 * What happens to exactly half a minor unit. `half-even` goes to the even neighbour and favours nobody over many lines;
 * `half-up` goes away from zero, as people expect. Both treat a taking-back as the mirror of the giving.
 */
export const roundingModes = ['half-even', 'half-up'] as const;
export type RoundingMode = (typeof roundingModes)[number];

/** The nearest whole number. */
export function round({ numerator, denominator }: Ratio, mode: RoundingMode): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  const twice = remainder < 0n ? -2n * remainder : 2n * remainder;
  const isHalf = twice === denominator;
  const awayFromZero = isHalf ? mode === 'half-up' || quotient % 2n !== 0n : twice > denominator;
  if (!awayFromZero) return quotient;
  return numerator < 0n ? quotient - 1n : quotient + 1n;
}
