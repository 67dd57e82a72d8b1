import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, runTool } from '../support/project-tools.js';

/**
 * Compiles the service as it stands in this tree into a folder of its own, so that the bench never measures an old `dist`.
 * @returns the compiled entry point
 */
export async function compileService(): Promise<string> {
  const folder = join(projectRoot, 'node_modules/.cache/introducer/bench');
  await mkdir(folder, { recursive: true });
  await copyFile(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  const buildInfo = join(folder, 'build.tsbuildinfo');
  const options = ['--noCheck', '--outDir', join(folder, 'dist'), '--tsBuildInfoFile', buildInfo];
  const run = await runTool('tsc', ['-p', 'config/tsconfig.build.json', ...options], projectRoot);
  if (run.exitCode !== 0) throw new Error(`The service does not compile:\n${run.stdout}${run.stderr}`);
  return join(folder, 'dist/src/main.js');
}
