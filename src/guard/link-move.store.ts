import { sql, type Generated, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn } from '../platform/platform-tables.js';

export interface LinkMovesTable {
  id: Generated<BigintColumn>;
  registration_id: string;
  from_deal_id: string | null;
  to_deal_id: string;
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
