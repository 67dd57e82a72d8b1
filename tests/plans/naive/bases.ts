import { isCurrency } from '../../../src/money/currency.js';
import type { DealFacts, PaymentFacts } from '../../../src/plans/facts.js';
import { Fraction, nothing } from './fraction.js';
import type { BaseText } from './plan-text.js';
import { minorUnits } from './world.js';

export interface Amount {
  readonly minor: Fraction;
  readonly currency: string;
}

/** What a deal is worth to a rule; null where that is missing, unreadable, zero or negative: then the part makes no line. */
export function baseOfDeal(deal: DealFacts, base: BaseText): Amount | null {
  const { currency } = deal;
  if (currency === null || !isCurrency(currency)) return null;
  const major = majorOf(deal, base);
  if (major === null || !major.isAbove(nothing)) return null;
  const minor = major.times(minorUnits(currency));
  return { minor, currency };
}

/** What a payment is worth to a rule. Where nothing was said of tax there is none in it. */
export function baseOfPayment({ amountMinor, taxMinor, currency }: PaymentFacts, base: BaseText): Amount | null {
  const minor = Fraction.of(base === 'amount' ? amountMinor : amountMinor - (taxMinor ?? 0n));
  return minor.isAbove(nothing) ? { minor, currency } : null;
}

function majorOf(deal: DealFacts, base: BaseText): Fraction | null {
  const amount = read(deal.amount);
  const field = (name: string): Fraction | null => read(deal.fields[name] ?? null);
  const less = (...names: readonly string[]): Fraction | null => {
    let left = amount;
    for (const name of names) {
      const part = field(name);
      left = left === null || part === null ? null : left.minus(part);
    }
    return left;
  };
  // The specification names the bases; which CRM fields they follow from is the engine's word.
  switch (base) {
    case 'amount':
      return amount;
    case 'net-of-tax':
      return less('tax');
    case 'net-of-discount':
      return less('discount');
    case 'net':
      return less('tax', 'discount');
    case 'margin':
      return isHeld(deal, 'margin') ? field('margin') : less('cost');
    case 'mrr':
      return isHeld(deal, 'mrr') ? field('mrr') : overMonths(amount, field('term_months'), 1n);
    case 'first-year':
      return isHeld(deal, 'first_year') ? field('first_year') : overMonths(amount, field('term_months'), 12n);
    default:
      return field(base.field);
  }
}

/** The part of an amount that falls on so many months of its term; all of it where the term is no longer. */
function overMonths(amount: Fraction | null, term: Fraction | null, months: bigint): Fraction | null {
  if (amount === null || term === null || !term.isAbove(nothing)) return null;
  if (!term.isAbove(Fraction.of(months))) return amount;
  return amount.times(Fraction.of(months)).over(term);
}

function isHeld(deal: DealFacts, name: string): boolean {
  return (deal.fields[name] ?? '') !== '';
}

function read(text: string | null): Fraction | null {
  return text === null || text.includes('/') ? null : Fraction.read(text);
}
