import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration as KyselyMigration } from 'kysely/migration';
import { assertDefined } from './assert.js';
import type { Reader } from './database.js';

/** One forward-only step of the schema. Never edited once merged; `name` is numbered, such as `0003-journal`. */
export interface Migration {
  readonly name: string;
  up(db: Kysely<unknown>): Promise<void>;
}

/** The database was written by a newer version of the product, which this one would misread. */
export class DatabaseNewerThanCode extends Error {
  override readonly name = 'DatabaseNewerThanCode';
  readonly unknownMigrations: readonly string[];

  constructor(unknownMigrations: readonly string[]) {
    super(
      `This database already has ${unknownMigrations.join(', ')}, which this version of Introducer does not know. ` +
        'Start the version that wrote it, or a newer one.',
    );
    this.unknownMigrations = unknownMigrations;
  }
}

/** A schema step failed. All steps of one run share a transaction, so nothing of the run remains. */
class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
}

/**
 * Brings the schema up to the newest step. Several processes may call it at once: one works, the others wait for it.
 * @returns the names applied by this call, oldest first
 * @throws DatabaseNewerThanCode, MigrationFailed
 */
export async function migrate(db: Reader, migrations: readonly Migration[]): Promise<readonly string[]> {
  await refuseNewerDatabase(db, migrations);
  const steps: Record<string, KyselyMigration> = Object.fromEntries(migrations.map((step) => [step.name, step]));
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(steps) },
    // Named, or Kysely would take another schema's table of the same database for its own.
    migrationTableSchema: await currentSchema(db),
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the schema';
    const words = error instanceof Error ? error.message : 'no reason given';
    throw new MigrationFailed(`${failed} could not be applied: ${words}`, { cause: error });
  }
  return (results ?? []).map((result) => result.migrationName);
}

/** Names of the steps this database has, oldest first; none on an empty database. */
export async function appliedMigrations(db: Reader): Promise<readonly string[]> {
  const table = await sql<{ present: boolean }>`select to_regclass('kysely_migration') is not null as present`.execute(
    db,
  );
  if (table.rows[0]?.present !== true) return [];
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return applied.rows.map((row) => row.name);
}

async function currentSchema(db: Reader): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
  return assertDefined(rows[0]?.name, 'a schema in the search path of the database');
}

async function refuseNewerDatabase(db: Reader, migrations: readonly Migration[]): Promise<void> {
  const known = new Set(migrations.map((step) => step.name));
  const unknown = (await appliedMigrations(db)).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new DatabaseNewerThanCode(unknown);
}
