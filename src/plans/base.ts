import { isCurrency, type Currency } from '../money/currency.js';
import { readAmount } from '../money/money.js';
import type { Ratio } from '../money/ratio.js';
import type { DealFacts, ProgramFacts } from './facts.js';
import type { FlagKind } from './gate.js';
import type { PlanBase } from './plan.js';

/** What a deal has of a base, in exact minor units; or why a part that pays on it makes no line for now. */
export type BaseReading =
  | { readonly kind: 'read'; readonly minor: Ratio; readonly text: string; readonly currency: Currency }
  | {
      readonly kind: 'missing';
      readonly flag: FlagKind;
      readonly text: string | null;
      readonly currency: string | null;
    };

/** Reads a base from a deal. Its currency is the deal's, for CRM fields too. */
export function readBase(program: ProgramFacts, deal: DealFacts, base: PlanBase): BaseReading {
  const text = base.kind === 'amount' ? deal.amount : fieldOf(deal, base.field);
  const { currency } = deal;
  const missing = (flag: FlagKind): BaseReading => ({ kind: 'missing', flag, text, currency });
  if (currency === null) return missing('currency-missing');
  if (!isCurrency(currency) || program.currencies?.has(currency) === false) return missing('currency-unknown');
  if (text === null || text === '') return missing('amount-missing');
  const reading = readAmount(text, currency);
  switch (reading.kind) {
    case 'unreadable':
      return missing('amount-unreadable');
    case 'out-of-range':
      return missing('amount-out-of-range');
    case 'amount':
      if (reading.minor.numerator === 0n) return missing('amount-zero');
      if (reading.minor.numerator < 0n) return missing('amount-negative');
      return { kind: 'read', minor: reading.minor, text, currency };
  }
}

/** Only a field of the deal's own: every object also has a `constructor`. */
function fieldOf(deal: DealFacts, name: string): string | null {
  return Object.hasOwn(deal.fields, name) ? (deal.fields[name] ?? null) : null;
}
