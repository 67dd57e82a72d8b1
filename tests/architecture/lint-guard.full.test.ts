import { createSampleProject, runTool, type SampleProject } from '../support/project-tools.js';

interface LintedFile {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

/** Bad file → the rule that must find it. */
const offences: Readonly<Record<string, { readonly rule: string; readonly source: string }>> = {
  'src/sync/floating.handler.ts': {
    rule: '@typescript-eslint/no-floating-promises',
    source: "async function push(): Promise<void> {\n  await import('node:fs');\n}\npush();\n",
  },
  'src/sync/promise-as-condition.handler.ts': {
    rule: '@typescript-eslint/no-misused-promises',
    source: 'declare function linked(): Promise<boolean>;\nexport const x = (): number => (linked() ? 1 : 2);\n',
  },
  'src/sync/missing-case.ts': {
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    source:
      "export function f(kind: 'won' | 'lost'): number {\n  switch (kind) {\n    case 'won':\n      return 1;\n  }\n  return 0;\n}\n",
  },
  'src/sync/missing-case-behind-default.ts': {
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    source:
      "export function f(kind: 'won' | 'lost'): number {\n  switch (kind) {\n    case 'won':\n      return 1;\n    default:\n      return 0;\n  }\n}\n",
  },
  'src/sync/unsafe.ts': {
    rule: '@typescript-eslint/no-unsafe-return',
    source: 'export const amount = (text: string): number => JSON.parse(text);\n',
  },
  'src/sync/explicit-any.ts': {
    rule: '@typescript-eslint/no-explicit-any',
    source: 'export const amount = (value: any): void => void value;\n',
  },
  'src/sync/double-cast.ts': {
    rule: 'no-restricted-syntax',
    source: 'export const amount = (text: string): number => text as unknown as number;\n',
  },
  'src/sync/bare-error.handler.ts': {
    rule: 'no-restricted-syntax',
    source: "export function f(): never {\n  throw new Error('no');\n}\n",
  },
  'src/sync/console.handler.ts': { rule: 'no-console', source: "console.log('here');\n" },
  'src/sync/environment.handler.ts': {
    rule: 'no-restricted-properties',
    source: "export const port = process.env['PORT'];\n",
  },
  'src/sync/imported-environment.handler.ts': {
    rule: 'no-restricted-imports',
    source: "import { env } from 'node:process';\nexport const port = env['PORT'];\n",
  },
  'tests/sync/environment.test.ts': {
    rule: 'no-restricted-properties',
    source: "it('x', () => { process.env['A'] = 'b'; });\n",
  },
  'src/sync/silenced.handler.ts': {
    rule: 'no-console',
    source: "// eslint-disable-next-line no-console\nconsole.log('here');\n",
  },
  'src/sync/unchecked.ts': {
    rule: '@typescript-eslint/ban-ts-comment',
    source: "// @ts-ignore\nexport const amount: number = 'ten';\n",
  },
  'src/plans/clock.ts': { rule: 'no-restricted-syntax', source: 'export const today = (): Date => new Date();\n' },
  'src/plans/clock-ms.ts': { rule: 'no-restricted-syntax', source: 'export const now = (): number => Date.now();\n' },
  'src/money/chance.ts': {
    rule: 'no-restricted-syntax',
    source: 'export const chance = (): number => Math.random();\n',
  },
  'src/plans/waiting.ts': {
    rule: 'no-restricted-syntax',
    source:
      'export async function f(load: () => Promise<number>): Promise<number> {\n  return (await load()) + 1;\n}\n',
  },
  'src/crediting/file-system.ts': {
    rule: '@typescript-eslint/no-restricted-imports',
    source:
      "import { readFileSync } from 'node:fs';\nexport const plan = (): string => readFileSync('plan', 'utf8');\n",
  },
  'src/crediting/random.ts': {
    rule: '@typescript-eslint/no-restricted-imports',
    source: "import { randomUUID } from 'node:crypto';\nexport const id = (): string => randomUUID();\n",
  },
  'src/crediting/database.ts': {
    rule: '@typescript-eslint/no-restricted-imports',
    source: "import { sql } from 'kysely';\nexport const one = sql`select 1`;\n",
  },
  'src/crediting/platform.ts': {
    rule: '@typescript-eslint/no-restricted-imports',
    source: "import { systemClock } from '../platform/clock.js';\nexport const clock = systemClock;\n",
  },
  'src/crediting/store.ts': {
    rule: '@typescript-eslint/no-restricted-imports',
    source: "import { load } from './line.store.js';\nexport const lines = load;\n",
  },
  'src/crediting/line.api.ts': {
    rule: 'no-restricted-globals',
    source: "export const load = (): Promise<Response> => fetch('/lines');\n",
  },
  'src/web/registrations/floating.tsx': {
    rule: '@typescript-eslint/no-floating-promises',
    source: "export function Page() {\n  fetch('/api/v1/me');\n  return <p>Here</p>;\n}\n",
  },
  'src/web/registrations/hook-behind-condition.tsx': {
    rule: 'react-hooks/rules-of-hooks',
    source:
      "import { useState } from 'react';\nexport function Page({ wide }: { readonly wide: boolean }) {\n  if (wide) useState(0);\n  return <p>Here</p>;\n}\n",
  },
  'src/crediting/long.ts': {
    rule: 'max-lines',
    source: 'export const line = 1;\n'.repeat(301).replace(/line/g, nextName()),
  },
};

/** Good neighbours of the bad files: what the rules must leave alone. */
const allowed: Readonly<Record<string, string>> = {
  'src/platform/clock.ts': 'export const systemClock = { now: (): Date => new Date() };\n',
  'src/crediting/line.store.ts': 'export const load = (): readonly string[] => [];\n',
  'src/plans/pure.ts':
    "import { createHash } from 'node:crypto';\nimport type { Kysely } from 'kysely';\nexport type Rows = Kysely<unknown>;\n" +
    "export const day = (ms: number): Date => new Date(ms);\nexport const hash = (text: string): string => createHash('sha256').update(text).digest('hex');\n",
  'src/platform/assert.ts': "export function fail(): never {\n  throw new Error('impossible');\n}\n",
  'src/cli.ts': "console.log('hello');\n",
  'config/environment.ts': "export const port = process.env['PORT'];\n",
  'tests/support/environment.ts': "export const url = process.env['TEST_DATABASE_URL'];\n",
  'tests/sync/push.test.ts': "it('throws', () => {\n  throw new Error('no');\n});\n",
};

describe('the linter', () => {
  let project: SampleProject;
  let linted: ReadonlyMap<string, LintedFile['messages']>;

  beforeAll(async () => {
    const bad = Object.fromEntries(Object.entries(offences).map(([path, { source }]) => [path, source]));
    project = createSampleProject({ ...bad, ...allowed });
    const args = ['--config', 'config/eslint.config.js', '--format', 'json', 'src', 'tests', 'config/environment.ts'];
    const run = await runTool('eslint', args, project.folder);
    expect(run.exitCode).toBe(1);
    const files = JSON.parse(run.stdout) as LintedFile[];
    linted = new Map(files.map((file) => [file.filePath.split(`${project.folder}/`)[1]!, file.messages]));
  });

  afterAll(() => project.remove());

  it.each(Object.entries(offences))('finds the fault in %s', (path, { rule }) => {
    expect(linted.get(path)?.map((message) => message.ruleId)).toContain(rule);
  });

  it.each(Object.keys(allowed))('has nothing to say about %s', (path) => {
    expect(linted.get(path)).toEqual([]);
  });
});

function nextName(): (match: string) => string {
  let count = 0;
  return () => `line${String(count++)}`;
}
