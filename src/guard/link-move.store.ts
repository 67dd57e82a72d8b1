import { sql, type Generated, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn } from '../platform/platform-tables.js';

export interface LinkMovesTable {
  id: Generated<BigintColumn>;
  registration_id: string;
  from_deal_id: string | null;
  /** Null: it was taken off its deal. */
  to_deal_id: string | null;
  proposal_id: string | null;
  moved_by: string;
  reason: string;
  at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    link_moves: LinkMovesTable;
  }
}

export async function insertMove(trx: Tx, move: Omit<LinkMovesTable, 'id'>): Promise<void> {
  await trx.insertInto('link_moves').values(move).execute();
}

export type LinkMoveRow = Selectable<LinkMovesTable>;

/** Which deals a registration was given, the last one first. */
export async function movesOf(db: Reader, registrationId: string, limit: number): Promise<readonly LinkMoveRow[]> {
  return db
    .selectFrom('link_moves')
    .selectAll()
    .where('registration_id', '=', registrationId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Deals that a registration had before the one it has. */
export async function formerDeals(db: Reader, registrationId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ from_deal_id: string }>`
    select distinct from_deal_id from link_moves
    where registration_id = ${registrationId} and from_deal_id is not null order by 1`.execute(db);
  return rows.map((row) => row.from_deal_id);
}

/** Deals that a registration was taken off, as not its own. */
export async function unlinkedDeals(db: Reader, registrationId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ from_deal_id: string }>`
    select distinct from_deal_id from link_moves
    where registration_id = ${registrationId} and to_deal_id is null and from_deal_id is not null order by 1`.execute(
    db,
  );
  return rows.map((row) => row.from_deal_id);
}

/** Which registrations once had which of these deals and have it no longer because somebody said so, as `registration deal`. */
export async function pairsGivenUp(db: Reader, dealIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ pair: string }>`
    select distinct registration_id || ' ' || from_deal_id as pair from link_moves
    where from_deal_id = any(${[...dealIds]}::text[])`.execute(db);
  return new Set(rows.map((row) => row.pair));
}
