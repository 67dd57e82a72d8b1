import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasErrorCode } from './error-code.js';

/** What `sun_path` holds on macOS, the shortest of our systems, without its closing zero; Linux holds 107. */
const longestPathBytes = 103;
const socketName = 'introducer.sock';

/** The file that names the socket when DATA_DIR's own path is too long for one. */
function recordPath(dataDir: string): string {
  return join(dataDir, 'introducer.sock-path');
}

/** Where the service of this DATA_DIR listens, or listened last. */
export async function findSocketPath(dataDir: string): Promise<string> {
  const own = join(dataDir, socketName);
  if (Buffer.byteLength(own) <= longestPathBytes) return own;
  try {
    return (await readFile(recordPath(dataDir), 'utf8')).trim();
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return own;
    throw error;
  }
}

/** Where to listen: in DATA_DIR, or in a private folder of the temporary directory which DATA_DIR then names. */
export async function chooseSocketPath(dataDir: string): Promise<string> {
  const known = await findSocketPath(dataDir);
  if (Buffer.byteLength(known) <= longestPathBytes && (await isDirectory(dirname(known)))) return known;
  const folder = await mkdtemp(join(tmpdir(), 'introducer-'));
  const path = join(folder, socketName);
  await writeFile(recordPath(dataDir), `${path}\n`, { mode: 0o600 });
  return path;
}

/** Whether somebody listens there. A socket file that a killed process left behind refuses the connection. */
export async function isListening(socketPath: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      if (isNobodyThere(error)) resolve(false);
      // A full backlog is the sign of somebody who is there and busy.
      else if (hasErrorCode(error, 'EAGAIN')) resolve(true);
      else reject(error);
    });
  });
}

/** Whether a connection failed because nobody listens. */
export function isNobodyThere(error: unknown): boolean {
  return hasErrorCode(error, 'ECONNREFUSED', 'ENOENT', 'ENOTSOCK', 'EINVAL');
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
