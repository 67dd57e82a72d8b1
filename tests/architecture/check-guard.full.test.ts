import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSampleProject, projectRoot, runTool } from '../support/project-tools.js';

const formatArgs = ['--config', 'config/prettier.json', '--ignore-path', 'config/prettier-ignore', '--check', '.'];

describe('the format check', () => {
  it('names the file that is not formatted, and only that', async () => {
    const project = createSampleProject({
      'src/money/untidy.ts': 'export const a = {b:"c"}\n',
      'src/money/tidy.ts': "export const a = { b: 'c' };\n",
      'docs/untidy.yaml': 'a:   "b"\n',
    });
    const run = await runTool('prettier', formatArgs, project.folder);
    project.remove();
    expect(run.exitCode).toBe(1);
    expect(warnedFiles(run.stderr)).toEqual(['docs/untidy.yaml', 'src/money/untidy.ts']);
  });
});

describe('the type check', () => {
  const offences: Readonly<Record<string, { readonly code: string; readonly source: string }>> = {
    'src/money/absent-index.ts': { code: 'TS2322', source: 'export const f = (a: string[]): string => a[0];\n' },
    'src/money/undefined-for-absent.ts': {
      code: 'TS2375',
      source: 'export const x: { a?: string } = { a: undefined };\n',
    },
    'src/money/enum.ts': { code: 'TS1294', source: 'export enum Outcome {\n  Won,\n}\n' },
    'src/money/type-as-value.ts': {
      code: 'TS1484',
      source: "import { PathLike } from 'node:fs';\nexport type S = PathLike;\n",
    },
    'src/money/no-ending.ts': { code: 'TS2835', source: "import { a } from './good';\nexport const b = a;\n" },
  };
  const testGlobal = { 'src/money/test-global.ts': "describe('x', () => undefined);\n" };
  const good = {
    'src/money/good.ts': 'export const a = 1;\n',
    'tests/money/good.test.ts': "it('is', () => undefined);\n",
  };

  it('names each bad file and its fault, and no good one', async () => {
    const bad = Object.fromEntries(Object.entries(offences).map(([path, { source }]) => [path, source]));
    const expected = Object.entries(offences).map(([path, { code }]) => `${path} ${code}`);
    expect(await typeFaults('tsconfig.json', { ...bad, ...good })).toEqual(expected.sort());
  });

  it('names the fault of a page, and lets the service know no browser', async () => {
    const page = {
      'src/web/page.tsx': 'export const Page = () => <p title={1}>{document.title}</p>;\n',
      'src/web/sound.tsx': 'export const Sound = () => <p>{document.title}</p>;\n',
    };
    expect(await typeFaults('config/tsconfig.web.json', page)).toEqual(['src/web/page.tsx TS2322']);
    expect(
      await typeFaults('tsconfig.json', { 'src/money/page.ts': 'export const title = document.title;\n' }),
    ).toEqual(['src/money/page.ts TS2584']);
  });

  it('knows the test globals in tests, and refuses them where the service is built', async () => {
    expect(await typeFaults('tsconfig.json', { ...testGlobal, ...good })).toEqual([]);
    const faults = await typeFaults('config/tsconfig.build.json', { ...testGlobal, ...good });
    expect(faults).toEqual(['src/money/test-global.ts TS2593']);
  });
});

describe('the dead-code check', () => {
  it('names the unused export, file and package, and what is used without being listed', async () => {
    const project = createSampleProject({
      'package.json': JSON.stringify({ name: 'sample', type: 'module', dependencies: { zod: '*', yaml: '*' } }),
      'src/main.ts':
        "import { used } from './money/money.js';\nimport * as z from 'zod';\nimport pg from 'pg';\nexport const all = [used, z, pg];\n",
      'src/money/money.ts': 'export const used = 1;\nexport const deadExport = 2;\n',
      'src/money/dead-file.ts': 'export const a = 1;\n',
    });
    const run = await runTool('knip', ['--config', 'config/knip.json', '--reporter', 'json'], project.folder);
    project.remove();
    expect(run.exitCode).toBe(1);
    const found = issueNames(run.stdout);
    expect(found).toEqual(
      expect.arrayContaining([
        'src/money/money.ts exports deadExport',
        'src/money/dead-file.ts files src/money/dead-file.ts',
        'package.json dependencies yaml',
        'src/main.ts unlisted pg',
      ]),
    );
    expect(found.join()).not.toMatch(/exports used|dependencies zod/);
  });
});

describe('npm run check', () => {
  it('runs every check there is, then the tests', () => {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const steps = scripts['check']?.split(' && ') ?? [];
    const checks = Object.keys(scripts).filter((name) => name.startsWith('check:'));
    expect(steps).toEqual([...checks.map((name) => `npm run ${name}`), 'npm test']);
  });
});

async function typeFaults(tsconfig: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const project = createSampleProject(files);
  // The shared node_modules must not keep this sample's build state.
  const run = await runTool(
    'tsc',
    ['-p', tsconfig, '--noEmit', '--tsBuildInfoFile', 'types.tsbuildinfo'],
    project.folder,
  );
  project.remove();
  expect(run.exitCode === 0).toBe(run.stdout === '');
  return [...run.stdout.matchAll(/^(\S+)\(\d+,\d+\): error (TS\d+)/gm)]
    .map(([, path, code]) => `${path!} ${code!}`)
    .sort();
}

function warnedFiles(output: string): string[] {
  return [...output.matchAll(/^\[warn\] (\S+\.\w+)$/gm)].map((match) => match[1]!).sort();
}

/** knip's JSON: one object per file, whose lists hold `{ name }`. */
function issueNames(json: string): string[] {
  const { issues } = JSON.parse(json) as { issues: readonly Record<string, unknown>[] };
  return issues.flatMap((issue) =>
    Object.entries(issue).flatMap(([kind, found]) =>
      Array.isArray(found)
        ? (found as readonly { name: string }[]).map(({ name }) => `${String(issue['file'])} ${kind} ${name}`)
        : [],
    ),
  );
}
