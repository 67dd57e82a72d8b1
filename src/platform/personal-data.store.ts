import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Reader, Tx } from './database.js';
import type { Json } from './json.js';
import {
  createScrubber,
  tracesToLookFor,
  type Holds,
  type Nearness,
  type Person,
  type PersonalTable,
  type Scrubber,
} from './personal-data.js';

/** A row in which something of a person stands. */
export interface Trace {
  readonly key: Readonly<Record<string, string | null>>;
  /** The columns concerned, as they are. */
  readonly holds: Readonly<Record<string, string>>;
}

/** Rows that are about the person alone, or all that name the person. */
type Where = 'about' | 'everywhere';

type Row = Readonly<Record<string, string | null>>;

/** The ids that the person's rows lead to, those given included: each table is asked with what the tables before it gave. */
export async function followIds(
  db: Reader,
  tables: readonly PersonalTable[],
  ids: readonly string[],
): Promise<readonly string[]> {
  const found = new Set(ids);
  for (const { table, about, leadsTo } of tables) {
    if (leadsTo === undefined || about === undefined || found.size === 0) continue;
    const { rows } = await sql<{ id: string | null }>`
      select distinct ${sql.ref(leadsTo)} as id from ${sql.table(table)}
      where ${isAbout(about, [...found])}`.execute(db);
    for (const { id } of rows) if (id !== null) found.add(id);
  }
  return [...found];
}

/** What the table holds of the person in words, for whoever is to read it. */
export async function findTraces(db: Reader, table: PersonalTable, person: Person): Promise<readonly Trace[]> {
  const traces = await changesIn(db, table, person);
  return traces.map(({ row, changed }) => ({
    key: Object.fromEntries(table.key.map((column) => [column, row[keyAlias(column)] ?? null])),
    holds: Object.fromEntries(Object.keys(changed).map((column) => [column, row[column] ?? ''])),
  }));
}

/** Takes the person out of the table's words. @returns how many rows were changed */
export async function eraseTraces(
  trx: Tx,
  table: PersonalTable,
  person: Person,
  where: Where = 'everywhere',
): Promise<number> {
  const changes = await changesIn(trx, table, person, where);
  for (const { row, changed } of changes) {
    const set = Object.entries(changed).map(([column, value]) =>
      isJson(table.columns[column])
        ? sql`${sql.ref(column)} = ${value}::text::jsonb`
        : sql`${sql.ref(column)} = ${value}::text`,
    );
    const isThis = table.key.map((column) => sql`${sql.ref(column)}::text = ${row[keyAlias(column)] ?? ''}::text`);
    const isThisRow = sql.join(isThis, sql` and `);
    // A row whose very key names the person goes: two of them would come to the same key.
    await (
      table.key.some((column) => column in changed)
        ? sql`delete from ${sql.table(table.table)} where ${isThisRow}`
        : sql`update ${sql.table(table.table)} set ${sql.join(set)} where ${isThisRow}`
    ).execute(trx);
  }
  return changes.length;
}

interface Change {
  readonly row: Row;
  readonly changed: Readonly<Record<string, string>>;
}

async function changesIn(
  db: Reader,
  table: PersonalTable,
  person: Person,
  where: Where = 'everywhere',
): Promise<readonly Change[]> {
  const read = Object.entries(table.columns).filter(([, holds]) => isRead(holds));
  if (read.length === 0) return [];
  const columns = read.map(([column]) => column);
  const asText = columns.map((column) => sql`${sql.ref(column)}::text as ${sql.ref(column)}`);
  const keys = table.key.map((column) => sql`${sql.ref(column)}::text as ${sql.ref(keyAlias(column))}`);
  // What is about one registration alone is found by its ids, for which there are indexes.
  const about = aboutCondition(table, person.ids, where);
  const { rows } = await sql<Row & { about: boolean }>`
    select ${sql.join([...asText, ...keys])}, coalesce(${about}, false) as about from ${sql.table(table.table)}
    where ${about} or ${where === 'everywhere' ? holdsTraces(columns, person) : sql<SqlBool>`false`}`.execute(db);
  const scrubber = createScrubber(person);
  return rows.flatMap(({ about: isNear, ...row }) => {
    const near = isNear || columns.some((column) => scrubber.names(row[column] ?? ''));
    const changed = read.flatMap(([column, holds]) => {
      const before = row[column];
      if (before == null) return [];
      const after = scrubbed(scrubber, holds, before, near);
      return after === before ? [] : [[column, after] as const];
    });
    return changed.length === 0 ? [] : [{ row, changed: Object.fromEntries(changed) }];
  });
}

function isRead(holds: Holds): boolean {
  return holds === 'words' || holds === 'title' || isJson(holds);
}

function isJson(holds: Holds | undefined): boolean {
  return holds === 'json' || holds === 'facts';
}

/** Written as it was where nothing changed: JSON is compared by its texts, not by how it is spaced. */
function scrubbed(scrubber: Scrubber, holds: Holds, text: string, isNear: boolean): string {
  const elsewhere: Nearness = holds === 'words' ? 'both-names' : 'address-only';
  const nearness = isNear ? 'about' : elsewhere;
  // A part of a name may be part of what a company is called; the whole name is the person.
  if (holds === 'title') return scrubber.text(text, isNear ? 'both-names' : 'address-only');
  if (!isJson(holds)) return scrubber.text(text, nearness);
  const value = JSON.parse(text) as Json;
  const named = holds === 'facts' && isNear ? 'both-names' : nearness;
  const after = JSON.stringify(scrubber.json(value, named));
  return after === JSON.stringify(value) ? text : after;
}

function keyAlias(column: string): string {
  return `key of ${column}`;
}

type Condition = RawBuilder<SqlBool>;

function isAbout(columns: readonly string[], ids: readonly string[]): Condition {
  const each = columns.map((column) => sql<SqlBool>`${sql.ref(column)} = any(${[...ids]}::text[])`);
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`;
}

function aboutCondition({ about, mentions }: PersonalTable, ids: readonly string[], where: Where): Condition {
  const conditions: Condition[] = [];
  if (about !== undefined && ids.length > 0) conditions.push(isAbout(about, ids));
  // Ids of ours are unmistakable in a text, those of a CRM are not.
  const ours = ids.filter((id) => /^[a-z]+_[a-z0-9]{20,}$/.test(id));
  if (where === 'everywhere' && mentions !== undefined && ours.length > 0) {
    conditions.push(sql<SqlBool>`${sql.ref(mentions)}::text ~ ${ours.join('|')}::text`);
  }
  return conditions.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
}

function holdsTraces(columns: readonly string[], person: Person): Condition {
  const { texts, digits } = tracesToLookFor(person);
  const all = sql`concat_ws(' ', ${sql.join(columns.map((column) => sql`${sql.ref(column)}::text`))})`;
  const conditions = [
    ...texts.map((text) => sql<SqlBool>`position(${text}::text in lower(${all})) > 0`),
    ...digits.map((run) => sql<SqlBool>`position(${run}::text in regexp_replace(${all}, '[^0-9]', '', 'g')) > 0`),
  ];
  return conditions.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
}
