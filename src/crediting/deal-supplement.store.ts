import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';
import type { Day } from '../program/calendar.js';
import type { DealSupplement } from './deal-supplement.js';

interface DealSupplementsTable {
  deal_id: string;
  number: number;
  churned_on: string | null;
  fields: JsonColumn<Readonly<Record<string, string>>>;
  recorded_at: Date;
  recorded_by: string;
}

declare module '../platform/database.js' {
  interface Tables {
    deal_supplements: DealSupplementsTable;
  }
}

/** Lets one transaction at a time supplement deals: each goes on from what the one before it left. */
export async function lockSupplements(trx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('deal_supplements', 0))`.execute(trx);
}

/** Records what is known from now on, one statement for all, under the number after each deal's last. */
export async function insertSupplements(
  trx: Tx,
  supplements: ReadonlyMap<string, DealSupplement>,
  recorded: { readonly at: Date; readonly by: string },
): Promise<void> {
  const rows = [...supplements].map(([dealId, { churnedOn, fields }]) => ({
    deal_id: dealId,
    churned_on: churnedOn,
    fields,
  }));
  await sql`
    insert into deal_supplements (deal_id, number, churned_on, fields, recorded_at, recorded_by)
    select deal_id, 1 + coalesce((select max(number) from deal_supplements known where known.deal_id = supplement.deal_id), 0),
      churned_on, fields, ${recorded.at}, ${recorded.by}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as supplement (deal_id text, churned_on date, fields jsonb)`.execute(trx);
}

/** What is known of these deals beside the CRM, by deal. Those of which nothing was ever told are left out. */
export async function supplementsOfDeals(
  db: Reader,
  dealIds: readonly string[],
): Promise<ReadonlyMap<string, DealSupplement>> {
  if (dealIds.length === 0) return new Map();
  const { rows } = await sql<{ deal_id: string; churned_on: Day | null; fields: Record<string, string> }>`
    select distinct on (deal_id) deal_id, churned_on, fields from deal_supplements
    where deal_id = any(${[...dealIds]}::text[])
    order by deal_id, number desc`.execute(db);
  return new Map(rows.map((row) => [row.deal_id, { churnedOn: row.churned_on, fields: row.fields }]));
}
