import { formatAmount, type Money } from '../money/money.js';
import { formatRatio, multiply, ratio, type Ratio } from '../money/ratio.js';

const hundred = ratio(100n);

export function percentOf(rate: Ratio): string {
  return `${formatRatio(multiply(rate, hundred))} %`;
}

export function amountOf({ amountMinor, currency }: Money): string {
  return `${formatAmount(amountMinor, currency)} ${currency}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${String(words.at(-1))}`;
}

/** `1 month`, `12 months`. */
export function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}
