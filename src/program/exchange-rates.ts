import type { Currency } from '../money/currency.js';
import { ratio, type Ratio } from '../money/ratio.js';
import type { Day } from './calendar.js';

/** What one unit of `base` is worth in each currency, as published for a day. */
export interface RateSheet {
  readonly base: Currency;
  readonly day: Day;
  /** Each above zero. */
  readonly rates: ReadonlyMap<Currency, Ratio>;
}

export interface ExchangeRate {
  /** Units of the target for one unit of the source, exactly. */
  readonly rate: Ratio;
  /** The day it was published for. */
  readonly day: Day;
}

/**
 * The rate from one currency into another on a day: of the sheets on or before it that know both, the latest (design section
 * 3, "Exchange"). Two currencies that are both no base are exchanged through it, without rounding on the way.
 */
export function rateOn(sheets: readonly RateSheet[], from: Currency, to: Currency, day: Day): ExchangeRate | null {
  let latest: ExchangeRate | null = null;
  for (const sheet of sheets) {
    if (sheet.day > day || (latest !== null && sheet.day <= latest.day)) continue;
    const [source, target] = [perBase(sheet, from), perBase(sheet, to)];
    if (source === null || target === null) continue;
    const rate = ratio(target.numerator * source.denominator, target.denominator * source.numerator);
    latest = { rate, day: sheet.day };
  }
  return latest;
}

const one = ratio(1n);

function perBase(sheet: RateSheet, currency: Currency): Ratio | null {
  return currency === sheet.base ? one : (sheet.rates.get(currency) ?? null);
}
