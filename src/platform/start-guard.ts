import { randomBytes } from 'node:crypto';
import { link, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hasErrorCode } from './error-code.js';

/** Starting takes milliseconds, so an older guard was left by a process that died right then. */
const staleAfterMs = 10_000;
const waitAtMostMs = 15_000;
const lookEveryMs = 20;

/** Another process has been starting on the same DATA_DIR for too long. */
class StartGuardTaken extends Error {
  override readonly name = 'StartGuardTaken';
}

/**
 * Lets one process at a time through `act`, over all processes on this DATA_DIR. It is a file with the holder's pid, put in
 * place complete by `link`, which the system does for one of two at once.
 * @throws StartGuardTaken
 */
export async function withStartGuard<T>(dataDir: string, act: () => Promise<T>): Promise<T> {
  const guard = join(dataDir, 'introducer.starting');
  await take(guard);
  try {
    return await act();
  } finally {
    await remove(guard);
  }
}

async function take(guard: string): Promise<void> {
  const draft = `${guard}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, String(process.pid), { mode: 0o600 });
  try {
    const giveUpAt = Date.now() + waitAtMostMs;
    while (!(await linked(draft, guard))) {
      if (Date.now() > giveUpAt) throw new StartGuardTaken(`Another process has been starting for long: see ${guard}.`);
      if (await isStale(guard)) await discard(guard);
      else await pause(lookEveryMs);
    }
  } finally {
    await remove(draft);
  }
}

async function linked(draft: string, guard: string): Promise<boolean> {
  try {
    await link(draft, guard);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isStale(guard: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(guard, 'utf8'));
    const { ctimeMs } = await stat(guard);
    // The pid may be another program's by now, or our own in a container, where pids begin anew at each start.
    const beforeOurTime = pid === process.pid && ctimeMs < Date.now() - process.uptime() * 1000;
    return beforeOurTime || Date.now() - ctimeMs > staleAfterMs || !isAlive(pid);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** Taken aside in one step, so that of two that find it stale only one removes it; a live one caught so is put back. */
async function discard(guard: string): Promise<void> {
  const aside = `${guard}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(guard, aside);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return;
    throw error;
  }
  if (!(await isStale(aside))) await linked(aside, guard);
  await remove(aside);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return hasErrorCode(error, 'EPERM');
  }
}

async function remove(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
}
