import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ServiceEnvironment } from './service-process.js';

export interface CommandLineResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const compiledCommand = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));

/** Runs `introducer` as an operator would, with these settings. */
export function runCommandLine(environment: ServiceEnvironment, argv: readonly string[]): Promise<CommandLineResult> {
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [compiledCommand, ...argv], { env }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? 1, stdout, stderr });
    });
  });
}
