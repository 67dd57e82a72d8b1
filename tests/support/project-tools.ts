import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder this project lives in. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Paths of this project's own TypeScript files below these folders, without the ones that a CRM's own tools build. */
export function typescriptFiles(...folders: readonly string[]): readonly string[] {
  return folders
    .filter((folder) => existsSync(join(projectRoot, folder)))
    .flatMap((folder) =>
      readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
    )
    .filter((path) => /\.tsx?$/.test(path) && !/^connectors\/[^/]+\/(app|package)\//.test(path))
    .sort();
}

const binaries = {
  eslint: 'eslint/bin/eslint.js',
  prettier: 'prettier/bin/prettier.cjs',
  depcruise: 'dependency-cruiser/bin/dependency-cruise.mjs',
  knip: 'knip/bin/knip.js',
  tsc: 'typescript/bin/tsc',
  vite: 'vite/bin/vite.js',
} as const;

export type Tool = keyof typeof binaries;

export interface ToolRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const toolTimeoutMs = 120_000;
const outputLimitBytes = 64 * 1024 * 1024;

/** Runs an installed tool in a folder, as its npm script would. */
export async function runTool(tool: Tool, args: readonly string[], folder: string): Promise<ToolRun> {
  return runNode([join(projectRoot, 'node_modules', binaries[tool]), ...args], folder);
}

/** @param environment what the child sees beside this process's own environment */
export async function runNode(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ToolRun> {
  // The output is read by tests, also where jest runs in colour and passes that on to its children.
  return runProgram([process.execPath, ...args], folder, {
    ...process.env,
    FORCE_COLOR: undefined,
    NO_COLOR: '1',
    ...environment,
  });
}

/** Runs a command as it is typed in this project's folder, with an environment of its own. */
export async function runTyped(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ToolRun> {
  const { PATH, HOME } = process.env;
  return runProgram(command, projectRoot, { PATH, HOME, ...environment });
}

async function runProgram(
  [program = '', ...args]: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<ToolRun> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env, timeout: toolTimeoutMs, maxBuffer: outputLimitBytes };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : (child.exitCode ?? -1), stdout, stderr });
    });
  });
}

/** Runs jest in a folder with this project's settings and the folder's own tests. */
export async function runJest(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ToolRun> {
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  return runNode(['--experimental-vm-modules', jest, '--ci', ...args], folder, environment);
}

/** A small project with this project's tool settings: path → content. */
export interface SampleProject {
  readonly folder: string;
  remove(): void;
}

/**
 * Guards are tried on a project of their own, so that bad files never stand in the real tree, not even for a moment.
 * @param files path from the sample's root → content
 */
export function createSampleProject(files: Readonly<Record<string, string>>): SampleProject {
  const folder = mkdtempSync(join(tmpdir(), 'introducer-guards-'));
  const isToolSetting = (path: string): boolean => !path.endsWith('.ts');
  for (const settings of ['config', 'tsconfig.json', '.gitignore']) {
    cpSync(join(projectRoot, settings), join(folder, settings), { recursive: true, filter: isToolSetting });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const manifest = `${JSON.stringify({ name: 'sample', type: 'module' }, null, 2)}\n`;
  for (const [path, content] of Object.entries({ 'package.json': manifest, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
