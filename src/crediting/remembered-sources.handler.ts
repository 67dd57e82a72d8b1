import type { Reader } from '../platform/database.js';
import type { FactSources } from './load-facts.handler.js';

type ReadOfDeals<Row> = (db: Reader, dealIds: readonly string[]) => Promise<readonly Row[]>;

/**
 * Sources that read what is known of a deal once, for a caller that widens a scope and then loads its facts, within one snapshot
 * of the database: outside of it they would go on telling what was.
 */
export function rememberedSources(sources: FactSources): FactSources {
  return {
    ...sources,
    deals: remembered(sources.deals, ({ id }) => id),
    registrationsOfDeals: remembered(sources.registrationsOfDeals, ({ dealId }) => dealId),
  };
}

function remembered<Row>(read: ReadOfDeals<Row>, dealOf: (row: Row) => string | null): ReadOfDeals<Row> {
  const known = new Map<string, Row[]>();
  return async (db, dealIds) => {
    const missing = dealIds.filter((id) => !known.has(id));
    const rows = missing.length === 0 ? [] : await read(db, missing);
    for (const id of missing) known.set(id, []);
    for (const row of rows) known.get(dealOf(row) ?? '')?.push(row);
    return dealIds.flatMap((id) => known.get(id) ?? []);
  };
}
