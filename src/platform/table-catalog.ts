import { sql } from 'kysely';
import type { Reader } from './database.js';

/** A column as a backup carries it: by name, its value as the database's own text. */
export interface TableColumn {
  readonly name: string;
  /** SQL type, such as `timestamp with time zone`. */
  readonly type: string;
  /** The sequence that fills it, null for most columns. */
  readonly sequence: string | null;
}

export interface ForeignKey {
  readonly table: string;
  readonly name: string;
  /** The whole clause, from `FOREIGN KEY` on. */
  readonly definition: string;
}

/** The product's own tables with the columns that can be written, by table name. */
export async function readTables(reader: Reader): Promise<ReadonlyMap<string, readonly TableColumn[]>> {
  const { rows } = await sql<TableColumn & { readonly table: string }>`
    select class.relname as "table", attribute.attname as name,
      format_type(attribute.atttypid, attribute.atttypmod) as type,
      pg_get_serial_sequence(quote_ident(class.relname), attribute.attname) as sequence
    from pg_class class
    join pg_attribute attribute on attribute.attrelid = class.oid
    where class.relnamespace = current_schema()::regnamespace and class.relkind = 'r'
      and class.relname not like 'kysely_migration%'
      and attribute.attnum > 0 and not attribute.attisdropped and attribute.attgenerated = ''
    order by class.relname, attribute.attnum`.execute(reader);
  const tables = new Map<string, TableColumn[]>();
  for (const { table, ...column } of rows) tables.set(table, [...(tables.get(table) ?? []), column]);
  return tables;
}

export async function readForeignKeys(reader: Reader): Promise<readonly ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    select class.relname as "table", foreign_key.conname as name, pg_get_constraintdef(foreign_key.oid) as definition
    from pg_constraint foreign_key
    join pg_class class on class.oid = foreign_key.conrelid
    where foreign_key.contype = 'f' and foreign_key.connamespace = current_schema()::regnamespace
    order by class.relname, foreign_key.conname`.execute(reader);
  return rows;
}
