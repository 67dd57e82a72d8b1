import type { Currency } from '../money/currency.js';
import type { Facts } from '../plans/facts.js';
import { position } from '../plans/position.js';
import type { Day } from '../program/calendar.js';
import type { BookedLine } from './booked-line.js';
import type { CommissionLine } from './commission-line.js';
import { difference } from './difference.js';
import { explain, inputsHash, type Explanation } from './explanation.js';
import { createWhyNot } from './why-not.js';

/** What is due under a key and what is booked there, in one currency. */
export interface KeySum {
  readonly currency: Currency;
  readonly wantedMinor: bigint;
  readonly bookedMinor: bigint;
}

/** A line held against itself, and against what the facts say today. */
export interface Recomputation {
  readonly line: CommissionLine;
  /** The day the facts are of. */
  readonly asOf: Day;
  /** Of the stored inputs, computed anew; the line has the one from when it was booked. */
  readonly computedHash: string;
  readonly hashMatches: boolean;
  /** For each currency that is wanted or was ever booked under the line's key. */
  readonly sums: readonly KeySum[];
  readonly isEqual: boolean;
  /** How each difference comes about: the working of what would have to be booked. Empty when there is none. */
  readonly working: readonly Explanation[];
}

/**
 * Proves one line: that its stored inputs are those it was booked from, and that all lines under its key sum to what is due there
 * by today's facts. A key and not the line alone, because what was booked once is put right by further lines.
 * @param facts of the scope of the line's deal
 * @param booked every line of that scope's deals
 */
export function recomputationOf(line: CommissionLine, facts: Facts, booked: readonly BookedLine[]): Recomputation {
  const wanted = position(facts);
  const underKey = booked.filter(({ key }) => key === line.key);
  const wantedLine = wanted.lines.findLast(({ key }) => key === line.key);
  const currencies = new Set(
    [...underKey, ...(wantedLine === undefined ? [] : [wantedLine])].map((one) => one.currency),
  );
  const sums = [...currencies].sort().map((currency) => ({
    currency,
    wantedMinor: wantedLine?.currency === currency ? wantedLine.amountMinor : 0n,
    bookedMinor: sumOf(underKey.filter((one) => one.currency === currency)),
  }));
  const due = difference(wanted, booked, facts.asOf).filter(({ key }) => key === line.key);
  const computedHash = inputsHash(line.explanation);
  return {
    line,
    asOf: facts.asOf,
    computedHash,
    hashMatches: computedHash === line.inputsHash,
    sums,
    isEqual: sums.every(({ wantedMinor, bookedMinor }) => wantedMinor === bookedMinor),
    working: due.map((one) => explain(one, { facts, whyNot: createWhyNot(facts) })),
  };
}

function sumOf(lines: readonly BookedLine[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
