import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import type { Foundations } from './foundations.js';
import { migrations } from './migrations.js';
import { createBullQueue } from './platform/bull-queue.js';
import { systemClock, type Clock } from './platform/clock.js';
import { openDatabase, type OpenDatabase } from './platform/database.js';
import { createInProcessQueue } from './platform/in-process-queue.js';
import { createLog } from './platform/log.js';
import { migrate } from './platform/migration.js';
import { loadSecretKey } from './platform/secret-key.js';
import { createSecrets } from './platform/secrets.js';
import { openSigner } from './platform/signing.js';

/** What a caller may put in place of the real thing. */
export interface FoundationOverrides {
  readonly database?: OpenDatabase;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Sees each statement after it ran; tests end the process from here. */
  readonly onQuery?: (statement: string) => void;
  /** How long a batch of work may fill at most: where nothing comes in bursts, filling is only waiting. */
  readonly longestGatherMs?: number;
  /** Where the built web application lies. */
  readonly webFolder?: string;
}

export type OpenFoundations = Foundations & { readonly logger: Logger; close(): Promise<void> };

/**
 * Opens everything a process stands on: database, schema, keys, queue, log, figures.
 * @throws what kept it from opening; the database is closed then, so that the process can end
 */
export async function openFoundations(
  settings: Settings,
  publicUrl: () => string,
  overrides: FoundationOverrides = {},
): Promise<OpenFoundations> {
  const logger = overrides.logger ?? createLog({ level: settings.logLevel });
  const database =
    overrides.database ??
    (await openDatabase({
      databaseUrl: settings.databaseUrl ?? undefined,
      dataDir: settings.dataDir,
      onQuery: overrides.onQuery,
      onConnectionLost: (error) => {
        logger.warn({ err: error }, 'a database connection broke while idle');
      },
    }));
  try {
    return await openOn(database, { settings, publicUrl, logger, clock: overrides.clock ?? systemClock });
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openOn(
  database: OpenDatabase,
  given: Pick<OpenFoundations, 'settings' | 'publicUrl' | 'logger' | 'clock'>,
): Promise<OpenFoundations> {
  const { settings, logger, clock } = given;
  const applied = await migrate(database.db, migrations);
  if (applied.length > 0) logger.info({ applied }, 'the database schema is up to date');
  const secrets = createSecrets(settings.secretKey ?? (await loadSecretKey(settings.dataDir)));
  const signer = await openSigner({ db: database.db, clock, secrets });
  const queue =
    settings.redisUrl === null ? createInProcessQueue() : createBullQueue({ redisUrl: settings.redisUrl, log: logger });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    ...given,
    database,
    queue,
    log: logger,
    secrets,
    signer,
    registry,
    close: async () => {
      await queue.close();
      await database.close();
    },
  };
}
