import { isCurrency, type Currency } from '../money/currency.js';
import { parseDecimal } from '../money/ratio.js';
import { isDay, type Day } from './calendar.js';

/** A sheet of rates as people send it: decimal texts by currency, for one unit of the base. */
export interface SheetText {
  readonly base: Currency;
  readonly day: Day;
  readonly rates: Readonly<Record<string, string>>;
}

export type SheetsReading =
  | { readonly kind: 'sheets'; readonly sheets: readonly SheetText[] }
  | { readonly kind: 'refused'; readonly line: number; readonly message: string };

/** Largest number of digits a rate may have before and after its point. */
const ratePattern = /^\d{1,12}(\.\d{1,12})?$/;
/** What the European Central Bank writes where a currency had no rate that day. */
const noRate = ['N/A', ''];

/** Whether the text is a rate: a decimal above zero. */
export function isRate(text: string): boolean {
  return ratePattern.test(text) && parseDecimal(text)?.numerator !== 0n;
}

/**
 * Reads the reference rates of the European Central Bank as it publishes them: `Date,USD,JPY,…` and a line for each day, one
 * euro each, `N/A` where there was none. Currencies that are no longer of ISO 4217 are left out.
 * @see https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates
 */
export function readEcbRates(text: string): SheetsReading {
  const [header = [], ...rows] = text.split(/\r?\n/).map((line) => line.split(',').map((cell) => cell.trim()));
  const [first, ...codes] = header;
  if (first !== 'Date') return refused(1, 'The first line must begin with Date and name a currency in each column.');
  const sheets: SheetText[] = [];
  for (const [index, cells] of rows.entries()) {
    const line = index + 2;
    const [written = '', ...values] = cells;
    if (written === '' && values.length === 0) continue;
    const day = dayOf(written);
    if (day === null) return refused(line, `Date is ${JSON.stringify(written)}; expected a day such as 2026-03-31.`);
    const rates: Record<string, string> = {};
    for (const [column, value] of values.entries()) {
      const code = codes[column] ?? '';
      if (noRate.includes(value) || !isCurrency(code)) continue;
      if (!isRate(value)) return refused(line, `${code} is ${JSON.stringify(value)}; expected a decimal above zero.`);
      rates[code] = value;
    }
    sheets.push({ base: 'EUR' as Currency, day, rates });
  }
  return { kind: 'sheets', sheets };
}

/** The daily file writes `31 March 2026`, the historical one `2026-03-31`. */
function dayOf(text: string): Day | null {
  if (isDay(text)) return text;
  const [, date = '', name = '', year = ''] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  const month = months.indexOf(name) + 1;
  const day = `${year}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

const months: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');

function refused(line: number, message: string): SheetsReading {
  return { kind: 'refused', line, message: `line ${String(line)}: ${message}` };
}
