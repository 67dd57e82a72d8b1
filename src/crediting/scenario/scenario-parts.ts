import { z } from 'zod';
import { add, compareRatios, formatRatio, parseDecimal, ratio } from '../../money/ratio.js';
import { readSignedMoney } from '../../plans/document-parts.js';
import { expecting, slipOfCurrency, slipOfMoney, slipOfName, slipOfNumber, withSlip } from '../../plans/slips.js';
import { isMoment, slipOfMoment } from './moment.js';

/** The pieces a scenario is made of, and what each expects: whoever wrote another thing is told that. */
export const expected = {
  scenario: 'a scenario: plans, deals, and what else it is about',
  id: 'a name of letters, digits and . _ -, at most 60 characters',
  moment: 'a day, or a moment such as 2026-03-31T23:30 (in the time zone of the program) or 2026-03-31T21:30:00Z',
  amount: 'a decimal number, with at most 15 digits unless written in quotes',
  currency: 'an ISO 4217 currency code such as EUR',
  timeZone: 'a name of the IANA database, such as Europe/Berlin',
  rate: 'a decimal above zero, with at most 15 digits unless written in quotes',
  list: 'a list',
  products: 'a text, or a list of texts',
  metric: 'the name of a metric: a letter, then letters, digits, - and _, at most 50',
  field: 'a number, or a text; a text for true and false, too',
  payout: 'a payout, as { on: 2026-03-31 }',
  rates: 'rates by currency, as { USD: 1.25 }',
  expectation: 'at least one of lines, balances, flags and payouts',
  share: 'a percentage that is not negative',
  outcome: 'one of open, won, lost',
  history: 'a list of steps, each with `at` and what changed then',
  stage: 'the name of a stage',
  extended: 'the day until which it was extended, YYYY-MM-DD',
  state: 'one of submitted, in_review, waiting, returned, approved, extended, rejected, withdrawn',
  tags: 'a list of names',
  shares: 'partners with their percentages, as { north: 60, south: 40 }, which come to 100',
  of: 'deal or registration, one of them',
  period: 'a month as 2026-03, a quarter as 2026-Q1, or a year as 2026',
  service: 'the time that is paid for, as { from: 2026-01-01, to: 2026-12-31 }, both days included',
  decision: 'set or add, one of them, as an amount with its currency such as 50 EUR or -50 EUR',
  signedMoney: 'an amount with its currency, such as 50 EUR or -50 EUR',
  days: 'a whole number of days from 1 to 3650',
  flag: 'true or false',
} as const;

const zero = ratio(0n);
const hundred = ratio(100n);
const mostOfAKind = 10_000;

export const id = z
  .string({ error: expecting(expected.id, slipOfName) })
  .regex(/^[A-Za-z0-9][\w.-]{0,59}$/, { error: expected.id });
const momentError = { error: expecting(expected.moment, slipOfMoment) };
export const moment = z.string(momentError).refine(isMoment, momentError);
/** As a CRM may hold it: not every text is a currency, but `eur` is not how one that is held is written. */
export const currencyText = z
  .string({ error: expected.currency })
  .refine((text) => slipOfCurrency(text) === null, { error: expecting(expected.currency, slipOfCurrency) });

export const decimal = z
  .union([z.number(), z.string()], { error: expected.amount })
  .transform((value) => String(value))
  .refine((text) => parseDecimal(text) !== null, { error: expecting(expected.amount, slipOfNumber) });
export const amountText = z.union([z.number(), z.string()], { error: expected.amount }).transform(String);
/** As a CRM may hold it: not every text is a number, but one with digits in it is meant to be. */
export const dealAmount = amountText.refine((text) => parseDecimal(text) !== null || !/\d/.test(text), {
  error: expecting(expected.amount, slipOfNumber),
});
export const flag = z.boolean({ error: expected.flag });

export const listOf = <T extends z.ZodType>(item: T, words: string = expected.list) =>
  z.array(item, { error: words }).max(mostOfAKind, { error: `at most ${mostOfAKind} of these` });

/** As a CRM holds what the field map calls `products`: one text, its values between semicolons. */
export const products = z
  .union([z.string(), z.array(z.string())], { error: expected.products })
  .transform((value) => [value].flat().join(';'));
export const shares = z.record(id, amountText, { error: expected.shares }).superRefine((parts, context) => {
  const found = Object.entries(parts).map(([partner, text]) => ({ partner, text, share: parseDecimal(text) }));
  for (const { partner, text, share } of found) {
    if (share !== null && share.numerator >= 0n) continue;
    context.addIssue({ code: 'custom', path: [partner], message: withSlip(expected.share, slipOfNumber, text) });
  }
  if (found.some(({ share }) => share === null)) return;
  const sum = found.reduce((all, { share }) => add(all, share ?? zero), zero);
  if (compareRatios(sum, hundred) === 0) return;
  context.addIssue({ code: 'custom', message: `${expected.shares}, not to ${formatRatio(sum)}` });
});
const signedMoneyError = { error: expecting(expected.signedMoney, slipOfMoney) };
export const signedMoney = z
  .string(signedMoneyError)
  .refine((text) => readSignedMoney(text) !== null, signedMoneyError);
