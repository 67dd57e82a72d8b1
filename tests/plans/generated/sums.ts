import type { BookedLine } from '../../../src/crediting/booked-line.js';
import type { NaiveLine } from '../naive/parts.js';

export type Sums = Readonly<Record<string, bigint>>;

/** Sums by whatever the things are told apart by; zeros are left out. */
export function sumsBy<T>(things: readonly T[], nameOf: (thing: T) => string, amountOf: (thing: T) => bigint): Sums {
  const sums = new Map<string, bigint>();
  for (const thing of things) sums.set(nameOf(thing), (sums.get(nameOf(thing)) ?? 0n) + amountOf(thing));
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the book holds of each single thing that was earned, per currency. */
export function bookedByKey(lines: readonly BookedLine[]): Sums {
  return sumsBy(
    lines,
    ({ key, currency }) => `${key} ${currency}`,
    ({ amountMinor }) => amountMinor,
  );
}

/** What the book holds, as an account would show it. */
export function bookedByAccount(lines: readonly BookedLine[]): Sums {
  return sumsBy(
    lines,
    ({ partnerId, payee, currency }) => `${partnerId} ${payee} ${currency}`,
    ({ amountMinor }) => amountMinor,
  );
}

/** The same, as the naive evaluation has it. */
export function dueByAccount(lines: readonly NaiveLine[]): Sums {
  return sumsBy(
    lines,
    ({ partnerId, payee, currency }) => `${partnerId} ${payee} ${currency}`,
    ({ net }) => net,
  );
}
