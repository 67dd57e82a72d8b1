import type { z } from 'zod';
import { formatAmount } from '../money/money.js';
import { csvText } from '../platform/csv-text.js';
import type { statementShape } from './statement.api.js';
import {
  sumOf,
  type CurrencyStatement,
  type Statement,
  type StatementLine,
  type StatementPayout,
} from './statement.js';

type StatementView = z.input<typeof statementShape>;
type CurrencyView = StatementView['currencies'][number];

/** A statement as it is shown. */
export function statementOnWire(statement: Statement): StatementView {
  return {
    partnerId: statement.partnerId,
    period: statement.period,
    from: statement.from.toISOString(),
    until: statement.until.toISOString(),
    final: statement.final,
    currencies: statement.currencies.map(currencyOnWire),
  };
}

function currencyOnWire(part: CurrencyStatement): CurrencyView {
  const shown = (minor: bigint): string => formatAmount(minor, part.currency);
  const debt = (minor: bigint): string => shown(minor < 0n ? -minor : 0n);
  return {
    currency: part.currency,
    opening: shown(part.openingMinor),
    openingDebt: debt(part.openingMinor),
    lines: part.lines.map(lineOnWire),
    adjustments: part.adjustments.map(lineOnWire),
    payouts: part.payouts.map(payoutOnWire),
    totals: {
      lines: shown(sumOf(part.lines)),
      adjustments: shown(sumOf(part.adjustments)),
      payouts: shown(sumOf(part.payouts)),
    },
    closing: shown(part.closingMinor),
    carriedDebt: debt(part.closingMinor),
  };
}

function lineOnWire(line: StatementLine): CurrencyView['lines'][number] {
  return {
    id: line.id,
    kind: line.kind,
    rule: line.component,
    amount: formatAmount(line.amountMinor, line.currency),
    currency: line.currency,
    earnedOn: line.earnedOn,
    bookedOn: line.bookedOn,
    payableOn: line.payableOn,
    dealId: line.dealId,
    sourceLineId: line.sourceLineId,
    planVersion: line.planVersion,
    status: line.status,
  };
}

function payoutOnWire(payout: StatementPayout): CurrencyView['payouts'][number] {
  return {
    id: payout.id,
    kind: payout.kind,
    amount: formatAmount(payout.amountMinor, payout.currency),
    currency: payout.currency,
    paidOn: payout.paidOn,
    bookedOn: payout.bookedOn,
    reference: payout.reference,
  };
}

const columns = [
  'row',
  'currency',
  'amount',
  'id',
  'kind',
  'rule',
  'earnedOn',
  'bookedOn',
  'payableOn',
  'paidOn',
  'dealId',
  'sourceLineId',
  'planVersion',
  'status',
  'reference',
] as const;

type Row = Readonly<Record<(typeof columns)[number], string | null>>;

const emptyRow = Object.fromEntries(columns.map((column) => [column, null])) as Row;

/**
 * A statement as a table: for each currency its opening balance, a row for each line, adjustment and payout, and its closing
 * balance, which is the sum of the amounts above it.
 */
export function statementCsv(statement: StatementView): string {
  const rows = statement.currencies.flatMap(({ currency, opening, lines, adjustments, payouts, closing }): Row[] => [
    { ...emptyRow, row: 'opening', currency, amount: opening },
    ...lines.map((line) => ({ ...emptyRow, row: 'line', ...line })),
    ...adjustments.map((line) => ({ ...emptyRow, row: 'adjustment', ...line })),
    ...payouts.map((payout) => ({ ...emptyRow, row: 'payout', ...payout })),
    { ...emptyRow, row: 'closing', currency, amount: closing },
  ]);
  return csvText(columns, rows);
}
