import type { Event } from './credited.js';
import { Fraction } from './fraction.js';
import type { ConditionText, OperatorsText, TestText } from './plan-text.js';
import { metricOf, minorUnits, rateOn, termsOf, type World } from './world.js';

/** Whether everything a condition asks holds. What is not known meets no test, and so its opposite. */
export function holds(world: World, condition: ConditionText, event: Event): boolean {
  return Object.entries(condition).every(([subject, asked]) => {
    if (subject === 'all') return (asked as readonly ConditionText[]).every((one) => holds(world, one, event));
    if (subject === 'any') return (asked as readonly ConditionText[]).some((one) => holds(world, one, event));
    if (subject === 'not') return !holds(world, asked as ConditionText, event);
    return meets(world, valuesOf(world, subject, event), asked as TestText, event);
  });
}

function meets(world: World, values: readonly string[], test: TestText, event: Event): boolean {
  if (typeof test === 'string') return isOneOf(values, [test]);
  if (Array.isArray(test)) return isOneOf(values, test as readonly string[]);
  const { is, not, exists, atLeast, above, atMost, below } = test as OperatorsText;
  const some = (bound: string | number, compare: (value: Fraction, wanted: Fraction) => boolean): boolean => {
    const [number = '', currency = null] = String(bound).split(' ');
    return values.some((value) => {
      const found = inCurrency(world, value, currency, event);
      return found !== null && compare(found, Fraction.text(number));
    });
  };
  return (
    (is === undefined || isOneOf(values, [is])) &&
    (not === undefined || !isOneOf(values, [not])) &&
    (exists === undefined || values.length > 0 === exists) &&
    (atLeast === undefined || some(atLeast, (value, wanted) => !value.isBelow(wanted))) &&
    (above === undefined || some(above, (value, wanted) => value.isAbove(wanted))) &&
    (atMost === undefined || some(atMost, (value, wanted) => !value.isAbove(wanted))) &&
    (below === undefined || some(below, (value, wanted) => value.isBelow(wanted)))
  );
}

/** Texts are the same whatever their case. */
function isOneOf(values: readonly string[], wanted: readonly string[]): boolean {
  return values.some((value) => wanted.some((one) => one.toLowerCase() === value.toLowerCase()));
}

function inCurrency(world: World, value: string, to: string | null, event: Event): Fraction | null {
  const amount = Fraction.read(value);
  const from = event.payment?.currency ?? event.deal?.currency ?? null;
  if (amount === null || to === null) return amount;
  // The rate of the day it happened, also where the plan exchanges at the end of the month: the specification says no more.
  const rate = from === null ? null : rateOn(world, from, to, event.on);
  return rate === null ? null : amount.times(rate);
}

function valuesOf(world: World, subject: string, { deal, payment, registration, partnerId, on }: Event) {
  const [kind = '', name = ''] = subject.split('.');
  const listed = (text: string | null | undefined): string[] =>
    (text ?? '').split(';').flatMap((value) => (value.trim() === '' ? [] : [value.trim()]));
  const one = (text: string | null | undefined): string[] =>
    text === null || text === undefined || text === '' ? [] : [text];
  const terms = termsOf(world, partnerId, on);
  switch (kind) {
    case 'field':
      return listed(deal?.fields[name]);
    case 'metric': {
      const value = metricOf(world, partnerId, name, on);
      return value === null ? [] : [`${String(value.top)}/${String(value.bottom)}`];
    }
    case 'partner':
      if (name === 'id') return [partnerId];
      return name === 'tags' ? (terms?.tags ?? []) : one(name === 'tier' ? terms?.tier : terms?.type);
    case 'customer':
      return one(registration.customer[name as 'country']);
    case 'payment': {
      if (payment === null) return [];
      const major = Fraction.of(payment.amountMinor).over(minorUnits(payment.currency));
      return name === 'number' ? [String(payment.number)] : [`${String(major.top)}/${String(major.bottom)}`];
    }
    default:
      if (name === 'amount') return one(deal?.amount);
      if (name === 'currency') return one(deal?.currency);
      return name === 'products' ? listed(deal?.fields['products']) : one(deal?.fields['kind']);
  }
}
