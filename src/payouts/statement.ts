import type { LineKind } from '../crediting/booked-line.js';
import type { LineStatus } from '../crediting/commission-line.js';
import type { Currency } from '../money/currency.js';
import { assert } from '../platform/assert.js';
import type { Day, Period } from '../program/calendar.js';

/** A commission line as a statement shows it. */
export interface StatementLine {
  readonly id: string;
  readonly kind: LineKind;
  readonly component: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly earnedOn: Day;
  readonly bookedOn: Day;
  readonly payableOn: Day;
  readonly dealId: string | null;
  readonly sourceLineId: string | null;
  readonly planVersion: string | null;
  /** How it stood when the period ended, or stands now while that runs. */
  readonly status: LineStatus;
  /** Whether it corrects a line of an earlier statement. */
  readonly correctsEarlier: boolean;
}

/** Money that left for the partner, or came back. */
export interface StatementPayout {
  readonly id: string;
  readonly kind: 'payout' | 'payout-return';
  /** What it changed in what the partner has to get: negative when it was paid. */
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly paidOn: Day;
  readonly bookedOn: Day;
  readonly reference: string;
}

/** A statement in one currency: they never net. */
export interface CurrencyStatement {
  readonly currency: Currency;
  readonly openingMinor: bigint;
  readonly lines: readonly StatementLine[];
  readonly adjustments: readonly StatementLine[];
  readonly payouts: readonly StatementPayout[];
  readonly closingMinor: bigint;
}

/** A partner's month: what was booked in it, whenever it was earned or paid. */
export interface Statement {
  readonly partnerId: string;
  readonly period: Period;
  readonly from: Date;
  readonly until: Date;
  /** Nothing can be booked in it any more. */
  readonly final: boolean;
  readonly currencies: readonly CurrencyStatement[];
}

/** What was found in the book for one partner and period, in the order of booking. */
export interface StatementMaterial {
  readonly opening: ReadonlyMap<Currency, bigint>;
  readonly closing: ReadonlyMap<Currency, bigint>;
  readonly lines: readonly StatementLine[];
  readonly payouts: readonly StatementPayout[];
}

/** A transaction that began before midnight books on the day before, and may end after it. Longer than this none lasts. */
const settlingMs = 15 * 60_000;

/** Whether a period that ends at `until` can have no further entry. */
export function isFinal(until: Date, now: Date): boolean {
  return now.getTime() >= until.getTime() + settlingMs;
}

/** Where a line stood at the end of a day. */
export function statusOn(
  line: { readonly isPaid: boolean; readonly held: boolean; readonly payableOn: Day },
  day: Day,
): LineStatus {
  if (line.isPaid) return 'paid';
  if (line.held) return 'on_hold';
  return line.payableOn <= day ? 'payable' : 'pending';
}

/**
 * Sorts what was booked into one part for each currency that has a balance or a movement.
 * @throws AssertionFailed when a part does not tie out to the journal: no statement is better than a wrong one
 */
export function arrangeStatement({
  opening,
  closing,
  lines,
  payouts,
}: StatementMaterial): readonly CurrencyStatement[] {
  const moved = [...lines, ...payouts].map(({ currency }) => currency);
  const held = [...opening, ...closing].filter(([, minor]) => minor !== 0n).map(([currency]) => currency);
  return [...new Set([...moved, ...held])].sort().map((currency) => {
    const here = lines.filter((line) => line.currency === currency);
    const part: CurrencyStatement = {
      currency,
      openingMinor: opening.get(currency) ?? 0n,
      lines: here.filter((line) => !line.correctsEarlier),
      adjustments: here.filter((line) => line.correctsEarlier),
      payouts: payouts.filter((payout) => payout.currency === currency),
      closingMinor: closing.get(currency) ?? 0n,
    };
    const moves = sumOf(part.lines) + sumOf(part.adjustments) + sumOf(part.payouts);
    assert(part.openingMinor + moves === part.closingMinor, `the statement in ${currency} to tie out to the journal`);
    return part;
  });
}

/** The sum of what some rows of a statement changed. */
export function sumOf(rows: readonly { readonly amountMinor: bigint }[]): bigint {
  return rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
