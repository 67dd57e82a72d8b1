import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Settings of a service under test, as its environment names them. */
export type ServiceEnvironment = Readonly<Record<string, string>>;

export interface ServiceProcess {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it wrote so far, standard output and error together. */
  output(): string;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Asks it to stop and waits; kills it when it does not. */
  stop(): Promise<void>;
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>;
}

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
const compiledMain = join(projectRoot, 'dist/src/main.js');
const readyWithinMs = 60_000;
const stopWithinMs = 20_000;

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}

/** A folder of its own for one run, with the function that removes it. */
export async function temporaryFolder(name: string): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `introducer-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

export function randomKey(): string {
  return randomBytes(24).toString('hex');
}

/** Compiles the service when this checkout was not installed with its scripts. */
export async function ensureBuilt(): Promise<void> {
  try {
    await access(compiledMain);
  } catch {
    const build = spawn('npm', ['run', 'build'], { cwd: projectRoot, stdio: 'inherit' });
    await new Promise((resolve) => build.once('exit', resolve));
  }
}

/**
 * Starts the real service as a user would (`npm start`) and waits until it says it is ready. `command` may name another entry
 * point, for tests that end the process at a given point, and `ipc` opens a channel to it.
 */
export async function startService(
  environment: ServiceEnvironment & { readonly PORT: string },
  options: { readonly command?: readonly string[]; readonly ready?: boolean; readonly ipc?: boolean } = {},
): Promise<ServiceProcess> {
  const [command = process.execPath, ...args] = options.command ?? [
    process.execPath,
    '--enable-source-maps',
    compiledMain,
  ];
  const child = spawn(command, args, {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc === true ? (['ipc'] as const) : [])],
  });
  const written: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(code ?? signal ?? 1);
    });
  });
  const service: ServiceProcess = {
    url: `http://127.0.0.1:${environment.PORT}`,
    process: child,
    output: () => written.join(''),
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await ended;
      clearTimeout(timer);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
  if (options.ready !== false) await untilReady(service);
  return service;
}

/** Waits until a service that was started says it is ready. @throws Error with all it wrote when it does not */
export async function untilReady(service: ServiceProcess): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  const isRunning = (): boolean => service.process.exitCode === null && service.process.signalCode === null;
  while (Date.now() < deadline && isRunning()) {
    const answer = await fetch(`${service.url}/readyz`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await service.kill();
  throw new Error(`The service did not get ready:\n${service.output()}`);
}

/** Asks again until `look` finds what it looks for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
