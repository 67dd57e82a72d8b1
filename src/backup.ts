import type { Settings } from '../config/settings.js';
import { migrations } from './migrations.js';
import type { OpenFoundations } from './open-foundations.js';
import { openDatabase } from './platform/database.js';
import { dumpDatabase } from './platform/dump-database.js';
import { restoreDatabase } from './platform/restore-database.js';
import { loadSecretKey, restoreSecretKey } from './platform/secret-key.js';
import { proveBooks } from './prove-books.js';
import { productVersion } from './version.js';

/**
 * Writes everything in the database to one file, as of one moment; the secret key too, where it lies in DATA_DIR.
 * @returns what to tell the operator
 * @throws BackupFileExists
 */
export async function writeBackup(foundations: OpenFoundations, file: string): Promise<string> {
  const { settings, database, clock } = foundations;
  const secretKey = settings.secretKey === null ? await loadSecretKey(settings.dataDir) : null;
  const { tables, rows } = await dumpDatabase(database.db, file, { productVersion, createdAt: clock.now(), secretKey });
  const key =
    secretKey === null
      ? 'SECRET_KEY is not in it: keep it beside the backup.'
      : 'It holds the secret key: keep it as safe as the database.';
  return `Wrote ${String(rows)} rows of ${String(tables)} tables to ${file}. ${key}`;
}

/**
 * Fills an empty database from a backup file and proves the books in it.
 * @returns what to tell the operator
 * @throws RestoreTargetNotEmpty, BackupUnusable, SecretKeyFileUnusable
 */
export async function restoreBackup(settings: Settings, file: string): Promise<string> {
  const database = await openDatabase({ databaseUrl: settings.databaseUrl ?? undefined, dataDir: settings.dataDir });
  try {
    const { rows, tables, header } = await restoreDatabase(database.db, file, migrations);
    if (header.secretKey !== null && settings.secretKey === null) {
      await restoreSecretKey(settings.dataDir, header.secretKey);
    }
    const { words } = await proveBooks(database.db);
    return `Restored ${String(rows)} rows of ${String(tables)} tables. ${words}`;
  } finally {
    await database.close();
  }
}
