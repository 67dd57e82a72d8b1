import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import type { BackupHeader, ClosingLine, TableLine } from './backup-format.js';
import type { Database, Tx } from './database.js';
import { hasErrorCode } from './error-code.js';
import { appliedMigrations } from './migration.js';
import { readTables, type TableColumn } from './table-catalog.js';

export interface DumpOptions {
  readonly productVersion: string;
  readonly createdAt: Date;
  /** The key in hex when it lies in DATA_DIR, so that it can be restored with the data; null when the environment gives it. */
  readonly secretKey: string | null;
}

export interface DumpSummary {
  readonly tables: number;
  readonly rows: number;
}

/** The backup was not written: something with that name is there already. */
export class BackupFileExists extends Error {
  override readonly name = 'BackupFileExists';
}

const rowsPerFetch = 1_000;

/**
 * Writes every row of the product to one file (mode 0600, as it may hold the secret key), as of one moment. On the embedded
 * engine other work waits meanwhile; on PostgreSQL it goes on.
 * @throws BackupFileExists; nothing stays behind when it fails
 */
export async function dumpDatabase(db: Database, file: string, options: DumpOptions): Promise<DumpSummary> {
  const counts: Record<string, number> = {};
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => {
        const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
        await pipeline(Readable.from(backupLines(trx, options, counts)), createGzip(), target);
      });
  } catch (cause) {
    if (hasErrorCode(cause, 'EEXIST')) throw new BackupFileExists(`${file} is there already.`, { cause });
    await rm(file, { force: true });
    throw cause;
  }
  const rows = Object.values(counts);
  return { tables: rows.length, rows: rows.reduce((sum, count) => sum + count, 0) };
}

async function* backupLines(trx: Tx, options: DumpOptions, counts: Record<string, number>): AsyncGenerator<string> {
  await writeAsIsoText(trx);
  yield line({
    format: 'introducer-backup',
    version: 1,
    productVersion: options.productVersion,
    createdAt: options.createdAt.toISOString(),
    migrations: [...(await appliedMigrations(trx))],
    secretKey: options.secretKey,
  } satisfies BackupHeader);
  for (const [table, columns] of await readTables(trx)) {
    yield line({ table, columns: columns.map((column) => column.name) } satisfies TableLine);
    counts[table] = 0;
    for await (const rows of rowTexts(trx, table, columns)) {
      counts[table] += rows.length;
      yield rows.map((row) => `${row}\n`).join('');
    }
  }
  yield line({ rows: counts } satisfies ClosingLine);
}

/** How values become text depends on settings of the session; these are read the same everywhere. */
async function writeAsIsoText(trx: Tx): Promise<void> {
  await sql`set local datestyle = 'ISO'`.execute(trx);
  await sql`set local intervalstyle = 'postgres'`.execute(trx);
  await sql`set local bytea_output = 'hex'`.execute(trx);
  await sql`set local time zone 'UTC'`.execute(trx);
}

async function* rowTexts(trx: Tx, table: string, columns: readonly TableColumn[]): AsyncGenerator<readonly string[]> {
  const values = columns.map((column) => sql`${sql.ref(column.name)}::text`);
  await sql`
    declare backup no scroll cursor for
    select to_json(array[${sql.join(values)}])::text as "row" from ${sql.table(table)}`.execute(trx);
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(rowsPerFetch)} from backup`.execute(trx);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await sql`close backup`.execute(trx);
}

function line(value: BackupHeader | TableLine | ClosingLine): string {
  return `${JSON.stringify(value)}\n`;
}
