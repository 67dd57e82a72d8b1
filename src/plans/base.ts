import { decimalsOf, isCurrency, type Currency } from '../money/currency.js';
import { readAmount } from '../money/money.js';
import {
  compareRatios,
  formatRatio,
  multiply,
  parseDecimal,
  powerOfTen,
  ratio,
  subtract,
  type Ratio,
} from '../money/ratio.js';
import type { DealFacts, PaymentFacts, ProgramFacts } from './facts.js';
import type { FlagKind } from './gate.js';
import type { PlanBase } from './pay.js';

/** What there is of a base, in exact minor units; or why a part that pays on it makes no line for now. */
export type BaseReading =
  | {
      readonly kind: 'read';
      readonly minor: Ratio;
      /** The value in major units, as it is held or, where it follows from several, as it comes out. */
      readonly text: string;
      readonly currency: Currency;
      /** How it came out, where it follows from several; null where it is held as it is. */
      readonly from: string | null;
    }
  | {
      readonly kind: 'missing';
      readonly flag: FlagKind;
      readonly text: string | null;
      readonly currency: string | null;
    };

/** The CRM fields that a base which is not held as such follows from, by the names the field map gives them. */
const baseFields = {
  tax: 'tax',
  discount: 'discount',
  firstYear: 'first_year',
  termMonths: 'term_months',
  mrr: 'mrr',
  margin: 'margin',
  cost: 'cost',
} as const;

const monthsPerYear = ratio(12n);
const zero = ratio(0n);

/** Reads a base from a deal. Its currency is the deal's, for CRM fields too. */
export function readBase(program: ProgramFacts, deal: DealFacts, base: PlanBase): BaseReading {
  const { currency } = deal;
  const missing = (flag: FlagKind, text: string | null): BaseReading => ({ kind: 'missing', flag, text, currency });
  const direct = directText(deal, base);
  if (currency === null) return missing('currency-missing', direct);
  if (!isCurrency(currency) || program.currencies?.has(currency) === false) return missing('currency-unknown', direct);
  const value =
    base.kind === 'field' || base.kind === 'amount' ? held(direct, currency) : derived(deal, base.kind, currency);
  return value.kind === 'wanting' ? missing(value.flag, value.text) : reading(value, currency);
}

/** Reads a base from a payment, which is above zero and knows its tax; where nothing was said of tax there is none in it. */
export function readPaymentBase(program: ProgramFacts, payment: PaymentFacts, base: PlanBase): BaseReading {
  const { currency, amountMinor, taxMinor } = payment;
  const tax = base.kind === 'amount' ? 0n : (taxMinor ?? 0n);
  const minor = ratio(amountMinor - tax);
  const text = majorText(minor, currency);
  if (program.currencies?.has(currency) === false) return { kind: 'missing', flag: 'currency-unknown', text, currency };
  const from =
    tax === 0n ? null : `${majorText(ratio(amountMinor), currency)} without ${majorText(ratio(tax), currency)} tax`;
  return reading({ kind: 'value', minor, text, from }, currency);
}

type Value =
  | { readonly kind: 'value'; readonly minor: Ratio; readonly text: string; readonly from: string | null }
  | { readonly kind: 'wanting'; readonly flag: FlagKind; readonly text: string | null };

function reading(value: Value & { readonly kind: 'value' }, currency: Currency): BaseReading {
  const { minor, text, from } = value;
  if (minor.numerator === 0n) return { kind: 'missing', flag: 'amount-zero', text, currency };
  if (minor.numerator < 0n) return { kind: 'missing', flag: 'amount-negative', text, currency };
  return { kind: 'read', minor, text, currency, from };
}

function directText(deal: DealFacts, base: PlanBase): string | null {
  return base.kind === 'field' ? fieldOf(deal, base.field) : deal.amount;
}

/** A value that is held as it is. */
function held(text: string | null, currency: Currency): Value {
  if (text === null || text === '') return { kind: 'wanting', flag: 'amount-missing', text };
  const found = readAmount(text, currency);
  switch (found.kind) {
    case 'unreadable':
      return { kind: 'wanting', flag: 'amount-unreadable', text };
    case 'out-of-range':
      return { kind: 'wanting', flag: 'amount-out-of-range', text };
    case 'amount':
      return { kind: 'value', minor: found.minor, text, from: null };
  }
}

/** A value that follows from several; the first of them that is wanting says what is. */
function derived(deal: DealFacts, kind: Exclude<PlanBase['kind'], 'field' | 'amount'>, currency: Currency): Value {
  const field = (name: string): Value => held(fieldOf(deal, name), currency);
  const amount = held(deal.amount, currency);
  const { tax, discount, firstYear, mrr, margin, cost } = baseFields;
  switch (kind) {
    case 'net-of-tax':
      return less(amount, [['tax', field(tax)]], currency);
    case 'net-of-discount':
      return less(amount, [['discount', field(discount)]], currency);
    case 'net':
      return less(
        amount,
        [
          ['tax', field(tax)],
          ['discount', field(discount)],
        ],
        currency,
      );
    case 'margin':
      return isHeld(deal, margin) ? field(margin) : less(amount, [['cost', field(cost)]], currency);
    case 'mrr':
      return isHeld(deal, mrr) ? field(mrr) : overMonths(deal, amount, ratio(1n), currency);
    case 'first-year':
      return isHeld(deal, firstYear) ? field(firstYear) : overMonths(deal, amount, monthsPerYear, currency);
  }
}

function less(amount: Value, parts: readonly (readonly [string, Value])[], currency: Currency): Value {
  if (amount.kind === 'wanting') return amount;
  let minor = amount.minor;
  const words = [];
  for (const [name, part] of parts) {
    if (part.kind === 'wanting') return part;
    minor = subtract(minor, part.minor);
    words.push(`${part.text} ${name}`);
  }
  return {
    kind: 'value',
    minor,
    text: majorText(minor, currency),
    from: `${amount.text} without ${words.join(' and ')}`,
  };
}

/** The part of an amount that falls on so many months of its term; all of it where the term is no longer. */
function overMonths(deal: DealFacts, amount: Value, wanted: Ratio, currency: Currency): Value {
  if (amount.kind === 'wanting') return amount;
  const text = fieldOf(deal, baseFields.termMonths);
  const term = text === null ? null : parseDecimal(text);
  if (term === null || compareRatios(term, zero) <= 0) {
    return { kind: 'wanting', flag: text === null || text === '' ? 'amount-missing' : 'amount-unreadable', text };
  }
  if (compareRatios(term, wanted) <= 0) return amount;
  const share = ratio(wanted.numerator * term.denominator, wanted.denominator * term.numerator);
  const minor = multiply(amount.minor, share);
  const from = `${amount.text} over ${formatRatio(term)} months, of which ${formatRatio(wanted)}`;
  return { kind: 'value', minor, text: majorText(minor, currency), from };
}

function isHeld(deal: DealFacts, name: string): boolean {
  return (fieldOf(deal, name) ?? '') !== '';
}

/** Only a field of the deal's own: every object also has a `constructor`. */
export function fieldOf(deal: DealFacts, name: string): string | null {
  return Object.hasOwn(deal.fields, name) ? (deal.fields[name] ?? null) : null;
}

/** The CRM fields a base may be read from. */
export function fieldsOfBase(base: PlanBase): readonly string[] {
  const { tax, discount, firstYear, termMonths, mrr, margin, cost } = baseFields;
  switch (base.kind) {
    case 'field':
      return [base.field];
    case 'amount':
      return [];
    case 'net-of-tax':
      return [tax];
    case 'net-of-discount':
      return [discount];
    case 'net':
      return [tax, discount];
    case 'first-year':
      return [firstYear, termMonths];
    case 'mrr':
      return [mrr, termMonths];
    case 'margin':
      return [margin, cost];
  }
}

function majorText(minor: Ratio, currency: Currency): string {
  return formatRatio(ratio(minor.numerator, minor.denominator * powerOfTen(decimalsOf(currency))));
}
