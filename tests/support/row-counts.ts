import { sql } from 'kysely';
import type { Database } from '../../src/platform/database.js';

/** How many rows every table holds: what a refused call must leave as it is. */
export async function rowCounts(db: Database): Promise<Readonly<Record<string, number>>> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema() order by tablename`.execute(db);
  // A row of the pending set that rests is dropped after a while, whoever calls.
  const resting = (name: string): string => (name === 'pending_deals' ? 'where due_at is not null' : '');
  const counts = tables.rows.map(
    ({ name }) => `select '${name}' as name, count(*)::int as rows from "${name}" ${resting(name)}`,
  );
  const { rows } = await sql.raw<{ name: string; rows: number }>(counts.join(' union all ')).execute(db);
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
}
