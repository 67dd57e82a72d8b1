import type { DealReading } from '../contract.js';
import { fullId, isIdOf } from './ids.js';
import type { DealMapping, Surroundings } from './mapping.js';
import type { Call } from './org-access.js';
import { queryMany, type Query } from './queries.js';
import { flagOf, idOf, textOf, type Row } from './row-values.js';
import { chunks, names, soql } from './soql.js';
import type { HistorySource } from './stage-history.js';

/** Opportunities in one query: their histories, some eight rows each, then fit one page of 2,000. */
const opportunitiesPerQuery = 250;
/** Four queries of opportunities go in one call; with their histories two. */
export const readDealsSize = 4 * opportunitiesPerQuery;
export const readDealsWithHistorySize = 2 * opportunitiesPerQuery;

const operation = 'read deals';

/**
 * Reads many deals in one call, deleted ones included. Opportunities are never merged.
 * @param history where stage histories are, or `null` when they are not wanted
 */
export async function readDeals(
  call: Call,
  mapping: DealMapping,
  crmDealIds: readonly string[],
  history: HistorySource | null,
): Promise<readonly DealReading[]> {
  const ids = crmDealIds.flatMap((id) => fullId(id) ?? []).filter((id) => isIdOf('Opportunity', id));
  const found = await readOpportunities(call, mapping, unique(ids), history);
  const deals = await mapping.toDeals(
    found.map(({ row }) => row),
    surroundingsOf(found, history),
  );
  const byId = new Map(deals.map((deal) => [deal.crmDealId, deal]));
  const deleted = new Set(found.filter(({ row }) => flagOf(row, 'IsDeleted')).map(({ row }) => idOf(row)));
  return crmDealIds.map((requestedId) => {
    const id = fullId(requestedId) ?? '';
    const deal = byId.get(id);
    if (deal === undefined) return { kind: 'missing', requestedId };
    return deleted.has(id) ? { kind: 'archived', requestedId } : { kind: 'found', requestedId, deal };
  });
}

interface Found {
  readonly row: Row;
  readonly history: readonly Row[];
  readonly lineItems: readonly Row[];
}

/** All queries together, so that few calls carry them. */
async function readOpportunities(
  call: Call,
  mapping: DealMapping,
  ids: readonly string[],
  history: HistorySource | null,
): Promise<readonly Found[]> {
  const parts = chunks(ids, opportunitiesPerQuery);
  const ofDeals = parts.map((some) => opportunityQuery(mapping, some));
  const ofHistories = history === null ? [] : parts.flatMap((some) => history.query(some) ?? []);
  const ofItems = mapping.lineItemFields.length === 0 ? [] : parts.map((some) => lineItemQuery(mapping, some));
  const results = [...(await queryMany(call, operation, [...ofDeals, ...ofHistories, ...ofItems]))];
  const take = (queries: readonly Query[]): readonly Row[] => results.splice(0, queries.length).flat();
  const rows = take(ofDeals);
  const [historyOf, itemsOf] = [groupByOpportunity(take(ofHistories)), groupByOpportunity(take(ofItems))];
  return rows.map((row) => ({
    row,
    history: historyOf.get(idOf(row)) ?? [],
    lineItems: itemsOf.get(idOf(row)) ?? [],
  }));
}

function opportunityQuery({ opportunityFields }: DealMapping, ids: readonly string[]): Query {
  return { soql: soql`SELECT ${names(opportunityFields)} FROM Opportunity WHERE Id IN ${ids}`, withDeleted: true };
}

function lineItemQuery({ lineItemFields }: DealMapping, ids: readonly string[]): Query {
  const fields = names(['Id', 'OpportunityId', ...lineItemFields]);
  return { soql: soql`SELECT ${fields} FROM OpportunityLineItem WHERE OpportunityId IN ${ids}` };
}

function groupByOpportunity(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = textOf(row, 'OpportunityId') ?? '';
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return groups;
}

function surroundingsOf(found: readonly Found[], source: HistorySource | null): (id: string) => Surroundings {
  const byId = new Map(found.map((one) => [idOf(one.row), one]));
  return (id) => {
    const one = byId.get(id);
    const history = source === null || one === undefined ? null : source.rowsOf(one.row, one.history);
    return { history, lineItems: one?.lineItems ?? [] };
  };
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
