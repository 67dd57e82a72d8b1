import { sql } from 'kysely';
import type { DealStamp } from '../../connectors/contract.js';
import type { Reader } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';

export interface RepViewsTable {
  deal_id: string;
  stamp: JsonColumn<DealStamp>;
  written_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    rep_views: RepViewsTable;
  }
}

/** What the CRM shows of these deals since our last write. */
export async function lastWritten(db: Reader, dealIds: readonly string[]): Promise<ReadonlyMap<string, DealStamp>> {
  if (dealIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('rep_views')
    .select(['deal_id', 'stamp'])
    .where('deal_id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.deal_id, row.stamp]));
}

export async function saveWritten(
  db: Reader,
  written: readonly { readonly dealId: string; readonly stamp: DealStamp }[],
  now: Date,
): Promise<void> {
  if (written.length === 0) return;
  await db
    .insertInto('rep_views')
    .values(written.map(({ dealId, stamp }) => ({ deal_id: dealId, stamp: JSON.stringify(stamp), written_at: now })))
    .onConflict((conflict) =>
      conflict.column('deal_id').doUpdateSet((row) => ({
        stamp: row.ref('excluded.stamp'),
        written_at: row.ref('excluded.written_at'),
      })),
    )
    .execute();
}
