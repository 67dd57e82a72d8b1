import { Redis } from 'ioredis';
import { createTestSchema } from '../support/databases.js';
import { temporaryFolder } from '../support/service-process.js';
import { testRedisUrl } from '../support/services.js';

/** Where the killed service keeps its rows and its wake-ups. */
export interface KillGround {
  readonly environment: Readonly<Record<string, string>>;
  /** How much later it is started again. */
  readonly restartAfterMs: number;
  remove(): Promise<void>;
}

/** The lock on DATA_DIR proves that nobody else works, so a new process takes everything over at once. */
export async function embeddedGround(): Promise<KillGround> {
  const folder = await temporaryFolder('kill');
  return { environment: { DATA_DIR: folder.path }, restartAfterMs: 0, remove: () => folder.remove() };
}

/** Longer than any claim of a killed process lasts: on a server another process may be alive, so claims end with their lease. */
const longestLeaseMs = 121_000;

/** @param redisDatabase one that no other suite writes to; it is emptied in the end */
export async function serverGround(redisDatabase: number): Promise<KillGround> {
  const folder = await temporaryFolder('kill');
  const schema = await createTestSchema();
  const redisUrl = new URL(testRedisUrl);
  redisUrl.pathname = `/${redisDatabase}`;
  return {
    environment: {
      DATA_DIR: folder.path,
      DATABASE_URL: schema.databaseUrl,
      REDIS_URL: redisUrl.toString(),
      SECRET_KEY: '5e'.repeat(32),
    },
    restartAfterMs: longestLeaseMs,
    remove: async () => {
      await schema.drop();
      await folder.remove();
      await emptied(redisUrl.toString());
    },
  };
}

async function emptied(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  await redis.quit();
}
