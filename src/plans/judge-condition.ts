import { decimalsOf } from '../money/currency.js';
import { compareRatios, formatRatio, multiply, parseDecimal, powerOfTen, ratio, type Ratio } from '../money/ratio.js';
import { rateOn } from '../program/exchange-rates.js';
import { isCurrency } from '../money/currency.js';
import { fieldOf } from './base.js';
import type { Comparison, Condition, Subject, Test } from './condition.js';
import type { DealFacts } from './facts.js';
import type { Occasion } from './occasion.js';
import type { Scope } from './scope.js';

/** Whom and what a condition is asked about. */
export interface Circumstance {
  readonly scope: Scope;
  readonly partnerId: string;
  readonly occasion: Occasion;
}

/** The field-map names of what a program knows of a deal beside its amount. */
const kindField = 'kind';
const productsField = 'products';

/** Whether a condition holds. What is not known meets no test but `exists: false`, and so its `not` holds. */
export function holds(condition: Condition, circumstance: Circumstance): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((one) => holds(one, circumstance));
    case 'any':
      return condition.of.some((one) => holds(one, circumstance));
    case 'not':
      return !holds(condition.of, circumstance);
    case 'test':
      return meets(valuesOf(condition.subject, circumstance), condition.test, circumstance);
  }
}

function meets(values: readonly string[], test: Test, circumstance: Circumstance): boolean {
  switch (test.kind) {
    case 'exists':
      return values.length > 0 === test.wanted;
    case 'one-of':
      return values.some((value) => test.values.some((wanted) => isSame(value, wanted)));
    case 'atLeast':
    case 'above':
    case 'atMost':
    case 'below':
      return values.some((value) => {
        const found = inCurrency(value, test.currency, circumstance);
        return found !== null && compares(found, test.kind, test.value);
      });
  }
}

function compares(found: Ratio, comparison: Comparison, bound: Ratio): boolean {
  const order = compareRatios(found, bound);
  switch (comparison) {
    case 'atLeast':
      return order >= 0;
    case 'above':
      return order > 0;
    case 'atMost':
      return order <= 0;
    case 'below':
      return order < 0;
  }
}

/** Texts are the same whatever their case, numbers whatever their decimals. */
function isSame(value: string, wanted: string): boolean {
  if (value.toLowerCase() === wanted.toLowerCase()) return true;
  const [a, b] = [parseDecimal(value), parseDecimal(wanted)];
  return a !== null && b !== null && compareRatios(a, b) === 0;
}

/** An amount of the deal or payment in the currency it is compared in; null while there is no rate, and for what is no number. */
function inCurrency(value: string, to: string | null, { scope, occasion }: Circumstance): Ratio | null {
  const amount = parseDecimal(value);
  const from = occasion.payment?.currency ?? occasion.deal?.currency ?? null;
  if (amount === null || to === null || from === to) return amount;
  if (from === null || !isCurrency(from) || !isCurrency(to)) return null;
  const rate = rateOn(scope.facts.rateSheets, from, to, occasion.on);
  return rate === null ? null : multiply(amount, rate.rate);
}

/** What there is to be tested: nothing, one value, or several. */
function valuesOf(subject: Subject, { scope, partnerId, occasion }: Circumstance): readonly string[] {
  const { deal, registration, payment, on } = occasion;
  if (subject.kind === 'field') return deal === null ? [] : listOf(fieldOf(deal, subject.name));
  if (subject.kind === 'metric') {
    const value = scope.metricOf(partnerId, subject.name, on);
    return value === null ? [] : [formatRatio(value)];
  }
  const terms = scope.termsOf(partnerId, on);
  switch (subject.name) {
    case 'partner.id':
      return [partnerId];
    case 'partner.type':
      return one(terms?.type);
    case 'partner.tier':
      return one(terms?.tier);
    case 'partner.tags':
      return terms?.tags ?? [];
    case 'registration.product':
      return one(registration.product);
    case 'customer.name':
      return one(registration.customer.name);
    case 'customer.domain':
      return one(registration.customer.domain);
    case 'customer.country':
      return one(registration.customer.country);
    case 'payment.amount':
      return payment === null ? [] : [formatRatio(major(payment.amountMinor, decimalsOf(payment.currency)))];
    case 'payment.number':
      return payment === null ? [] : [String(payment.number)];
    case 'deal.amount':
    case 'deal.currency':
    case 'deal.pipeline':
    case 'deal.kind':
    case 'deal.products':
      return deal === null ? [] : dealValues(deal, subject.name);
  }
}

function dealValues(
  deal: DealFacts,
  name: 'deal.amount' | 'deal.currency' | 'deal.pipeline' | 'deal.kind' | 'deal.products',
): readonly string[] {
  switch (name) {
    case 'deal.amount':
      return one(deal.amount);
    case 'deal.currency':
      return one(deal.currency);
    case 'deal.pipeline':
      return one(deal.pipeline);
    case 'deal.kind':
      return one(fieldOf(deal, kindField));
    case 'deal.products':
      return listOf(fieldOf(deal, productsField));
  }
}

/** CRMs hold a field with several values as one text, its values between semicolons. */
function listOf(text: string | null): readonly string[] {
  return (text ?? '')
    .split(';')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

function one(value: string | null | undefined): readonly string[] {
  return value === null || value === undefined || value === '' ? [] : [value];
}

function major(minor: bigint, decimals: number): Ratio {
  return ratio(minor, powerOfTen(decimals));
}
