import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { z } from 'zod';
import { migrations } from '../../src/migrations.js';
import {
  embeddedDatabase,
  embeddedParsers,
  openDatabase,
  type Database,
  type OpenDatabase,
} from '../../src/platform/database.js';
import { migrate, type Migration } from '../../src/platform/migration.js';
import { describeWith, testDatabaseUrl } from './services.js';

export interface TestDatabaseOptions {
  readonly migrations: readonly Migration[];
  readonly onQuery?: (statement: string) => void;
}

/** Opens an empty, migrated database; `close()` removes it. It takes about a second, so a test file shares one. */
export type OpenTestDatabase = (options: TestDatabaseOptions) => Promise<OpenDatabase>;

/** Runs the same suite on the embedded engine and, where there is a server, on PostgreSQL. */
export function eachDatabase(name: string, suite: (open: OpenTestDatabase) => void): void {
  describe(`${name}, on the embedded database`, () => {
    suite(openTestDatabase);
  });
  describeWith('postgres', `${name}, on PostgreSQL`, () => {
    suite(openTestPostgres);
  });
}

/** Where the stories run: on the embedded database, and with `test:full` on PostgreSQL a second time. */
export const openStoryDatabase: OpenTestDatabase = (options) => {
  const { storiesOn } = globalThis as { readonly storiesOn?: string };
  return storiesOn === 'postgres' ? openTestPostgres(options) : openTestDatabase(options);
};

/** An embedded database in memory. */
export async function openTestDatabase(options: TestDatabaseOptions): Promise<OpenDatabase> {
  const whole = options.migrations === migrations;
  const image = whole ? await imagePath(`migrated-${await schemaHash()}`) : null;
  const kept = image === null ? null : await readImage(image);
  const pglite = kept === null ? await createInMemory() : await create(kept);
  const database = embeddedDatabase(pglite, options.onQuery);
  await migrate(database.db, options.migrations);
  if (image !== null && kept === null) {
    await keepImage(image, pglite);
    await forgetImagesBeside(image);
  }
  return database;
}

/** A schema of its own on the test server, dropped by `close()`. */
async function openTestPostgres(options: TestDatabaseOptions): Promise<OpenDatabase> {
  const schema = await createTestSchema();
  const database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '', onQuery: options.onQuery });
  await migrate(database.db, options.migrations);
  return {
    ...database,
    close: async () => {
      await database.close();
      await schema.drop();
    },
  };
}

export interface TestSchema {
  /** A URL whose connections see only the schema: what a child process is given as `DATABASE_URL`. */
  readonly databaseUrl: string;
  drop(): Promise<void>;
}

/** An empty schema on the test server. */
export async function createTestSchema(): Promise<TestSchema> {
  const name = `t_${String(process.pid)}_${randomBytes(6).toString('hex')}`;
  await runOnServer(`create schema ${name}`);
  const url = new URL(testDatabaseUrl);
  url.searchParams.set('options', `-csearch_path=${name}`);
  return { databaseUrl: url.toString(), drop: () => runOnServer(`drop schema ${name} cascade`) };
}

/** Empties every table, append-only ones included, between two tests that share a database. */
export async function emptyTables(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const tables = await sql<{ name: string }>`
      select quote_ident(tablename) as name from pg_tables
      where schemaname = current_schema() and tablename not like 'kysely_migration%'`.execute(trx);
    const looks = tables.rows.map(({ name }) => `select '${name}' as name where exists (select 1 from ${name})`);
    // Emptying an empty table costs as much as a full one, so only those that hold something.
    const filled = await sql.raw<{ name: string }>(looks.join(' union all ')).execute(trx);
    if (filled.rows.length === 0) return;
    // The triggers that keep the journal append-only rest for this one transaction.
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql.raw(`truncate ${filled.rows.map((row) => row.name).join(', ')} cascade`).execute(trx);
  });
}

async function runOnServer(statement: string): Promise<void> {
  const server = await openDatabase({ databaseUrl: testDatabaseUrl, dataDir: '', poolSize: 1 });
  try {
    await sql.raw(statement).execute(server.db);
  } finally {
    await server.close();
  }
}

/** Making a cluster takes seconds, loading the image of an empty one a tenth of that; the image is kept between runs. */
async function createInMemory(): Promise<PGlite> {
  const path = await imagePath('empty-cluster');
  const image = await readImage(path);
  if (image !== null) return create(image);
  const pglite = await create();
  await keepImage(path, pglite);
  return pglite;
}

function create(loadDataDir?: Blob): Promise<PGlite> {
  return PGlite.create({ parsers: embeddedParsers, ...(loadDataDir === undefined ? {} : { loadDataDir }) });
}

/** Of every step of the schema as it is written: an image made from other steps must not be taken. */
async function schemaHash(): Promise<string> {
  const files = await readdir('src', { recursive: true });
  const hash = createHash('sha256');
  for (const file of files.filter((name) => name.endsWith('.migration.ts')).toSorted()) {
    hash.update(`${file}\n${await readFile(join('src', file), 'utf8')}`);
  }
  return hash.digest('hex').slice(0, 16);
}

async function readImage(path: string): Promise<Blob | null> {
  try {
    return new Blob([await readFile(path)]);
  } catch {
    return null;
  }
}

async function keepImage(path: string, pglite: PGlite): Promise<void> {
  const image = await pglite.dumpDataDir('none');
  const draft = `${path}.${String(process.pid)}`;
  await writeFile(draft, Buffer.from(await image.arrayBuffer()));
  // In one step, as another worker may be reading.
  await rename(draft, path);
}

/** Each change of the schema leaves one behind, of some forty megabytes. */
async function forgetImagesBeside(path: string): Promise<void> {
  const [folder, kept] = [dirname(path), basename(path)];
  const older = (await readdir(folder)).filter((name) => name.startsWith('migrated-') && !name.startsWith(kept));
  await Promise.all(older.map((name) => rm(join(folder, name), { force: true })));
}

async function imagePath(name: string): Promise<string> {
  const modules = join(process.cwd(), 'node_modules');
  const manifest: unknown = JSON.parse(await readFile(join(modules, '@electric-sql/pglite/package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const cacheDir = join(modules, '.cache', 'introducer');
  await mkdir(cacheDir, { recursive: true });
  return join(cacheDir, `${name}-${version}.tar`);
}
