import { sql } from 'kysely';
import type { Settings } from '../config/settings.js';
import { runCommand } from './commands.js';
import { compose, type Composition } from './compose.js';
import { openFoundations, type FoundationOverrides, type OpenFoundations } from './open-foundations.js';
import type { Readiness } from './platform/http/operations.js';
import { acquireInstanceLock } from './platform/instance-lock.js';
import { startHttpServer } from './platform/http/http-server.js';
import { createServer } from './server.js';
import { webFolder } from './web-folder.js';
import { createWorker } from './worker.js';

export interface Service {
  readonly url: string;
  readonly foundations: OpenFoundations;
  readonly composition: Composition;
  /** Takes nothing new, lets what was begun end, and closes everything. */
  stop(): Promise<void>;
}

/** Requests under way at the end get this long. */
const graceMs = 5_000;
/** Work under way gets this long: a CRM that hangs must not keep a process from ending. What is left is done at the next start. */
const workGraceMs = 8_000;

/**
 * Starts what this process is for: serving, working, or both.
 * @throws what kept it from starting; nothing it had opened by then stays open
 */
export async function startService(
  settings: Settings,
  version: string,
  overrides: FoundationOverrides = {},
): Promise<Service> {
  const opened: Opened[] = [];
  try {
    return await open(settings, version, overrides, opened);
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

/** Something to close, the latest first. */
type Opened = () => Promise<void>;

async function closeAll(opened: readonly Opened[]): Promise<void> {
  for (const close of opened.toReversed()) await close();
}

async function open(
  settings: Settings,
  version: string,
  overrides: FoundationOverrides,
  opened: Opened[],
): Promise<Service> {
  let port = settings.port;
  let route = 'not serving';
  const publicUrl = (): string => settings.publicUrl ?? `http://localhost:${String(port)}`;
  const lock = holdsDataDir(settings, overrides) ? await acquireInstanceLock(settings.dataDir) : null;
  if (lock !== null) opened.push(() => lock.release());
  const foundations = await openFoundations(settings, publicUrl, overrides);
  opened.push(() => foundations.close());
  const composition = compose(foundations);
  lock?.serveCommands(({ argv, cwd }, output) =>
    runCommand({ argv, cwd }, output, () => Promise.resolve({ foundations, composition })),
  );
  if (lock !== null) opened.push(() => lock.endCommands());
  await foundations.queue.start();
  await composition.bootstrap();
  if (settings.role !== 'web') {
    const worker = createWorker(foundations, composition, overrides.longestGatherMs);
    opened.push(() => endOrLeave(worker.close()));
    await worker.start();
  }
  const readiness = async (): Promise<Readiness> => {
    const database = await databaseCheck(foundations);
    return { ready: database === 'ok' && route === 'ok', checks: { database, route } };
  };
  // A worker serves only what its operator's machinery asks; its routes are there for symmetry and cost nothing.
  const app = createServer({
    foundations,
    composition,
    version,
    readiness,
    webFolder: overrides.webFolder ?? webFolder,
  });
  const server = await startHttpServer(app, settings.port);
  opened.push(() => server.close(graceMs));
  port = server.port;
  route = 'ok';
  return {
    url: `http://localhost:${String(port)}`,
    foundations,
    composition,
    stop: async () => {
      route = 'stopping';
      await closeAll(opened);
    },
  };
}

async function endOrLeave(ending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, workGraceMs);
  });
  await Promise.race([ending, late]);
  clearTimeout(timer);
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
