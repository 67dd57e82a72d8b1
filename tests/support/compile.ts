import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, runTool } from './project-tools.js';

export interface Compilation {
  /** Of the compiler's settings in `config/`. */
  readonly settings: string;
  /** A folder of its own in the cache: two compilations at once must not write the same files. */
  readonly name: string;
  /** The entry point, as it stands in this tree. */
  readonly entryPoint: string;
}

/**
 * Compiles this tree as it stands into a folder of its own, so that nobody measures or tries an old `dist`.
 * @returns the compiled entry point
 */
export async function compile({ settings, name, entryPoint }: Compilation): Promise<string> {
  const folder = join(projectRoot, 'node_modules/.cache/introducer', name);
  await mkdir(folder, { recursive: true });
  await copyFile(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  const buildInfo = join(folder, 'build.tsbuildinfo');
  const options = ['--noCheck', '--outDir', join(folder, 'dist'), '--tsBuildInfoFile', buildInfo];
  const run = await runTool('tsc', ['-p', `config/${settings}`, ...options], projectRoot);
  if (run.exitCode !== 0) throw new Error(`The service does not compile:\n${run.stdout}${run.stderr}`);
  return join(folder, 'dist', entryPoint.replace(/\.ts$/, '.js'));
}
