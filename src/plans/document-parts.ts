import { z } from 'zod';
import { isCurrency, type Currency } from '../money/currency.js';
import { formatAmount, parseMoney, type Money } from '../money/money.js';
import { compareRatios, formatRatio, parseDecimal, ratio, type Ratio } from '../money/ratio.js';
import { assertDefined } from '../platform/assert.js';
import { isDay } from '../program/calendar.js';
import type { Figure } from './pay.js';
import {
  expecting,
  slipOfCurrency,
  slipOfDay,
  slipOfMoney,
  slipOfNumber,
  slipOfSlug,
  slipOfWholeNumber,
  withSlip,
} from './slips.js';

/**
 * The pieces a plan document is made of, and how each is read. Every piece states what it expects as its error, which the
 * reader of a refused plan is shown beside the field, its value and its line. What was read is kept as decimal text.
 */
export const expected = {
  slug: 'a name of lower-case letters, digits and hyphens, at most 60 characters',
  day: 'a day that exists, YYYY-MM-DD',
  currency: 'an ISO 4217 currency code such as EUR',
  percent: 'a percentage from 0 to 100, with at most 15 digits unless written in quotes',
  anyPercent: 'a percentage that is not negative, with at most 15 digits unless written in quotes',
  money: 'an amount above zero with its currency, such as 250 EUR, with no more decimals than the currency has',
  number: 'a number that is not negative, with at most 15 digits unless written in quotes',
  figure: 'a number that is not negative, or { metric: NAME }, which is measured of each partner',
  metric: 'the name of a metric: a letter, then letters, digits, - and _, at most 50',
  field: 'the name that the program gives to a CRM field: a letter, then letters, digits and _, at most 50',
  months: 'a whole number of months from 1 to 600',
  count: 'a whole number from 1 to 100000',
  name: 'a text of 1 to 60 characters',
  description: 'a text of at most 500 characters',
} as const;

const maxDescription = 500;
const maxName = 60;
const maxMonths = 600;
const maxCount = 100_000;
/** A JavaScript number holds this many decimal digits exactly; text holds all of them. */
const exactDigits = 15;
const zero = ratio(0n);
const hundred = ratio(100n);

const slugError = { error: expecting(expected.slug, slipOfSlug) };
export const slug = z.string(slugError).regex(/^[a-z0-9][a-z0-9-]{0,59}$/, slugError);
const dayError = { error: expecting(expected.day, slipOfDay) };
export const day = z.string(dayError).refine(isDay, dayError);
const currencyError = { error: expecting(expected.currency, slipOfCurrency) };
export const currency = z.string(currencyError).refine(isCurrency, currencyError);
export const description = z
  .string({ error: expected.description })
  .max(maxDescription, { error: expected.description });
export const name = z.string({ error: expected.name }).trim().min(1, { error: expected.name }).max(maxName, {
  error: expected.name,
});
export const metricName = z
  .string({ error: expected.metric })
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,49}$/, { error: expected.metric });
export const fieldName = z
  .string({ error: expected.field })
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,49}$/, { error: expected.field });

/** A check of several fields at once, made only where each of them is readable by itself. */
export function checked<T extends z.ZodType>(
  schema: T,
  check: (value: z.output<T>, refuse: (path: (string | number)[], expected: string) => void) => void,
) {
  return schema.pipe(
    z.custom<z.output<T>>().superRefine((value, context) => {
      check(value, (path, message) => {
        context.addIssue({ code: 'custom', path, message });
      });
    }),
  );
}

/** A whole number within bounds. */
export function whole(words: string, least: number, most: number) {
  const error = expecting(words, slipOfWholeNumber);
  return z.int({ error }).min(least, { error: words }).max(most, { error: words });
}

export const months = whole(expected.months, 1, maxMonths);
export const count = whole(expected.count, 1, maxCount);

export const numberOrText = (words: string) => z.union([z.number(), z.string()], { error: words });

/** A number written as number or text, kept as the text of what `read` makes of it. */
function written(words: string, read: (value: number | string) => Ratio | null) {
  return numberOrText(words).transform((value, context): string => {
    const found = read(value);
    if (found !== null) return formatRatio(found);
    context.addIssue({ code: 'custom', message: withSlip(words, slipOfNumber, value) });
    return z.NEVER;
  });
}

/** A percentage. Whether it may be above 100 is for the rule to say, which knows whether it was told so. */
export const percent = written(expected.anyPercent, readNumber);
export const share = written(expected.percent, (value) => {
  const found = readNumber(value);
  return found !== null && compareRatios(found, hundred) <= 0 ? found : null;
});
export const number = written(expected.number, readNumber);

export const figure = z.union([number, z.strictObject({ metric: metricName })], {
  error: expecting(expected.figure, slipOfNumber),
});

export const money = z
  .union(
    [
      z.string({ error: expected.money }),
      z.strictObject({
        amount: z.union([z.number(), z.string()], { error: expected.number }),
        currency: z.string({ error: expected.currency }),
      }),
    ],
    { error: expecting(expected.money, slipOfMoney) },
  )
  .transform((value, context): string => {
    const sum = readMoney(typeof value === 'string' ? value : `${exactText(value.amount) ?? ''} ${value.currency}`);
    if (sum !== null) return moneyText(sum);
    context.addIssue({ code: 'custom', message: withSlip(expected.money, slipOfMoney, value) });
    return z.NEVER;
  });

export function oneOf(values: readonly string[]): string {
  return `one of ${values.join(', ')}`;
}

export function storedMoney(text: string): Money {
  return assertDefined(readMoney(text), 'a stored sum is a readable one');
}

export function storedMoneyOrNull(text: string | undefined): Money | null {
  return text === undefined ? null : storedMoney(text);
}

/** A percentage as a fraction of one. */
export function storedRate(text: string): Ratio {
  const { numerator, denominator } = storedNumber(text);
  return ratio(numerator, denominator * hundred.numerator);
}

export function storedNumber(text: string): Ratio {
  return assertDefined(readDecimal(text), 'a stored number is readable');
}

export function storedFigure(document: string | { readonly metric: string }): Figure {
  return typeof document === 'string'
    ? { kind: 'number', value: storedNumber(document) }
    : { kind: 'metric', metric: document.metric };
}

export function readMoney(text: string): Money | null {
  const [, amount = '', code = ''] = /^(\S+) ([A-Z]{3})$/.exec(text) ?? [];
  if (!isCurrency(code)) return null;
  const reading = parseMoney(amount, code);
  return reading.kind === 'money' && reading.money.amountMinor > 0n ? reading.money : null;
}

/** An amount with its currency that may be negative, such as `-50 EUR`. */
export function readSignedMoney(text: string): Money | null {
  const [, sign = '', amount = '', code = ''] = /^(-?)(\S+) ([A-Z]{3})$/.exec(text) ?? [];
  if (!isCurrency(code)) return null;
  const reading = parseMoney(amount, code);
  if (reading.kind !== 'money') return null;
  const { money: found } = reading;
  return sign === '' ? found : { ...found, amountMinor: -found.amountMinor };
}

/** An amount to compare with, such as `10000 EUR`: exact minor units, which may be zero. */
export function readAmountText(text: string): { readonly amount: Ratio; readonly currency: Currency } | null {
  const [, amount = '', code = ''] = /^(\S+) ([A-Z]{3})$/.exec(text) ?? [];
  const value = parseDecimal(amount);
  return isCurrency(code) && value !== null ? { amount: value, currency: code } : null;
}

/** A number that is not negative. */
export function readNumber(value: number | string): Ratio | null {
  const found = readDecimal(value);
  return found === null || compareRatios(found, zero) < 0 ? null : found;
}

export function readDecimal(value: number | string): Ratio | null {
  const text = exactText(value);
  if (text === null) return null;
  return parseDecimal(text) ?? readFraction(text);
}

/** A third has no decimals that end; `1/3` is how it is kept and may be written. */
function readFraction(text: string): Ratio | null {
  const [, numerator, denominator] = /^(\d{1,40})\/([1-9]\d{0,39})$/.exec(text) ?? [];
  return numerator === undefined || denominator === undefined ? null : ratio(BigInt(numerator), BigInt(denominator));
}

function moneyText(sum: Money): string {
  return `${formatAmount(sum.amountMinor, sum.currency)} ${sum.currency}`;
}

/** A number as the decimal text that was typed; null where a JavaScript number may have lost digits of it. */
function exactText(value: number | string): string | null {
  if (typeof value === 'string') return value;
  const text = String(value);
  return text.replace(/\D/g, '').length <= exactDigits ? text : null;
}
