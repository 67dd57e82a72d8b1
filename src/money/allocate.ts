import type { Ratio } from './ratio.js';

/**
 * Divides a whole number of minor units by weights so that the parts sum to the whole: each part is rounded towards zero and
 * what is left goes, one unit each, to the largest remainders; of equal remainders the earlier weight is served first.
 * @param totalMinor may be negative: taking back is the mirror of giving
 * @param weights at least one, none negative, not all zero
 * @throws RangeError when the weights are not of that kind
 */
export function allocate(totalMinor: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole <= 0n || weights.some((weight) => weight < 0n)) {
    throw new RangeError('weights must not be negative and must sum to more than zero');
  }
  const size = totalMinor < 0n ? -totalMinor : totalMinor;
  const unit = totalMinor < 0n ? -1n : 1n;
  const shares = weights.map((weight, index) => ({
    index,
    part: (size * weight) / whole,
    remainder: (size * weight) % whole,
  }));
  const left = size - shares.reduce((sum, share) => sum + share.part, 0n);
  const served = new Set(
    [...shares]
      .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
      .slice(0, Number(left))
      .map((share) => share.index),
  );
  return shares.map((share) => unit * (served.has(share.index) ? share.part + 1n : share.part));
}

/** Shares as whole numbers in the same proportion: weights to allocate by. */
export function wholeNumbers(shares: readonly Ratio[]): bigint[] {
  const common = shares.reduce((product, { denominator }) => product * denominator, 1n);
  return shares.map(({ numerator, denominator }) => (numerator * common) / denominator);
}
