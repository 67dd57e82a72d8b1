/** A deal that was won in the days that are previewed. */
export interface WonDealRecord {
  readonly dealId: string;
  /** As the CRM names it, where it does. */
  readonly name: string | null;
  /** Whose registrations are or were linked to it. */
  readonly partnerIds: readonly string[];
}

/** Deals that are computed together. */
export interface PreviewBatch {
  readonly dealIds: ReadonlySet<string>;
  readonly partnerIds: ReadonlySet<string>;
}

/**
 * Parts deals into batches of about a size, each deal in one of them, and those of one partner side by side: what bears on a
 * deal is mostly that partner's, and is then read once. A partner's deals are never parted, so a batch may be larger.
 */
export function previewBatches(deals: readonly WonDealRecord[], size: number): readonly PreviewBatch[] {
  const byPartner = new Map<string, WonDealRecord[]>();
  for (const deal of deals) {
    const partnerId = firstOf(deal.partnerIds);
    const group = byPartner.get(partnerId);
    if (group === undefined) byPartner.set(partnerId, [deal]);
    else group.push(deal);
  }
  const batches: { dealIds: Set<string>; partnerIds: Set<string> }[] = [];
  for (const group of byPartner.values()) {
    let batch = batches.at(-1);
    if (batch === undefined || batch.dealIds.size + group.length > size) {
      batch = { dealIds: new Set(), partnerIds: new Set() };
      batches.push(batch);
    }
    for (const { dealId, partnerIds } of group) {
      batch.dealIds.add(dealId);
      for (const partnerId of partnerIds) batch.partnerIds.add(partnerId);
    }
  }
  return batches;
}

/** Deals that nobody registered go together. */
function firstOf(partnerIds: readonly string[]): string {
  return partnerIds.reduce((first, id) => (first === '' || id < first ? id : first), '');
}
