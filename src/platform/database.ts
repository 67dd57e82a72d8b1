import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, type Dialect, type LogEvent, type Transaction } from 'kysely';
import pg from 'pg';
import { OwnSchemaDialect } from './own-schema-dialect.js';
import { PreparingClient } from './preparing-client.js';
import type { IdempotencyKeyRow, ProblemRow, SigningKeyRow, WorkRow } from './platform-tables.js';

/**
 * Every table of the product. Each stage adds its own beside its SQL:
 * `declare module '../platform/database.js' { interface Tables { registrations: RegistrationRow } }`
 */
export interface Tables {
  work: WorkRow;
  problems: ProblemRow;
  idempotency_keys: IdempotencyKeyRow;
  signing_keys: SigningKeyRow;
}

export type Database = Kysely<Tables>;
export type Tx = Transaction<Tables>;
/** Where a store may read: outside or inside a transaction. */
export type Reader = Database | Tx;

export interface OpenDatabase {
  readonly db: Database;
  readonly engine: 'embedded' | 'postgres';
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** A `postgres://` URL; absent: embedded PostgreSQL in `dataDir/db`. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  /** Connections to PostgreSQL, 16 unless said; the embedded database has one. */
  readonly poolSize?: number | undefined;
  /** Sees each statement after it ran (on PostgreSQL `begin` and `commit` too). Tests kill the process from here. */
  readonly onQuery?: ((sql: string) => void) | undefined;
  /** Told of a connection that broke while nobody used it; the pool replaces it by itself. */
  readonly onConnectionLost?: ((error: Error) => void) | undefined;
}

/** The database could not be opened; the message says which one and what it answered, never a password. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** Enough for both lanes of readers, for crediting and for people. */
const defaultPoolSize = 16;
const connectTimeoutMs = 10_000;
const idleConnectionMs = 30_000;
const statementTimeoutMs = 60_000;
const oldestServerVersion = 140_000;

// Type ids of pg_type: without these parsers the two engines return int8 and date differently.
const int8 = 20;
const date = 1082;
const timestamptz = 1184;
const readMoment = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;
const asText = (value: string): string => value;

/**
 * Opens the product's database. Rows look the same on both engines: int8 and numeric are text, date is `YYYY-MM-DD`,
 * timestamptz is a Date, jsonb is parsed. Inside a transaction only its own handle may be used, as the embedded engine has
 * a single connection and would wait for itself.
 * @throws DatabaseUnavailable at once when it does not answer: a start-up that waits hides a wrong setting.
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  return options.databaseUrl === undefined ? openEmbedded(options) : openPostgres(options.databaseUrl, options);
}

/** An embedded database around a PGlite that the caller made, such as a test's in-memory one. */
export function embeddedDatabase(pglite: PGlite, onQuery?: (sql: string) => void): OpenDatabase {
  const db = connect(new PGliteDialect({ pglite }), onQuery);
  return { db, engine: 'embedded', close: () => db.destroy() };
}

/** What every PGlite of the product is made with. */
export const embeddedParsers: Readonly<Record<number, (value: string) => string>> = { [int8]: asText, [date]: asText };

async function openEmbedded(options: DatabaseOptions): Promise<OpenDatabase> {
  const dataDir = join(options.dataDir, 'db');
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const pglite = await PGlite.create({ dataDir, parsers: embeddedParsers });
    return embeddedDatabase(pglite, options.onQuery);
  } catch (cause) {
    throw new DatabaseUnavailable(`The embedded database in ${dataDir} could not be opened: ${wordsOf(cause)}`, {
      cause,
    });
  }
}

async function openPostgres(databaseUrl: string, options: DatabaseOptions): Promise<OpenDatabase> {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: databaseUrl,
    max: options.poolSize ?? defaultPoolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleConnectionMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    application_name: 'introducer',
    keepAlive: true,
    types: rowTypes(),
    // The embedded engine counts in UTC; a server set otherwise would turn the same instant into another day.
    onConnect: countInUtc,
  });
  // Without a listener, a connection that breaks while idle would end the process.
  pool.on('error', (error) => options.onConnectionLost?.(error));
  try {
    await refuseOldServer(pool);
  } catch (cause) {
    await pool.end();
    if (cause instanceof DatabaseUnavailable) throw cause;
    throw new DatabaseUnavailable(`${nameOf(databaseUrl)} could not be reached: ${wordsOf(cause)}`, { cause });
  }
  const db = connect(new OwnSchemaDialect({ pool }), options.onQuery);
  return { db, engine: 'postgres', close: () => db.destroy() };
}

function rowTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(int8, asText);
  types.setTypeParser(date, asText);
  types.setTypeParser(timestamptz, momentOf);
  return types;
}

const utcMoment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00$/;

/** Rows are mostly moments, and the engine reads its own way of writing them many times faster than the driver reads PostgreSQL's. */
function momentOf(text: string): Date {
  if (!utcMoment.test(text)) return readMoment(text);
  return new Date(`${text.slice(0, 'YYYY-MM-DD'.length)}T${text.slice('YYYY-MM-DD '.length, -'+00'.length)}Z`);
}

/** The pool waits for what this returns, although its types do not say so. */
function countInUtc(client: pg.ClientBase): unknown {
  return client.query("set time zone 'UTC'");
}

async function refuseOldServer(pool: pg.Pool): Promise<void> {
  const answer = await pool.query<{ server_version_num: string }>('show server_version_num');
  const version = Number(answer.rows[0]?.server_version_num);
  if (version < oldestServerVersion) {
    throw new DatabaseUnavailable(`PostgreSQL ${Math.floor(version / 10_000)} is too old: 14 or newer is needed.`);
  }
}

function connect(dialect: Dialect, onQuery: ((sql: string) => void) | undefined): Database {
  if (onQuery === undefined) return new Kysely<Tables>({ dialect });
  return new Kysely<Tables>({
    dialect,
    log: (event: LogEvent) => {
      if (event.level === 'query') onQuery(event.query.sql);
    },
  });
}

function nameOf(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'The database of DATABASE_URL';
  const { host, pathname } = new URL(databaseUrl);
  return `The database ${pathname.slice(1)} at ${host}`;
}

function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
