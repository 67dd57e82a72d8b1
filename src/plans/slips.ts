import { decimalsOf, isCurrency } from '../money/currency.js';
import { parseMoney } from '../money/money.js';
import { parseDecimal } from '../money/ratio.js';
import { isDay } from '../program/calendar.js';

/** What people write where a plan expects something else, and what they mean by it: `50EUR`, `10 %`, `1.1.2026`. */
type Slip = (written: unknown) => string | null;

/** An expectation, and what was probably meant where that can be told. */
export function expecting(words: string, slip: Slip): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => withSlip(words, slip, input);
}

export function withSlip(words: string, slip: Slip, written: unknown): string {
  const meant = slip(written);
  return meant === null ? words : `${words} (${meant})`;
}

export function didYouMean(meant: string): string {
  return `did you mean ${meant}?`;
}

const symbols: Partial<Record<string, string>> = { '€': 'EUR', '£': 'GBP', EURO: 'EUR', EUROS: 'EUR' };

export const slipOfSlug: Slip = (written) => {
  if (typeof written !== 'string') return null;
  const meant = written
    .trim()
    .toLowerCase()
    .replace(/[\s_.]+/g, '-');
  return /^[a-z0-9][a-z0-9-]{0,59}$/.test(meant) ? didYouMean(meant) : null;
};

/** A name of digits alone, which is read as a number. */
export const slipOfName: Slip = (written) =>
  typeof written === 'number' ? didYouMean(`"${String(written)}", in quotes`) : null;

export const slipOfCurrency: Slip = (written) => {
  const code = typeof written === 'string' ? currencyMeant(written) : null;
  return code === null || code === written ? null : didYouMean(code);
};

export const slipOfNumber: Slip = (written) => {
  if (typeof written !== 'string' || parseDecimal(written) !== null) return null;
  const meant = numberMeant(written.replace(/(%|\b[A-Z]{3})\s*$/, ''));
  if (meant !== null && meant !== written) return didYouMean(meant);
  return /^\s*\d{1,3}[.,]\d{3}\s*%?$/.test(written)
    ? 'a point before the decimals, and nothing between thousands'
    : null;
};

export const slipOfWholeNumber: Slip = (written) => {
  const [, digits, rest] = /^\s*(\d{1,6})((?:\.0+)?(?:\s*[a-z]+)?)\s*$/i.exec(String(written)) ?? [];
  if (typeof written !== 'string' || digits === undefined) return null;
  return didYouMean(`${String(Number(digits))}${rest === '' ? ', without quotes' : ''}`);
};

export const slipOfDay: Slip = (written) => {
  const text = typeof written === 'number' ? String(written) : typeof written === 'string' ? written.trim() : '';
  const [meant, ...others] = [...new Set(daysMeant(text))].filter(isDay);
  if (meant === undefined || others.length > 0) return null;
  return didYouMean(meant);
};

export const slipOfMoney: Slip = (written) => {
  const text = typeof written === 'number' ? String(written) : moneyText(written);
  const [, before = '', amount = '', after = ''] = moneyPattern.exec(text ?? '') ?? [];
  const [code, number] = [currencyMeant(before || after), numberMeant(amount)];
  if (number === null || (before !== '' && after !== '')) return null;
  if (before + after === '') return `the currency is missing, as in ${number} EUR`;
  if (code === null) return before + after === '$' ? didYouMean(`${number} USD`) : `${before + after} is no currency`;
  const reading = parseMoney(number, code);
  if (reading.kind === 'too-many-decimals') return `${code} has ${String(decimalsOf(code))} decimals`;
  if (reading.kind === 'out-of-range') return 'it is too large to be meant';
  if (reading.kind === 'unreadable' || reading.money.amountMinor <= 0n) return null;
  return written === `${number} ${code}` ? null : didYouMean(`${number} ${code}`);
};

const moneyPattern = /^\s*([A-Za-z]{3,5}|[€£$])?\s*(-?\d[\d.,' ]*?)\s*([A-Za-z]{3,5}|[€£$%])?\s*$/;

/** Money in two fields as one text. */
function moneyText(written: unknown): string | null {
  if (typeof written === 'string') return written;
  if (typeof written !== 'object' || written === null || !('amount' in written) || !('currency' in written))
    return null;
  return `${String(written.amount)} ${String(written.currency)}`;
}

function currencyMeant(written: string) {
  const word = written.trim().toUpperCase();
  const code = symbols[word] ?? word;
  return isCurrency(code) ? code : null;
}

/** A number with marks between thousands or a comma before its decimals; null where more than one may be meant. */
function numberMeant(written: string): string | null {
  const text = written.trim();
  if (parseDecimal(text) !== null) return text;
  const [, whole, decimals] = grouped.exec(text) ?? commaBeforeDecimals.exec(text) ?? [];
  if (whole === undefined || /^\d{1,3},\d{3}$/.test(text)) return null;
  const plain = `${whole.replace(/\D/g, '')}${decimals === undefined ? '' : `.${decimals}`}`;
  return parseDecimal(plain) === null ? null : plain;
}

/** `1,000.50`, `1.000,50`, `1 000`, `1'000,50`, `1_000`. */
const grouped =
  /^(\d{1,3}(?:,\d{3})+(?=\.|$)|\d{1,3}(?:\.\d{3})+(?=,|$)|\d{1,3}(?:[ '_]\d{3})+(?=[.,]|$))(?:[.,](\d+))?$/;
const commaBeforeDecimals = /^(\d+),(\d+)$/;

/** The days a text may mean; a month and a day that could be either way round make two. */
function daysMeant(text: string): readonly string[] {
  const [, year, month, day] = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ]\d{1,2}:.*)?$/.exec(text) ?? [];
  if (year !== undefined && month !== undefined && day !== undefined) return [dayText(year, month, day)];
  const [, first, mark, second, last] = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text) ?? [];
  if (first === undefined || second === undefined || last === undefined) return [];
  // Points stand between day and month everywhere they are used.
  return [dayText(last, second, first), ...(mark === '.' ? [] : [dayText(last, first, second)])];
}

function dayText(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
