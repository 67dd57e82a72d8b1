import { decimalsOf, type Currency } from './currency.js';
import { formatScaled, parseDecimal, powerOfTen, type Ratio } from './ratio.js';

/** An amount in whole minor units (cents) of its currency. */
export interface Money {
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

/** Amounts beyond this are a slip of the keyboard, not a deal: ten trillion euros. */
export const maxAmountMinor = 10n ** 15n;

export type AmountReading =
  | { readonly kind: 'amount'; readonly minor: Ratio }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'out-of-range' };

export type MoneyReading =
  | { readonly kind: 'money'; readonly money: Money }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'out-of-range' }
  | { readonly kind: 'too-many-decimals'; readonly decimals: number };

/**
 * What a decimal text in major units is worth in minor units, exactly: a CRM may hold more decimals than the currency has,
 * and rounding comes last.
 */
export function readAmount(text: string, currency: Currency): AmountReading {
  const major = parseDecimal(text);
  if (major === null) return { kind: 'unreadable' };
  const scale = powerOfTen(decimalsOf(currency));
  const minor = scaleUp(major, scale);
  const size = minor.numerator < 0n ? -minor.numerator : minor.numerator;
  return size > maxAmountMinor * minor.denominator ? { kind: 'out-of-range' } : { kind: 'amount', minor };
}

/** Reads an amount that must be payable: no more decimals than the currency has. */
export function parseMoney(text: string, currency: Currency): MoneyReading {
  const reading = readAmount(text, currency);
  if (reading.kind !== 'amount') return reading;
  const { numerator, denominator } = reading.minor;
  if (numerator % denominator !== 0n) return { kind: 'too-many-decimals', decimals: decimalsOf(currency) };
  return { kind: 'money', money: { amountMinor: numerator / denominator, currency } };
}

/** The amount in major units with the currency's decimals: `1234.50` for EUR, `1234` for JPY. */
export function formatAmount(amountMinor: bigint, currency: Currency): string {
  return formatScaled(amountMinor, decimalsOf(currency));
}

/** Keeps the fraction small where the text has no more decimals than the currency, which is nearly always. */
function scaleUp({ numerator, denominator }: Ratio, scale: bigint): Ratio {
  return scale % denominator === 0n
    ? { numerator: numerator * (scale / denominator), denominator: 1n }
    : { numerator: numerator * scale, denominator };
}
