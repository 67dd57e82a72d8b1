import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../support/project-tools.js';

/** A program that runs beside the bench, as a process of its own. */
export interface RunningProgram {
  /** Its first line, if it prints one before it is asked for. */
  firstLine(): Promise<string>;
  stop(): Promise<void>;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  output(): string;
}

/** No program outlives this, whatever happens to the bench. */
const longestLifeMs = 9 * 60 * 1000;
const stopWithinMs = 10_000;

/** Arguments for Node to run a TypeScript file of the tests. */
export function typescriptProgram(relativePath: string): readonly string[] {
  return ['--import', 'tsx', fileURLToPath(new URL(relativePath, import.meta.url))];
}

export function startProgram(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningProgram {
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestLifeMs,
  });
  let written = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      written += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
      for (const listener of listeners) listener();
    });
  });
  const endWithBench = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithBench);
  void ended.then(() => process.off('exit', endWithBench));
  return {
    ended,
    output: () => written,
    firstLine: () =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const end = written.indexOf('\n');
          if (end >= 0) resolve(written.slice(0, end));
          else if (child.exitCode !== null) reject(new Error(`${args.join(' ')} ended:\n${written}`));
        };
        listeners.add(look);
        look();
      }),
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
