import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { sql } from 'kysely';
import { assertDefined } from './assert.js';
import {
  BackupUnusable,
  readBackupHeader,
  readBackupLine,
  type BackupHeader,
  type TableLine,
} from './backup-format.js';
import type { Database, Tx } from './database.js';
import { hasErrorCode } from './error-code.js';
import { migrate, type Migration } from './migration.js';
import { readForeignKeys, readTables, type ForeignKey, type TableColumn } from './table-catalog.js';

export interface RestoreSummary {
  readonly tables: number;
  readonly rows: number;
  readonly header: BackupHeader;
}

/** A backup is restored into an empty database only. */
export class RestoreTargetNotEmpty extends Error {
  override readonly name = 'RestoreTargetNotEmpty';
}

const rowsPerInsert = 1_000;
const lineBreak = '\n';

/**
 * Fills an empty database from a backup file, all or nothing: builds the schema the backup was made with, loads the rows,
 * proves every constraint and count, then brings the schema up to date. The engines may differ.
 * @throws RestoreTargetNotEmpty, BackupUnusable; the database is then as it was
 */
export async function restoreDatabase(
  db: Database,
  file: string,
  migrations: readonly Migration[],
): Promise<RestoreSummary> {
  return db.transaction().execute(async (trx) => {
    await refuseFilled(trx);
    const restore = new Restore(trx, migrations);
    await readUnzipped(file, (chunks) => restore.read(chunks));
    return restore.finish();
  });
}

async function readUnzipped(file: string, read: (chunks: AsyncIterable<Buffer>) => Promise<void>): Promise<void> {
  const source = createReadStream(file);
  const unzipped = createGunzip();
  source.on('error', (error) => unzipped.destroy(error));
  try {
    await read(source.pipe(unzipped));
  } catch (cause) {
    if (hasErrorCode(cause, 'Z_DATA_ERROR', 'Z_BUF_ERROR', 'ERR_ENCODING_INVALID_ENCODED_DATA')) {
      throw new BackupUnusable(`${file} is not a backup, or it is damaged.`, { cause });
    }
    if (hasErrorCode(cause, 'ENOENT', 'EISDIR', 'EACCES')) {
      throw new BackupUnusable(`${file} cannot be read.`, { cause });
    }
    throw cause;
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

async function refuseFilled(trx: Tx): Promise<void> {
  const tables = await readTables(trx);
  if (tables.size === 0) return;
  throw new RestoreTargetNotEmpty('This database is not empty. Restore into a new one, or into an empty DATA_DIR.');
}

/** One restore under way. */
class Restore {
  readonly #trx: Tx;
  readonly #migrations: readonly Migration[];
  #header: BackupHeader | undefined;
  #tables: ReadonlyMap<string, readonly TableColumn[]> = new Map();
  #foreignKeys: readonly ForeignKey[] = [];
  #table: TableLine | undefined;
  #rows: string[] = [];
  #expected: Readonly<Record<string, number>> | undefined;

  constructor(trx: Tx, migrations: readonly Migration[]) {
    this.#trx = trx;
    this.#migrations = migrations;
  }

  async read(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const text of linesOf(chunks)) {
      if (this.#header === undefined) await this.#begin(readBackupHeader(text));
      else await this.#take(text);
    }
  }

  async finish(): Promise<RestoreSummary> {
    const header = this.#header;
    if (header === undefined || this.#expected === undefined) throw new BackupUnusable('The backup is cut off.');
    // Deferred checks, such as that every entry balances, run now; afterwards the tables may be altered again.
    await sql`set constraints all immediate`.execute(this.#trx);
    for (const { table, name, definition } of this.#foreignKeys) {
      await sql`alter table ${sql.table(table)} add constraint ${sql.ref(name)} ${sql.raw(definition)}`.execute(
        this.#trx,
      );
    }
    await this.#compareCounts(this.#expected);
    await this.#advanceSequences();
    await migrate(this.#trx, this.#migrations);
    const counts = Object.values(this.#expected);
    return { header, tables: counts.length, rows: counts.reduce((sum, count) => sum + count, 0) };
  }

  async #begin(header: BackupHeader): Promise<void> {
    const known = new Set(this.#migrations.map((step) => step.name));
    const unknown = header.migrations.filter((name) => !known.has(name));
    if (unknown.length > 0) {
      const words = `The backup was made by version ${header.productVersion}, which is newer (${unknown.join(', ')}).`;
      throw new BackupUnusable(words);
    }
    this.#header = header;
    const had = new Set(header.migrations);
    await migrate(
      this.#trx,
      this.#migrations.filter((step) => had.has(step.name)),
    );
    this.#tables = await readTables(this.#trx);
    // Rows come in no particular order; the keys are proven when they are put back.
    this.#foreignKeys = await readForeignKeys(this.#trx);
    for (const { table, name } of this.#foreignKeys) {
      await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`.execute(this.#trx);
    }
  }

  async #take(text: string): Promise<void> {
    const read = readBackupLine(text);
    if (this.#expected !== undefined) throw new BackupUnusable('The backup goes on after its end.');
    if (read.kind === 'row') {
      this.#rows.push(read.text);
      if (this.#rows.length >= rowsPerInsert) await this.#insert();
      return;
    }
    await this.#insert();
    if (read.kind === 'end') this.#expected = read.line.rows;
    else this.#table = read.line;
  }

  async #insert(): Promise<void> {
    if (this.#rows.length === 0) return;
    if (this.#table === undefined) throw new BackupUnusable('The backup holds a row that belongs to no table.');
    const { table, columns } = this.#table;
    const values = columns.map((name, position) => sql`("row"->>${sql.lit(position)})::${this.#typeOf(table, name)}`);
    await sql`
      insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))}) overriding system value
      select ${sql.join(values)} from jsonb_array_elements(${`[${this.#rows.join(',')}]`}::jsonb) as "row"`.execute(
      this.#trx,
    );
    this.#rows = [];
  }

  #typeOf(table: string, columnName: string) {
    const column = this.#tables.get(table)?.find(({ name }) => name === columnName);
    if (column === undefined)
      throw new BackupUnusable(`The backup has ${table}.${columnName}, which its schema has not.`);
    return sql.raw(column.type);
  }

  async #compareCounts(expected: Readonly<Record<string, number>>): Promise<void> {
    for (const [table, rows] of Object.entries(expected)) {
      const counted = await sql<{ rows: string }>`select count(*) as rows from ${sql.table(table)}`.execute(this.#trx);
      const loaded = Number(counted.rows[0]?.rows);
      if (loaded !== rows) throw new BackupUnusable(`Of ${table} there are ${loaded} rows instead of ${rows}.`);
    }
  }

  async #advanceSequences(): Promise<void> {
    for (const [table, columns] of this.#tables) {
      for (const { name, sequence } of columns) {
        if (sequence === null) continue;
        await sql`
          select setval(${sequence}::regclass, coalesce(max(${sql.ref(name)}), 0) + 1, false)
          from ${sql.table(table)}`.execute(this.#trx);
      }
    }
  }
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(lineBreak);
    rest = assertDefined(lines.pop(), 'at least one part of a split text');
    yield* lines;
  }
  if (rest !== '') throw new BackupUnusable('The backup is cut off.');
}
