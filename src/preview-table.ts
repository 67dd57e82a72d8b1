import type { PlanPreviewView } from './crediting/plan-preview.api.js';
import { tableOf } from './outcome-table.js';

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
    tableOf('Partners', ['partner', ...sums], shownPartners),
    tableOf(
      'Deals',
      ['deal', 'crmDeal', 'name', 'partner', ...sums],
      deals.map((row) => ({ ...dealCells(row), ...row, partner: partnerNames.get(row.partnerId) ?? row.partnerId })),
    ),
    ...(flags.length === 0
      ? []
      : [
          tableOf(
            'Flags',
            ['deal', 'crmDeal', 'name', 'flag', 'sentence'],
            flags.map((row) => ({ ...dealCells(row), flag: row.flag, sentence: row.sentence })),
          ),
        ]),
  ];
  return parts.join('\n\n');
}

function dealCells({
  dealId,
  crmDealId,
  dealName,
}: PlanPreviewView['flags'][number] | PlanPreviewView['deals'][number]) {
  return { deal: dealId, crmDeal: crmDealId ?? '', name: dealName ?? '' };
}
