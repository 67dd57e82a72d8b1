import { join } from 'node:path';
import { startHubspotSimulator, type HubspotSimulator } from '../../connectors/hubspot/simulator/start.js';
import { eventually } from '../support/eventually.js';
import { projectRoot, runTyped } from '../support/project-tools.js';
import {
  ensureBuilt,
  freePort,
  startService,
  temporaryFolder,
  type ServiceProcess,
} from '../support/service-process.js';
import { codeBlocks, codeSpans, documents, readDocument } from './markdown.js';
import { commandsOf, wordsOf } from './shell.js';

/** Commands that take minutes, never end, or change the tree: where else each is run, and by which words there. */
const runElsewhere: Readonly<Record<string, { readonly file: string; readonly by: string }>> = {
  'npm ci': { file: '.ci/run', by: 'step 10m npm ci' },
  'npm test': { file: '.ci/run', by: 'step 10m npm test' },
  'npm run check': { file: '.ci/run', by: 'npm run check' },
  'npm run test:full': { file: '.ci/run', by: 'npm run test:full' },
  'npm run check:format': { file: 'package.json', by: '"check": "npm run check:format && ' },
  'npm run check:lint': { file: 'package.json', by: ' && npm run check:lint && ' },
  'npm run check:types': { file: 'package.json', by: ' && npm run check:types && ' },
  'npm run check:boundaries': { file: 'package.json', by: ' && npm run check:boundaries && ' },
  'npm run check:dead-code': { file: 'package.json', by: ' && npm run check:dead-code && npm test"' },
  'npm run release:check': { file: 'tests/architecture/release-guard.test.ts', by: 'config/release-check.mjs' },
  'npm version': { file: 'package.json', by: '"version": "npm run release:check"' },
  'npm start': { file: 'tests/support/service-process.ts', by: "'--enable-source-maps',\n    compiledMain" },
  'npm run build': { file: 'tests/support/service-process.ts', by: "spawn('npm', ['run', 'build']" },
  'npm run demo': { file: 'tests/docs/quick-start.test.ts', by: "['npm', 'run', 'demo', '--', '--once']" },
  'npm run demo -- --once': { file: 'tests/docs/quick-start.test.ts', by: "['npm', 'run', 'demo', '--', '--once']" },
  'npm run format': { file: 'package.json', by: '"format": "prettier --config config/prettier.json' },
  'npm run bench': { file: 'tests/bench/main.ts', by: 'main(' },
  '.ci/run': { file: '.ci/run', by: 'npm run test:full' },
};

/** Quick ones, with what they must print. */
const runHere: Readonly<Record<string, RegExp>> = {
  'node -p "crypto.randomBytes(32).toString(\'hex\')"': /^[0-9a-f]{64}\n$/,
  'npm run demo -- --help': /Usage: npm run demo/,
};

const quoted = documents.flatMap((document) => {
  const text = readDocument(document);
  const spans = codeSpans(text).filter((span) => /^(npm|npx|node|curl|\.ci\/run)\b/.test(span));
  return (
    [...codeBlocks(text, 'sh').flatMap(commandsOf), ...spans.flatMap(commandsOf)]
      .filter((command) => command.assigns === null)
      // One folder's tests are all tests, filtered.
      .map((command) => command.text.replace(/^(npm test) -- tests\/\S+$/, '$1'))
  );
});
const commands = [...new Set(quoted)];
/** Calls of the README are made, in their order, by readme-calls.test.ts. */
const calls = codeBlocks(readDocument('README.md'), 'sh').flatMap(commandsOf);
const isCall = (command: string): boolean => command.startsWith('curl ') && calls.some((call) => call.text === command);
const isOperators = (command: string): boolean => command.startsWith('npx introducer ');

describe('a command that a document quotes', () => {
  const isKnown = (command: string): boolean =>
    command in runElsewhere ||
    command in runHere ||
    isCall(command) ||
    isOperators(command) ||
    ['npm run dev', 'npm run dev:web'].includes(command);

  it('is run by a test, or by .ci/run', () => {
    expect(commands.filter((command) => !isKnown(command))).toEqual([]);
  });

  it.each(Object.entries(runElsewhere))('%s is run where this test believes', (command, { file, by }) => {
    expect(commands).toContain(command);
    expect(readDocument(file)).toContain(by);
  });

  it.each(Object.keys(runHere))('%s works', async (command) => {
    expect(commands).toContain(command);
    expect(await run(wordsOf(command, {}))).toMatch(runHere[command] ?? '');
  });

  it('npm run format writes what npm run check:format looks at', () => {
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    expect(scripts['format']).toBe(scripts['check:format']?.replace('--check', '--write'));
  });

  it('npm run dev serves from the sources', async () => {
    expect(commands).toContain('npm run dev');
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    const [tool = '', ...words] = scripts['dev']?.split(' ') ?? [];
    const folder = await temporaryFolder('dev');
    const port = String(await freePort());
    const command = [join(projectRoot, 'node_modules/.bin', tool), ...words];
    const service = await startService({ PORT: port, DATA_DIR: folder.path }, { command });
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    await service.stop();
    await folder.remove();
  });

  it('npm run dev:web serves the pages from the sources', async () => {
    expect(commands).toContain('npm run dev:web');
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    const [tool = '', ...words] = scripts['dev:web']?.split(' ') ?? [];
    const port = String(await freePort());
    const command = [join(projectRoot, 'node_modules/.bin', tool), ...words, '--port', port, '--strictPort'];
    const pages = await startService({ PORT: port }, { command, ready: false });
    const answered = async () => (await fetch(`${pages.url}/main.tsx`).catch(() => null))?.status === 200;
    await eventually('the sources are served', answered, 60_000);
    expect(await (await fetch(`${pages.url}/registrations`, { headers: { accept: 'text/html' } })).text()).toContain(
      '<div id="root">',
    );
    await pages.stop();
  });

  it('npm start is what the tests start', () => {
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    expect(scripts['start']).toBe('node --enable-source-maps dist/src/main.js');
  });
});

describe("an operator's command that a document quotes", () => {
  let hubspot: HubspotSimulator;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let environment: Readonly<Record<string, string>>;
  let service: ServiceProcess;

  beforeAll(async () => {
    await ensureBuilt();
    hubspot = await startHubspotSimulator();
    folder = await temporaryFolder('commands');
    environment = {
      PORT: String(await freePort()),
      DATA_DIR: join(folder.path, 'data'),
      HUBSPOT_API_URL: hubspot.url,
      HUBSPOT_ACCESS_TOKEN: hubspot.accessToken,
      HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
    };
    service = await startService({ PORT: '0', ...environment });
  });
  afterAll(async () => {
    await service.stop();
    await hubspot.close();
    await folder.remove();
  });

  /** The command as it stands, with its files in a folder of the test's own. */
  const words = (command: string): readonly string[] =>
    wordsOf(command, {}).map((word) => (word.endsWith('.backup') ? join(folder.path, word) : word));

  const whileItRuns = commands.filter((command) => isOperators(command) && !/ restore /.test(command));
  it.each(whileItRuns)('%s works while the service runs', async (command) => {
    expect(await run(words(command), environment)).not.toBe('');
  });

  it.each(commands.filter((command) => / restore /.test(command)))('%s works once it is stopped', async (command) => {
    await service.stop();
    const empty = { ...environment, DATA_DIR: join(folder.path, 'restored') };
    expect(await run(words(command), empty)).not.toBe('');
    expect(await run(['npx', 'introducer', 'ledger', 'check'], empty)).toContain('The books hold');
  });
});

/** What the command prints. @throws Error with its words when it fails */
async function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await runTyped(words, environment);
  if (exitCode !== 0) throw new Error(`${words.join(' ')} ended with ${String(exitCode)}: ${stdout}${stderr}`);
  return stdout;
}
