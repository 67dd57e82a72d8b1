import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CommandInterrupted, sendCommand } from '../../src/platform/instance-commands.js';
import {
  acquireInstanceLock,
  InstanceAlreadyRunning,
  InstanceLockUnusable,
  type InstanceLock,
} from '../../src/platform/instance-lock.js';
import { findSocketPath } from '../../src/platform/instance-socket.js';

const childScript = fileURLToPath(new URL('./instance-lock.child.ts', import.meta.url));

describe('the lock on DATA_DIR', () => {
  let dataDir: string;
  const locks: InstanceLock[] = [];
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'introducer-lock-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child);
    await Promise.all(locks.splice(0).map((lock) => lock.release()));
    await rm(dataDir, { recursive: true });
  });

  const acquire = async (dir = dataDir): Promise<InstanceLock> => {
    const lock = await acquireInstanceLock(dir);
    locks.push(lock);
    return lock;
  };
  /** Starts another process on the DATA_DIR; resolves with its one line. */
  const startChild = async (dir = dataDir): Promise<{ child: ChildProcess; said: string }> => {
    const child = spawn(process.execPath, ['--import', 'tsx', childScript, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const said = await firstLine(child);
    return { child, said };
  };

  it('refuses a second process, and names the folder and who has it', async () => {
    await acquire();
    const { said } = await startChild();
    expect(said).toBe(
      `refused InstanceAlreadyRunning: Process ${process.pid} is already using ${dataDir}. Stop it first, or set DATA_DIR to another folder.`,
    );
  });

  it('refuses the same process twice', async () => {
    await acquire();
    await expect(acquire()).rejects.toBeInstanceOf(InstanceAlreadyRunning);
  });

  it('is free again when released, and leaves only the pid behind', async () => {
    await (await acquireInstanceLock(dataDir)).release();
    expect(await readdir(dataDir)).toEqual(['introducer.pid']);
    await acquire();
  });

  it('is taken over from a killed process', async () => {
    const { child, said } = await startChild();
    expect(said).toBe(`held ${String(child.pid)}`);
    await expect(acquire()).rejects.toMatchObject({ pid: child.pid, dataDir });
    await kill(child);
    expect(await readdir(dataDir)).toContain('introducer.sock');
    await acquire();
  });

  it('goes to exactly one of several that start at once on what a killed process left', async () => {
    const { child } = await startChild();
    await kill(child);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => acquire()));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(InstanceAlreadyRunning);
    }
  });

  it('goes to exactly one of several processes that start at once', async () => {
    const { child } = await startChild();
    await kill(child);
    const starters = await Promise.all(Array.from({ length: 3 }, () => startChild()));
    expect(starters.filter(({ said }) => said.startsWith('held'))).toHaveLength(1);
    expect(starters.filter(({ said }) => said.startsWith('refused InstanceAlreadyRunning'))).toHaveLength(2);
  });

  it('gets past a start that was killed half way', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    await writeFile(join(dataDir, 'introducer.starting'), String(gone.pid));
    await acquire();
  });

  it('can be entered by its own user only', async () => {
    await acquire();
    expect((await stat(join(dataDir, 'introducer.sock'))).mode & 0o777).toBe(0o600);
  });

  it('works in a folder whose path is too long for a socket', async () => {
    const deep = join(dataDir, 'd'.repeat(120));
    await mkdir(deep);
    const lock = await acquire(deep);
    lock.serveCommands(() => Promise.resolve(0));
    expect((await findSocketPath(deep)).length).toBeLessThan(104);
    const { said } = await startChild(deep);
    expect(said).toContain('refused InstanceAlreadyRunning');
    expect(await sendCommand(deep, ['any'], { output: silent })).toEqual({ kind: 'ran', exitCode: 0 });
  });

  it('removes nothing that is not a socket', async () => {
    await writeFile(join(dataDir, 'introducer.sock'), 'important');
    await expect(acquire()).rejects.toBeInstanceOf(InstanceLockUnusable);
    expect(await readdir(dataDir)).toEqual(['introducer.sock']);
  });

  describe('as the road for commands', () => {
    it('runs a command in the process that holds it, and brings back its words and its exit code', async () => {
      await startChild();
      const said: string[] = [];
      const output = {
        stdout: (text: string) => said.push(`out ${text}`),
        stderr: (text: string) => said.push(`err ${text}`),
      };
      const result = await sendCommand(dataDir, ['ledger', 'check'], { stdin: 'plan: standard', output });
      expect(result).toEqual({ kind: 'ran', exitCode: 7 });
      expect(said).toEqual(['out began ledger check\n', 'err read plan: standard\n']);
    });

    it('says when nobody holds it', async () => {
      expect(await sendCommand(dataDir, ['any'], { output: silent })).toEqual({ kind: 'nobody-there' });
      const { child } = await startChild();
      await kill(child);
      expect(await sendCommand(dataDir, ['any'], { output: silent })).toEqual({ kind: 'nobody-there' });
    });

    it('waits for a service that is still starting', async () => {
      const lock = await acquire();
      const sent = sendCommand(dataDir, ['any'], { output: silent });
      setTimeout(() => lock.serveCommands(() => Promise.resolve(3)), 150);
      expect(await sent).toEqual({ kind: 'ran', exitCode: 3 });
    });

    it('says so when the service is killed before the command is done', async () => {
      const { child } = await startChild();
      const began = new Promise<void>((resolve) => {
        const output = { ...silent, stdout: () => resolve() };
        void sendCommand(dataDir, ['linger'], { output }).catch((error: unknown) => {
          interrupted = error;
        });
      });
      let interrupted: unknown;
      await began;
      await kill(child);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(interrupted).toBeInstanceOf(CommandInterrupted);
    });

    it('turns a command that throws into words and an exit code', async () => {
      const lock = await acquire();
      lock.serveCommands(() => Promise.reject(new RangeError('no such month')));
      const said: string[] = [];
      const result = await sendCommand(dataDir, ['any'], { output: { ...silent, stderr: (text) => said.push(text) } });
      expect(result).toEqual({ kind: 'ran', exitCode: 1 });
      expect(said).toEqual(['no such month\n']);
    });

    it('lets a command under way end before it is released', async () => {
      const lock = await acquireInstanceLock(dataDir);
      lock.serveCommands(async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return 0;
      });
      const sent = sendCommand(dataDir, ['any'], { output: silent });
      await new Promise((resolve) => setTimeout(resolve, 30));
      await lock.release();
      expect(await sent).toEqual({ kind: 'ran', exitCode: 0 });
    });
  });
});

const silent = { stdout: () => undefined, stderr: () => undefined };

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  return '';
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
