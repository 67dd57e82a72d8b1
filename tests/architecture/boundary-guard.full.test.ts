import {
  createSampleProject,
  projectRoot,
  runTool,
  typescriptFiles,
  type SampleProject,
} from '../support/project-tools.js';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
  /** For a cycle, which is reported once: the files it runs through. */
  readonly cycle?: readonly { readonly name: string }[];
}

interface CruiseResult {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: { readonly violations: readonly Violation[] };
}

const folders = ['src', 'connectors', 'config', 'tests'];

/** Importing file → what it imports and the rule that forbids it. */
const offences: Readonly<Record<string, { readonly imports: string; readonly rule: string }>> = {
  'src/money/back-arrow.ts': { imports: '../crediting/line.js', rule: 'order-of-stages-money' },
  'src/platform/type-only-back-arrow.ts': { imports: '../ledger/journal.js', rule: 'order-of-stages-platform' },
  'src/plans/composing.ts': { imports: '../compose.js', rule: 'order-of-stages-plans' },
  'src/helpers/unlisted.ts': { imports: '../money/money.js', rule: 'stage-is-listed' },
  'src/ledger/cycle.ts': { imports: './cycle-back.js', rule: 'no-cycles' },
  'config/settings-with-product.ts': { imports: '../src/money/money.js', rule: 'settings-stand-alone' },
  'connectors/hubspot/with-product.ts': {
    imports: '../../src/money/money.js',
    rule: 'connectors-do-not-know-the-product',
  },
  'connectors/salesforce/with-sibling.ts': {
    imports: '../hubspot/client.js',
    rule: 'connectors-do-not-know-each-other',
  },
  'connectors/contract.ts': { imports: './hubspot/client.js', rule: 'contract-stands-alone' },
  'src/sync/with-vendor.handler.ts': {
    imports: '../../connectors/hubspot/client.js',
    rule: 'only-compose-knows-a-vendor',
  },
  'src/server.ts': { imports: '../connectors/hubspot/client.js', rule: 'only-compose-knows-a-vendor' },
  'src/compose.ts': { imports: '../connectors/hubspot/simulator/server.js', rule: 'simulators-are-for-tests' },
  'connectors/hubspot/with-simulator.ts': { imports: './simulator/server.js', rule: 'simulators-are-for-tests' },
  'connectors/hubspot/with-clock.ts': { imports: '../simulator/clock.js', rule: 'simulators-are-for-tests' },
  'connectors/simulator/with-vendor.ts': {
    imports: '../hubspot/client.js',
    rule: 'connectors-do-not-know-each-other',
  },
  'src/main.ts': { imports: '../tests/support/seed.js', rule: 'tests-are-not-imported' },
  'src/web/with-files.ts': { imports: 'node:fs', rule: 'web-runs-in-a-browser' },
  'src/web/with-vendor.tsx': { imports: '../../connectors/hubspot/client.js', rule: 'web-speaks-the-wire-only' },
  'src/service.ts': { imports: './web/page.js', rule: 'only-web-is-the-web' },
  'src/web/with-store.ts': { imports: '../crediting/line.store.js', rule: 'web-speaks-the-wire-only' },
  'src/watch/deal.store.ts': { imports: './read.handler.js', rule: 'store-is-sql-only' },
  'src/watch/backwards.handler.ts': { imports: './signal.routes.js', rule: 'handlers-do-not-know-their-callers' },
  'src/watch/tests-only.ts': { imports: 'nock', rule: 'production-needs-no-dev-dependency' },
  'src/watch/missing.ts': { imports: './nowhere.js', rule: 'imports-resolve' },
};

/** What the offences import, and imports that are as they should be. */
const allowed: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "sample", "type": "module", "devDependencies": { "nock": "*" } }',
  'src/money/money.ts': 'export const value = 1;\n',
  'src/crediting/line.ts': "import { value } from '../money/money.js';\nexport { value };\n",
  'src/crediting/line.store.ts': 'export const value = 1;\n',
  'src/crediting/line.api.ts': 'export const value = 1;\n',
  'src/ledger/journal.ts': 'export type value = 1;\n',
  'src/ledger/cycle-back.ts': "import type { value } from './cycle.js';\nexport type Back = typeof value;\n",
  'src/watch/read.handler.ts': 'export const value = 1;\n',
  'src/watch/signal.routes.ts': 'export const value = 1;\n',
  'src/web/page.ts': "import { value } from '../crediting/line.api.js';\nexport { value };\n",
  'src/web/built-beforehand.tsx': "import { value } from 'nock';\nexport { value };\n",
  'src/compose-connectors.ts': "import { value } from '../connectors/hubspot/client.js';\nexport { value };\n",
  'connectors/neutral.ts': 'export const value = 1;\n',
  'connectors/hubspot/client.ts': "import { value } from '../neutral.js';\nexport { value };\n",
  'connectors/simulator/clock.ts': 'export const value = 1;\n',
  'connectors/hubspot/simulator/late.ts': "import { value } from '../../simulator/clock.js';\nexport { value };\n",
  'connectors/hubspot/simulator/server.ts': "import { value } from '../client.js';\nexport { value };\n",
  'tests/support/seed.ts': "import { value } from '../../connectors/hubspot/simulator/server.js';\nexport { value };\n",
};

describe('the folder arrows', () => {
  it('hold in this project, and the check saw every file', async () => {
    const result = await cruise(projectRoot);
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    // On a TypeScript it does not know, dependency-cruiser finds no modules and calls that no violations.
    const seen = new Set(result.modules.map((module) => module.source));
    const files = typescriptFiles('src', 'connectors').filter((path) => !path.endsWith('.d.ts'));
    expect(files.filter((path) => !seen.has(path))).toEqual([]);
  });
});

describe('the boundary check', () => {
  let project: SampleProject;
  let violations: readonly string[];

  beforeAll(async () => {
    const bad: Record<string, string> = {};
    for (const [path, { imports }] of Object.entries(offences)) bad[path] = importing(path, imports);
    project = createSampleProject({ ...allowed, ...bad });
    const result = await cruise(project.folder);
    violations = result.summary.violations.flatMap(({ rule, from, cycle = [] }) =>
      [from, ...cycle.map((file) => file.name)].map((path) => `${rule.name}: ${path}`),
    );
  });

  afterAll(() => project.remove());

  it.each(Object.entries(offences))('finds the fault in %s', (path, { rule }) => {
    expect(violations).toContain(`${rule}: ${path}`);
  });

  it.each(Object.keys(allowed).filter((path) => path !== 'src/ledger/cycle-back.ts'))('allows %s', (path) => {
    expect(violations.filter((violation) => violation.endsWith(`: ${path}`))).toEqual([]);
  });
});

function importing(path: string, specifier: string): string {
  const keyword = path.includes('type-only') ? 'import type' : 'import';
  return `${keyword} { value } from '${specifier}';\nexport type { value };\n`;
}

async function cruise(folder: string): Promise<CruiseResult> {
  const args = ['--config', 'config/dependency-cruiser.js', '--output-type', 'json', ...folders];
  const run = await runTool('depcruise', args, folder);
  return JSON.parse(run.stdout) as CruiseResult;
}
