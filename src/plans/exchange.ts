import { decimalsOf, type Currency } from '../money/currency.js';
import { multiply, powerOfTen, ratio, type Ratio } from '../money/ratio.js';
import { lastDayOf, periodOf, type Day } from '../program/calendar.js';
import { rateOn, type ExchangeRate } from '../program/exchange-rates.js';
import { carriedBoth, type DraftLine, type Refuse } from './draft-line.js';
import type { PaymentFacts } from './facts.js';
import type { Scope } from './scope.js';

/** Brings every line into the currency its plan pays in. */
export function exchange(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  if (lines.every(({ version: { plan } }) => plan.payIn === null)) return lines;
  return lines.flatMap((line) => {
    const { payIn, exchangeOn } = line.version.plan;
    return exchangeOn === 'payout' ? [line] : (exchanged(line, payIn, refuse, scope) ?? []);
  });
}

/**
 * The line in another currency, at the rate of the day that its plan goes by; as it is where there is no other. Null, and
 * refused, while that day has no rate.
 */
export function exchanged(line: DraftLine, to: Currency | null, refuse: Refuse, scope: Scope): DraftLine | null {
  const { currency: from, value } = line;
  if (from === null || to === null || to === from) return line;
  const found = rateFor(line, from, to, refuse, scope);
  if (found === null) return null;
  const result = converted(value, from, to, found);
  const step = { step: 'exchange', from, to, rate: found.rate, rateDay: found.day, of: value, result } as const;
  return carriedBoth(line, (minor) => converted(minor, from, to, found), step, to);
}

/** The rate of the day that a line's plan goes by; null, and refused, while there is none. */
export function rateFor(
  line: DraftLine,
  from: Currency,
  to: Currency,
  refuse: Refuse,
  { facts }: Scope,
): ExchangeRate | null {
  const { on } = line.occasion;
  const day = line.version.plan.exchangeOn === 'month-end' ? lastDayOf(periodOf(on)) : on;
  // The last day of a month has no rate before it is over.
  const found = day <= facts.asOf ? rateOn(facts.rateSheets, from, to, day) : null;
  if (found === null) refuse(line, 'currency', 'exchange-rate-missing', { payIn: to, currency: from, day });
  return found;
}

/** What a customer paid or got back in minor units of another currency, at the rate of a day; null while there is none. */
export function inCurrency(
  { facts }: Scope,
  { amountMinor, currency }: PaymentFacts,
  to: Currency,
  day: Day,
): Ratio | null {
  const minor = ratio(amountMinor);
  if (currency === to) return minor;
  const rate = rateOn(facts.rateSheets, currency, to, day);
  return rate === null ? null : converted(minor, currency, to, rate);
}

/** Minor units of one currency in minor units of another, exactly. */
export function converted(minor: Ratio, from: Currency, to: Currency, { rate }: Pick<ExchangeRate, 'rate'>): Ratio {
  const major = ratio(minor.numerator, minor.denominator * powerOfTen(decimalsOf(from)));
  return multiply(multiply(major, rate), ratio(powerOfTen(decimalsOf(to))));
}
