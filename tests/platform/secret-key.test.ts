import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  loadSecretKey,
  restoreSecretKey,
  SecretKeyFileUnusable,
  secretKeyPath,
} from '../../src/platform/secret-key.js';

describe('the secret key of an installation', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'introducer-key-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('is made once, and is the same ever after', async () => {
    const key = await loadSecretKey(join(dataDir, 'new', 'folder'));
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(await loadSecretKey(join(dataDir, 'new', 'folder'))).toBe(key);
  });

  it('can be read by its owner only', async () => {
    await loadSecretKey(dataDir);
    expect((await stat(secretKeyPath(dataDir))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['secret-key']);
  });

  it('is the same for all who start at once', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadSecretKey(dataDir)));
    expect(new Set(keys).size).toBe(1);
    expect((await readFile(secretKeyPath(dataDir), 'utf8')).trim()).toBe(keys[0]);
  });

  it('is never replaced, however damaged its file is', async () => {
    await writeFile(secretKeyPath(dataDir), 'short');
    await expect(loadSecretKey(dataDir)).rejects.toThrow(SecretKeyFileUnusable);
    await expect(loadSecretKey(dataDir)).rejects.toThrow(secretKeyPath(dataDir));
    expect(await readFile(secretKeyPath(dataDir), 'utf8')).toBe('short');
  });

  it('comes back from a backup, but not over another key', async () => {
    const key = 'c3'.repeat(32);
    await restoreSecretKey(dataDir, key);
    await restoreSecretKey(dataDir, key);
    expect(await loadSecretKey(dataDir)).toBe(key);
    await expect(restoreSecretKey(dataDir, 'd4'.repeat(32))).rejects.toThrow(SecretKeyFileUnusable);
    expect(await loadSecretKey(dataDir)).toBe(key);
  });
});
