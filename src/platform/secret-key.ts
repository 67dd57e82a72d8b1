import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode } from './error-code.js';

/** The secret key file cannot be used as it is; the message says why and names the file. */
export class SecretKeyFileUnusable extends Error {
  override readonly name = 'SecretKeyFileUnusable';
}

const keyBytes = 32;
const keyHex = /^[0-9a-f]{64}$/;

/** Where the key lies when `SECRET_KEY` is not set. It belongs into every backup: without it no stored token can be read. */
export function secretKeyPath(dataDir: string): string {
  return join(dataDir, 'secret-key');
}

/**
 * The installation's secret key in hex, from its file (mode 0600), which is made the first time.
 * @throws SecretKeyFileUnusable
 */
export async function loadSecretKey(dataDir: string): Promise<string> {
  const path = secretKeyPath(dataDir);
  const key = (await readKey(path)) ?? (await makeKey(dataDir, path, randomBytes(keyBytes).toString('hex')));
  if (!keyHex.test(key)) {
    throw new SecretKeyFileUnusable(
      `${path} must hold 32 bytes in hex. Restore it from a backup; a new one reads nothing.`,
    );
  }
  return key;
}

/**
 * Puts a key from a backup in place. The same key may be there already.
 * @throws SecretKeyFileUnusable when another key is there, which would make what was restored unreadable
 */
export async function restoreSecretKey(dataDir: string, key: string): Promise<void> {
  const path = secretKeyPath(dataDir);
  const present = (await readKey(path)) ?? (await makeKey(dataDir, path, key));
  if (present !== key) throw new SecretKeyFileUnusable(`${path} holds another key than the backup.`);
}

async function readKey(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim().toLowerCase();
  } catch (cause) {
    if (hasErrorCode(cause, 'ENOENT')) return null;
    throw new SecretKeyFileUnusable(`${path} cannot be read.`, { cause });
  }
}

/** Of two processes that start at once both get the same key: a link to a complete file is made by one of them only. */
async function makeKey(dataDir: string, path: string, key: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${key}\n`);
    // It must outlive a power cut from its first use on.
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (cause) {
    if (!hasErrorCode(cause, 'EEXIST')) throw new SecretKeyFileUnusable(`${path} cannot be made.`, { cause });
  } finally {
    await unlink(draft);
  }
  return (await readKey(path)) ?? '';
}
