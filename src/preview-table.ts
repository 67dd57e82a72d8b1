import type { PlanPreviewView } from './crediting/plan-preview.api.js';
import { tableOf } from './outcome-table.js';

const mostRows = 200;
const sums = ['currency', 'booked', 'wouldBe', 'difference'] as const;

/** A preview as tables for a person to read. */
export function tableOfPreview(preview: PlanPreviewView): string {
  const { version, outcome, from, to, dealsCompared, dealsChanged, totals, partners, deals, flags } = preview;
  const what = outcome === 'new' ? `Plan ${version}, not stored` : `Plan ${version} holds already`;
  const shownPartners = partners.map((row) => ({ ...row, partner: row.partnerName ?? row.partnerId }));
  const partnerNames = new Map(shownPartners.map(({ partnerId, partner }) => [partnerId, partner]));
  const parts = [
    `${what}: deals won from ${from} to ${to}\n${String(dealsChanged)} of ${String(dealsCompared)} deals would change.`,
    tableOf('Total', sums, totals),
    tableOfMost('Partners', ['partner', ...sums], shownPartners),
    tableOfMost(
      'Deals',
      ['deal', 'crmDeal', 'name', 'partner', ...sums],
      deals.map((row) => ({ ...dealCells(row), ...row, partner: partnerNames.get(row.partnerId) ?? row.partnerId })),
    ),
    ...(flags.length === 0
      ? []
      : [
          tableOfMost(
            'Flags',
            ['deal', 'crmDeal', 'name', 'flag', 'sentence'],
            flags.map((row) => ({ ...dealCells(row), flag: row.flag, sentence: row.sentence })),
          ),
        ]),
  ];
  return parts.join('\n\n');
}

/** A table that a person still reads; programs take the JSON. */
function tableOfMost<Column extends string>(
  title: string,
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string>>[],
): string {
  const left = rows.length - mostRows;
  const table = tableOf(title, columns, rows.slice(0, mostRows));
  return left > 0 ? `${table}\n  and ${String(left)} more: --format json names them all` : table;
}

function dealCells({
  dealId,
  crmDealId,
  dealName,
}: PlanPreviewView['flags'][number] | PlanPreviewView['deals'][number]) {
  return { deal: dealId, crmDeal: crmDealId ?? '', name: dealName ?? '' };
}
