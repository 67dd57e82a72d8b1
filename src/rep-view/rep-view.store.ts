import { sql, type Generated } from 'kysely';
import type { DealStamp } from '../../connectors/contract.js';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn, JsonColumn } from '../platform/platform-tables.js';

export interface RepViewsTable {
  connection_id: string;
  object_type: 'deal' | 'lead';
  crm_id: string;
  /** Null where somebody else wrote to the record since. */
  stamp: JsonColumn<DealStamp> | null;
  round: Generated<BigintColumn>;
  noted_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    rep_views: RepViewsTable;
  }
}

/** A record in a CRM on which reps see what became of a registration. */
export interface ViewRecord {
  readonly connectionId: string;
  readonly objectType: 'deal' | 'lead';
  readonly crmId: string;
}

/** What a record shows since our last write; `stamp` null: not known. `round` goes back into `noteShown`. */
export interface ShownView {
  readonly stamp: DealStamp | null;
  readonly round: string;
}

/** The round of a record of which nothing was ever noted. */
export const firstRound = '0';

export function recordKey({ connectionId, objectType, crmId }: ViewRecord): string {
  return JSON.stringify([connectionId, objectType, crmId]);
}

/** What the CRM shows on these records, by `recordKey`; records on which nothing was ever shown are left out. */
export async function shownViews(db: Reader, records: readonly ViewRecord[]): Promise<ReadonlyMap<string, ShownView>> {
  if (records.length === 0) return new Map();
  const { rows } = await sql<RecordColumns & { stamp: DealStamp | null; round: string }>`
    select view.connection_id, view.object_type, view.crm_id, view.stamp, view.round::text as round
    from rep_views view join ${asRows(records.map(columnsOf))} as wanted using (connection_id, object_type, crm_id)
  `.execute(db);
  return new Map(
    rows.map(({ stamp, round, ...row }) => [
      recordKey({ connectionId: row.connection_id, objectType: row.object_type, crmId: row.crm_id }),
      { stamp, round },
    ]),
  );
}

export interface Written {
  readonly record: ViewRecord;
  readonly stamp: DealStamp;
  /** The round in which the write began. */
  readonly round: string;
}

/** Notes what records show now, except where somebody else wrote to one since the write began. */
export async function noteShown(trx: Tx, written: readonly Written[], now: Date): Promise<void> {
  if (written.length === 0) return;
  const rows = written.map(({ record, stamp, round }) => ({ ...columnsOf(record), stamp, round }));
  await sql`
    insert into rep_views (connection_id, object_type, crm_id, stamp, round, noted_at)
    select connection_id, object_type, crm_id, stamp, round, ${now} from ${asRows(rows)} as written
    order by connection_id, object_type, crm_id
    on conflict (connection_id, object_type, crm_id) do update set
      stamp = excluded.stamp, noted_at = excluded.noted_at
    where rep_views.round = excluded.round`.execute(trx);
}

/** Notes that somebody else wrote to these records: what they show is not known any more. */
export async function forgetShown(trx: Tx, records: readonly ViewRecord[], now: Date): Promise<void> {
  if (records.length === 0) return;
  await sql`
    insert into rep_views (connection_id, object_type, crm_id, stamp, round, noted_at)
    select connection_id, object_type, crm_id, null, 1, ${now} from ${asRows(records.map(columnsOf))} as changed
    order by connection_id, object_type, crm_id
    on conflict (connection_id, object_type, crm_id) do update set
      stamp = null, round = rep_views.round + 1, noted_at = excluded.noted_at`.execute(trx);
}

interface RecordColumns {
  readonly connection_id: string;
  readonly object_type: 'deal' | 'lead';
  readonly crm_id: string;
}

function columnsOf({ connectionId, objectType, crmId }: ViewRecord): RecordColumns {
  return { connection_id: connectionId, object_type: objectType, crm_id: crmId };
}

function asRows(rows: readonly object[]) {
  return sql`(
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row(connection_id text, object_type text, crm_id text, stamp jsonb, round bigint)
  )`;
}
