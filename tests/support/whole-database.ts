import { sql } from 'kysely';
import type { Database } from '../../src/platform/database.js';

/** Every row of every table as text, each line with its table before it: whatever is held stands in it. */
export async function wholeDatabase(db: Database): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name`.execute(db);
  const lines: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ line: string }>`select whole::text as line from ${sql.table(name)} as whole`.execute(
      db,
    );
    lines.push(...rows.map(({ line }) => `${name}: ${line}`));
  }
  return lines;
}

/** Lines in which one of these texts stands, in any case of letters. */
export function linesWith(lines: readonly string[], texts: readonly string[]): readonly string[] {
  return lines.filter((line) => texts.some((text) => line.toLowerCase().includes(text.toLowerCase())));
}
