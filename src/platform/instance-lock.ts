import { once } from 'node:events';
import { lstat, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { createCommandDesk, type CommandHandler } from './instance-commands.js';
import { chooseSocketPath, findSocketPath, isListening } from './instance-socket.js';
import { withStartGuard } from './start-guard.js';
import { hasErrorCode } from './error-code.js';

/** Another process holds this DATA_DIR. Two embedded databases on one folder would destroy each other's data. */
export class InstanceAlreadyRunning extends Error {
  override readonly name = 'InstanceAlreadyRunning';
  readonly dataDir: string;
  /** Null when the other process did not say. */
  readonly pid: number | null;

  constructor(dataDir: string, pid: number | null) {
    const who = pid === null ? 'Another process' : `Process ${pid}`;
    super(`${who} is already using ${dataDir}. Stop it first, or set DATA_DIR to another folder.`);
    this.dataDir = dataDir;
    this.pid = pid;
  }
}

/** Something in DATA_DIR stands where the lock must be. */
export class InstanceLockUnusable extends Error {
  override readonly name = 'InstanceLockUnusable';
}

/** This process owns DATA_DIR until it releases it or ends; the system itself ends the lock of a killed process. */
export interface InstanceLock {
  /** From now on runs the commands that `sendCommand` brings; until then they wait. */
  serveCommands(handler: CommandHandler): void;
  /** Takes no more commands and waits for those under way, which need the database. */
  endCommands(): Promise<void>;
  /** Gives DATA_DIR free. Close the database before. */
  release(): Promise<void>;
}

/**
 * Makes this process the only one on `dataDir`. The lock is a listening Unix socket, mode 0600: it ends with its process
 * whatever kills it, and it is the road for the command line's commands.
 * @throws InstanceAlreadyRunning, InstanceLockUnusable, StartGuardTaken
 */
export async function acquireInstanceLock(dataDir: string): Promise<InstanceLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const desk = createCommandDesk();
  const server = createServer(desk.answer);
  // Two that start at once on a socket a killed process left behind: the second one finds the first one listening.
  await withStartGuard(dataDir, () => claim(dataDir, server));
  return {
    serveCommands: desk.serve,
    endCommands: desk.close,
    release: async () => {
      await desk.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function claim(dataDir: string, server: Server): Promise<void> {
  const former = await findSocketPath(dataDir);
  if (await isListening(former)) throw new InstanceAlreadyRunning(dataDir, await readPid(dataDir));
  await removeStaleSocket(former);
  await listen(server, await chooseSocketPath(dataDir));
  await writeFile(pidPath(dataDir), `${process.pid}\n`, { mode: 0o600 });
}

async function listen(server: Server, socketPath: string): Promise<void> {
  const listening = once(server, 'listening');
  // The socket is made within this call; made open and closed afterwards, it could be entered in between.
  const mask = process.umask(0o177);
  try {
    server.listen(socketPath);
  } finally {
    process.umask(mask);
  }
  await listening;
  // Holding the lock is no reason for a process to stay.
  server.unref();
}

async function removeStaleSocket(socketPath: string): Promise<void> {
  try {
    const found = await lstat(socketPath);
    if (!found.isSocket())
      throw new InstanceLockUnusable(`${socketPath} is in the way; it must be a socket or absent.`);
    await unlink(socketPath);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
}

function pidPath(dataDir: string): string {
  return join(dataDir, 'introducer.pid');
}

async function readPid(dataDir: string): Promise<number | null> {
  try {
    const pid = Number.parseInt(await readFile(pidPath(dataDir), 'utf8'), 10);
    return Number.isNaN(pid) ? null : pid;
  } catch {
    return null;
  }
}
