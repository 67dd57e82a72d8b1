/** An exact fraction. The denominator is positive; the fraction need not be in lowest terms. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const decimalPattern = /^([+-]?)(\d{1,40})(?:\.(\d{1,40}))?$/;
const powersOfTen: readonly bigint[] = Array.from({ length: 41 }, (_, exponent) => 10n ** BigInt(exponent));

/** @param exponent a whole number that is not negative */
export function powerOfTen(exponent: number): bigint {
  return powersOfTen[exponent] ?? 10n ** BigInt(exponent);
}

/** The fraction `numerator / denominator`. @throws RangeError when the denominator is not positive */
export function ratio(numerator: bigint, denominator = 1n): Ratio {
  if (denominator <= 0n) throw new RangeError('the denominator of a ratio must be positive');
  return { numerator, denominator };
}

/** The exact value of a decimal text such as `-12.50`; null when it is not one. Exponents and separators are refused. */
export function parseDecimal(text: string): Ratio | null {
  const match = decimalPattern.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return { numerator: sign === '-' ? -digits : digits, denominator: powerOfTen(fraction.length) };
}

/** The exact product. */
export function multiply(a: Ratio, b: Ratio): Ratio {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** The exact sum. */
export function add(a: Ratio, b: Ratio): Ratio {
  if (a.denominator === b.denominator) return { numerator: a.numerator + b.numerator, denominator: a.denominator };
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

/** The exact difference. */
export function subtract(a: Ratio, b: Ratio): Ratio {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareRatios(a: Ratio, b: Ratio): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * The value as text, exactly: a decimal such as `12.5` where there is a finite one, otherwise a fraction in lowest terms such
 * as `1/3`.
 */
export function formatRatio(value: Ratio): string {
  const { numerator, denominator } = lowestTerms(value);
  const decimals = finiteDecimals(denominator);
  if (decimals === null) return `${String(numerator)}/${String(denominator)}`;
  return formatScaled((numerator * powerOfTen(decimals)) / denominator, decimals);
}

/** `scaled / 10^decimals` as a decimal text with exactly that many decimals. */
export function formatScaled(scaled: bigint, decimals: number): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(decimals + 1, '0');
  const sign = scaled < 0n ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The same value in lowest terms. */
export function lowestTerms({ numerator, denominator }: Ratio): Ratio {
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/** How many decimals `1 / denominator` has, or null when it never ends; the denominator is in lowest terms. */
function finiteDecimals(denominator: bigint): number | null {
  const twos = timesDivisible(denominator, 2n);
  const fives = timesDivisible(denominator, 5n);
  const isFinite = 2n ** BigInt(twos) * 5n ** BigInt(fives) === denominator;
  return isFinite ? Math.max(twos, fives) : null;
}

function timesDivisible(value: bigint, divisor: bigint): number {
  let times = 0;
  for (let rest = value; rest % divisor === 0n; rest /= divisor) times += 1;
  return times;
}
