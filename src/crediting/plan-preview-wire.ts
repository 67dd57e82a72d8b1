import { formatAmount } from '../money/money.js';
import { sentenceOfGate } from '../plans/gate.js';
import type { PlanPreviewView } from './plan-preview.api.js';
import type { Comparison } from './plan-comparison.js';
import type { PlanPreview } from './preview-plan.handler.js';

type ComparisonView = PlanPreviewView['totals'][number];
type DealNameView = Pick<PlanPreviewView['flags'][number], 'dealId' | 'crm' | 'crmDealId' | 'dealName'>;

/** A preview as it is shown. */
export function planPreviewOnWire(preview: PlanPreview): PlanPreviewView {
  const { slug, number, outcome, days, asOf, dealsCompared, dealsChanged } = preview;
  const dealNamed = (dealId: string): DealNameView => {
    const { crm, crmDealId } = preview.crmIds.get(dealId) ?? { crm: null, crmDealId: null };
    return { dealId, crm, crmDealId, dealName: preview.dealNames.get(dealId) ?? null };
  };
  return {
    plan: slug,
    version: `${slug}@${String(number)}`,
    outcome,
    from: days.from,
    to: days.to,
    asOf,
    dealsCompared,
    dealsChanged,
    totals: preview.totals.map(comparisonOnWire),
    partners: preview.partners.map(({ partnerId, ...sums }) => ({
      partnerId,
      partnerName: preview.partnerNames.get(partnerId) ?? null,
      ...comparisonOnWire(sums),
    })),
    deals: preview.deals.map(({ dealId, partnerId, ...sums }) => ({
      ...dealNamed(dealId),
      partnerId,
      ...comparisonOnWire(sums),
    })),
    flags: preview.flags.map(({ dealId, kind, about, evidence }) => ({
      ...dealNamed(dealId),
      flag: kind,
      about,
      sentence: sentenceOfGate({ kind: 'blocked', gate: 'amount', reason: kind, evidence }),
    })),
  };
}

function comparisonOnWire({ currency, bookedMinor, wouldBeMinor }: Comparison): ComparisonView {
  return {
    currency,
    booked: formatAmount(bookedMinor, currency),
    wouldBe: formatAmount(wouldBeMinor, currency),
    difference: formatAmount(wouldBeMinor - bookedMinor, currency),
  };
}
