/** Ten percent of a deal's amount, computed anew by other means than the product's: on the digits of the text. */
export function tenPercent(amount: string | null | undefined, currency: string | null | undefined): bigint {
  if (amount == null || amount === '' || currency == null || currency === '') return 0n;
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
  const units = BigInt(whole + fraction);
  if (amount.startsWith('-') || units === 0n) return 0n;
  // amount × 10^decimals / 10 = units × 10^decimals / 10^(digits behind the point + 1)
  const numerator = units * 10n ** BigInt(decimals[currency] ?? 2);
  const denominator = 10n ** BigInt(fraction.length + 1);
  const [floor, rest] = [numerator / denominator, (numerator % denominator) * 2n];
  const goesUp = rest > denominator || (rest === denominator && floor % 2n === 1n);
  return goesUp ? floor + 1n : floor;
}

const decimals: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };

/** `1234.50` in EUR is 123450, `12` in JPY is 12. */
export function minorUnits(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}
