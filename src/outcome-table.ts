import type { OutcomeView } from './crediting/scenario/scenario-view.js';

const lineColumns = [
  'bookedOn',
  'partner',
  'kind',
  'rule',
  'deal',
  'amount',
  'currency',
  'status',
  'earnedOn',
  'payableOn',
] as const;
const balanceColumns = ['partner', 'currency', 'pending', 'payable', 'paid', 'total'] as const;
const payoutColumns = ['on', 'partner', 'amount', 'currency', 'from'] as const;
const flagColumns = ['deal', 'flag', 'sentence'] as const;

/** An outcome as tables for a person to read. */
export function tableOfOutcome({ asOf, lines, balances, flags, payouts }: OutcomeView): string {
  const parts = [
    `As of ${asOf}`,
    tableOf('Lines', lineColumns, lines),
    tableOf('Balances', balanceColumns, balances),
    ...(payouts.length === 0 ? [] : [tableOf('Payouts', payoutColumns, payouts)]),
    ...(flags.length === 0 ? [] : [tableOf('Flags', flagColumns, flags)]),
  ];
  return parts.join('\n\n');
}

/** Rows under a title, each column as wide as it needs. */
export function tableOf<Column extends string>(
  title: string,
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | null>>[],
): string {
  if (rows.length === 0) return `${title}: none`;
  const cells = [[...columns], ...rows.map((row) => columns.map((column) => row[column] ?? '-'))];
  const widths = columns.map((_column, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  const text = cells.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [title, ...text.map((line) => `  ${line}`)].join('\n');
}
