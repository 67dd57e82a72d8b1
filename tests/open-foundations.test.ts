import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../config/settings.js';
import { migrations } from '../src/migrations.js';
import { openFoundations } from '../src/open-foundations.js';
import { secretKeyPath, SecretKeyFileUnusable } from '../src/platform/secret-key.js';
import { openTestDatabase } from './support/databases.js';

describe('a start that fails', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'introducer-start-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('leaves no database open, which would keep the process from ending', async () => {
    await writeFile(secretKeyPath(dataDir), 'damaged');
    const database = await openTestDatabase({ migrations });
    let closed = 0;
    const watched = {
      ...database,
      close: async () => {
        closed += 1;
        await database.close();
      },
    };
    const settings = readSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
    await expect(openFoundations(settings, () => '', { database: watched })).rejects.toThrow(SecretKeyFileUnusable);
    expect(closed).toBe(1);
  });
});
