import type { CrmDeal, DealReading, ReadDealsOptions } from '../contract.js';
import type { Call } from './call.js';
import type { DealMapping } from './mapping.js';
import { findRecord, readRecords } from './records.js';

/** HubSpot's record ids are decimal; one id of another form would make it refuse the whole batch. */
const recordIdForm = /^\d{1,19}$/;

/**
 * Reads many deals in one call. Only the ids that call does not explain cost more: one batch of archived deals, and a single
 * read for each id that is then still missing, because only a single read follows a merge to its survivor (BEHAVIOR.md).
 */
export async function readDeals(
  call: Call,
  mapping: DealMapping,
  crmDealIds: readonly string[],
  options: ReadDealsOptions,
): Promise<readonly DealReading[]> {
  const readings = new Map<string, DealReading>();
  const missing = (): string[] => [...new Set(crmDealIds)].filter((id) => !readings.has(id));

  for (const id of missing()) {
    if (!recordIdForm.test(id)) readings.set(id, { kind: 'missing', requestedId: id });
  }
  noteFound(readings, missing(), await readLive(call, mapping, missing(), options));
  for (const id of await readArchivedIds(call, missing())) readings.set(id, { kind: 'archived', requestedId: id });
  const unexplained = missing();
  const followed = unexplained.length === 0 ? [] : ((await options.worthFollowing?.(unexplained)) ?? unexplained);
  const single = await Promise.all(followed.map((id) => readOne(call, mapping, id, options)));
  for (const reading of single) readings.set(reading.requestedId, reading);
  for (const id of missing()) readings.set(id, { kind: 'missing', requestedId: id });

  return crmDealIds.flatMap((id) => readings.get(id) ?? []);
}

async function readLive(
  call: Call,
  mapping: DealMapping,
  ids: readonly string[],
  options: ReadDealsOptions,
): Promise<readonly CrmDeal[]> {
  const { properties, historyOf } = mapping;
  const records = await readRecords(call, 'deals', ids, { properties, withHistory: options.history ? historyOf : [] });
  return withHistory(await mapping.toDeals(records), options);
}

/** Where history was asked for and none came, the deal has none: asking again would bring no other answer. */
function withHistory(deals: readonly CrmDeal[], options: ReadDealsOptions): readonly CrmDeal[] {
  if (!options.history) return deals;
  return deals.map((deal) => (deal.stageHistory === null ? { ...deal, stageHistory: [] } : deal));
}

/** Results come in any order, and a survivor may be among them for an id it ate. */
function noteFound(
  readings: Map<string, DealReading>,
  requestedIds: readonly string[],
  deals: readonly CrmDeal[],
): void {
  const byId = new Map(deals.flatMap((deal) => [...deal.mergedIds, deal.crmDealId].map((id) => [id, deal] as const)));
  for (const requestedId of requestedIds) {
    const deal = byId.get(requestedId);
    if (deal !== undefined) readings.set(requestedId, foundOrMoved(requestedId, deal));
  }
}

function foundOrMoved(requestedId: string, deal: CrmDeal): DealReading {
  return { kind: deal.crmDealId === requestedId ? 'found' : 'moved', requestedId, deal };
}

async function readArchivedIds(call: Call, ids: readonly string[]): Promise<readonly string[]> {
  const archived = await readRecords(call, 'deals', ids, { properties: [], archived: true });
  return archived.map((record) => record.id).filter((id) => ids.includes(id));
}

async function readOne(
  call: Call,
  mapping: DealMapping,
  requestedId: string,
  options: ReadDealsOptions,
): Promise<DealReading> {
  const record = await findRecord(call, 'deals', requestedId, mapping.properties);
  if (record === null) return { kind: 'missing', requestedId };
  // Its history can only be asked for under the id it has now.
  const [deal] = options.history
    ? await readLive(call, mapping, [record.id], options)
    : await mapping.toDeals([record]);
  return deal === undefined ? { kind: 'missing', requestedId } : foundOrMoved(requestedId, deal);
}
