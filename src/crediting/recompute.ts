import type { Currency } from '../money/currency.js';
import type { Facts } from '../plans/facts.js';
import { position, type Position } from '../plans/position.js';
import { netOf } from '../plans/wanted-line.js';
import type { Day } from '../program/calendar.js';
import type { BookedLine } from './booked-line.js';
import type { CommissionLine } from './commission-line.js';
import { bookDifference, type DueLine } from './difference.js';
import { explain, inputsHash, type Circumstances, type Explanation } from './explanation.js';
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
  /** The sums agree, and nothing would be booked under the key. */
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
  const found = booked.filter(({ key }) => key === line.key);
  // A line that nothing leads to any more is still in the book, and nothing is due for it.
  const underKey = found.some(({ id }) => id === line.id) ? found : [...found, { ...line, paid: false }];
  const wantedLine = wanted.lines.findLast(({ key }) => key === line.key);
  const currencies = new Set(
    [...underKey, ...(wantedLine === undefined ? [] : [wantedLine])].map((one) => one.currency),
  );
  const sums = [...currencies].sort().map((currency) => ({
    currency,
    wantedMinor: wantedLine?.currency === currency ? netOf(wantedLine) : 0n,
    bookedMinor: sumOf(underKey.filter((one) => one.currency === currency)),
  }));
  const working = workingOf(wanted, underKey, line.key, { facts, whyNot: createWhyNot(facts) });
  const computedHash = inputsHash(line.explanation);
  return {
    line,
    asOf: facts.asOf,
    computedHash,
    hashMatches: computedHash === line.inputsHash,
    sums,
    isEqual: working.length === 0 && sums.every(({ wantedMinor, bookedMinor }) => wantedMinor === bookedMinor),
    working,
  };
}

/** The explanations of what the next run of crediting would book under a key. */
function workingOf(
  wanted: Position,
  underKey: readonly BookedLine[],
  key: string,
  circumstances: Circumstances,
): readonly Explanation[] {
  const only = { ...wanted, lines: wanted.lines.filter((one) => one.key === key) };
  const due = bookDifference(only, underKey, circumstances.facts.asOf, (one) => ({
    ...toBe(one),
    explanation: explain(one, circumstances),
  }));
  return due.map(({ explanation }) => explanation);
}

/** A line that is not booked, under a name that no line has. */
function toBe({ cause, ...line }: DueLine): BookedLine {
  const source = cause.kind === 'earned' ? null : cause.source;
  return {
    ...line,
    id: `to-be-${String(line.ordinal)}`,
    planVersionId: source?.planVersionId ?? null,
    planVersion: source?.planVersion ?? null,
    sourceLineId: source?.id ?? null,
    paid: false,
  };
}

function sumOf(lines: readonly BookedLine[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
