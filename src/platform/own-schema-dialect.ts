import {
  PostgresDialect,
  sql,
  type DatabaseIntrospector,
  type Kysely,
  type SchemaMetadata,
  type TableMetadata,
} from 'kysely';

/**
 * PostgreSQL, seen as the one schema that is ours. Kysely looks through every schema of the database before it migrates, and fails
 * when somebody else's is dropped while it looks.
 */
export class OwnSchemaDialect extends PostgresDialect {
  override createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return { getSchemas: () => ownSchema(db), getTables: () => ownTables(db) };
  }
}

async function ownSchema(db: Kysely<unknown>): Promise<SchemaMetadata[]> {
  const { rows } =
    await sql<SchemaMetadata>`select current_schema() as name where current_schema() is not null`.execute(db);
  return rows;
}

/** The tables by name alone: nothing here asks for their columns. */
async function ownTables(db: Kysely<unknown>): Promise<TableMetadata[]> {
  const { rows } = await sql<{ readonly name: string; readonly schema: string }>`
    select tablename as name, schemaname as schema from pg_tables where schemaname = current_schema()`.execute(db);
  return rows.map((table) => ({ ...table, isView: false, isForeign: false, columns: [] }));
}
