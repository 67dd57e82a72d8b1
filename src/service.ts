import { sql } from 'kysely';
import type { Settings } from '../config/settings.js';
import { runCommand } from './commands.js';
import { compose, type Composition } from './compose.js';
import { openFoundations, type FoundationOverrides, type OpenFoundations } from './open-foundations.js';
import type { Readiness } from './platform/http/operations.js';
import { acquireInstanceLock } from './platform/instance-lock.js';
import { startHttpServer, type HttpServer } from './platform/http/http-server.js';
import { createServer } from './server.js';
import { createWorker, type Worker } from './worker.js';

export interface Service {
  readonly url: string;
  readonly foundations: OpenFoundations;
  readonly composition: Composition;
  /** Takes nothing new, lets what was begun end, and closes everything. */
  stop(): Promise<void>;
}

/** Requests under way at the end get this long. */
const graceMs = 5_000;

/** Starts what this process is for: serving, working, or both. */
export async function startService(
  settings: Settings,
  version: string,
  overrides: FoundationOverrides = {},
): Promise<Service> {
  let port = settings.port;
  const publicUrl = (): string => settings.publicUrl ?? `http://localhost:${String(port)}`;
  const lock = holdsDataDir(settings, overrides) ? await acquireInstanceLock(settings.dataDir) : null;
  const foundations = await openFoundations(settings, publicUrl, overrides);
  const composition = compose(foundations);
  lock?.serveCommands(({ argv, cwd }, output) =>
    runCommand({ argv, cwd }, output, () => Promise.resolve({ foundations, composition })),
  );
  let server: HttpServer | null = null;
  let worker: Worker | null = null;
  let stopping = false;
  const readiness = async (): Promise<Readiness> => {
    const database = await databaseCheck(foundations);
    const route = stopping || server === null ? 'not serving' : 'ok';
    return { ready: database === 'ok' && route === 'ok', checks: { database, route } };
  };
  await foundations.queue.start();
  await composition.bootstrap();
  if (settings.role !== 'web') {
    worker = createWorker(foundations, composition);
    await worker.start();
  }
  // A worker serves only what its operator's machinery asks; its routes are there for symmetry and cost nothing.
  server = await startHttpServer(createServer({ foundations, composition, version, readiness }), settings.port);
  port = server.port;
  return {
    url: `http://localhost:${String(port)}`,
    foundations,
    composition,
    stop: async () => {
      stopping = true;
      await server.close(graceMs);
      await worker?.close();
      await foundations.close();
      await lock?.release();
    },
  };
}

/** Only the embedded database must have one process to itself. */
function holdsDataDir(settings: Settings, overrides: FoundationOverrides): boolean {
  return settings.databaseUrl === null && overrides.database === undefined;
}

async function databaseCheck({ database }: OpenFoundations): Promise<string> {
  try {
    await sql`select 1`.execute(database.db);
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
