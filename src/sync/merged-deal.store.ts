import { sql } from 'kysely';
import type { Reader } from '../platform/database.js';

/** The deals that were merged into these, directly or one after the other, each with the one of these that has it now. */
export async function eatenDeals(db: Reader, dealIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; survivor: string }>`
    with recursive eaten (id, survivor) as (
      select id, merged_into from deals where merged_into = any(${[...dealIds]}::text[])
      union
      select deals.id, eaten.survivor from deals join eaten on deals.merged_into = eaten.id
    )
    select id, survivor from eaten`.execute(db);
  return new Map(rows.map(({ id, survivor }) => [id, survivor]));
}

/** The deals that are left of those of these that were merged away. */
export async function survivorsOf(db: Reader, dealIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive line (id, merged_into) as (
      select id, merged_into from deals where id = any(${[...dealIds]}::text[]) and merged_into is not null
      union
      select deals.id, deals.merged_into from deals join line on deals.id = line.merged_into
    )
    select distinct id from line where merged_into is null`.execute(db);
  return rows.map(({ id }) => id);
}
