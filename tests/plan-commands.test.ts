import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../src/commands.js';
import { projectRoot } from './support/project-tools.js';

/** Runs a command that needs nothing open, in a folder. */
async function introducer(cwd: string, ...argv: readonly string[]) {
  const said = { stdout: '', stderr: '' };
  const output = {
    stdout: (text: string) => (said.stdout += text),
    stderr: (text: string) => (said.stderr += text),
  };
  const code = await runCommand({ argv, cwd }, output, () => Promise.reject(new Error('it opened the database')));
  return { code, ...said };
}

describe('trying a plan at the command line', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plans-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('says what the sample plan promises, in plain sentences', async () => {
    const { code, stdout } = await introducer(projectRoot, 'plan', 'check', 'config/sample-program/standard.yaml');
    expect(code).toBe(0);
    expect(stdout).toContain('Rule new-business pays 10 % of the amount of a deal that is won.');
  });

  it('names the line of what is wrong with a plan, and ends with a fault', async () => {
    await writeFile(
      join(folder, 'bad.yaml'),
      'plan: p\neffectiveFrom: 2026-01-01\nrules:\n  - id: r\n    pay: { percent: 101, of: amount }\n',
    );
    const { code, stderr } = await introducer(folder, 'plan', 'check', 'bad.yaml');
    expect(code).toBe(1);
    expect(stderr).toContain('bad.yaml: line 5: rules[0].pay.percent is 101; expected a percentage from 0 to 100');
  });

  it('runs the sample scenarios, and each comes out as it expects', async () => {
    const { code, stdout, stderr } = await introducer(projectRoot, 'plan', 'test', 'config/sample-program/scenarios');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^(\d+) of \1 scenarios came out as expected\.\n$/);
  });

  it('shows where a scenario comes out differently, and what expects nothing', async () => {
    const start = 'plans: [{ plan: p, effectiveFrom: 2026-01-01, rules: [{ id: r, pay: { flat: 50 EUR } }] }]\n';
    const deal = 'deals: [{ id: d, partner: acme, won: 2026-02-01 }]\nasOf: 2026-02-01\n';
    await writeFile(join(folder, 'a.yaml'), `${start}${deal}expect: { lines: [{ amount: 60 }] }\n`);
    await writeFile(join(folder, 'b.yaml'), `${start}${deal}`);
    const { code, stdout, stderr } = await introducer(folder, 'plan', 'test', '.');
    expect(code).toBe(1);
    expect(stdout).toBe('0 of 2 scenarios came out as expected.\n');
    expect(stderr).toContain('a.yaml: missing line: amount 60');
    expect(stderr).toContain('b.yaml: it expects nothing');
  });

  it('prints an outcome as JSON for programs and as tables for people', async () => {
    const scenario = 'config/sample-program/scenarios/won-twice.yaml';
    const json = await introducer(projectRoot, 'plan', 'evaluate', scenario);
    expect(JSON.parse(json.stdout)).toMatchObject({
      balances: [{ partner: 'northwind', currency: 'EUR', total: '1500.00' }],
    });
    const table = await introducer(projectRoot, 'plan', 'evaluate', scenario, '--format', 'table');
    expect(table.stdout).toMatch(/2026-02-10 +northwind +reversal +new-business +brightwater +-1200\.00/);
    expect((await introducer(projectRoot, 'plan', 'evaluate', scenario, '--format', 'xml')).code).toBe(1);
  });

  it.each([
    ['a plan', ['check', 'gone.yaml'], 'gone.yaml does not exist; expected the name of a file.'],
    ['a plan that is a folder', ['check', '.'], '. is a folder; expected the name of a file.'],
    ['a scenario', ['evaluate', 'gone.yaml'], 'gone.yaml does not exist; expected the name of a file.'],
    ['a folder', ['test', 'gone'], 'gone does not exist; expected the name of a folder.'],
    ['a folder that is a file', ['test', 'a.yaml'], 'a.yaml is not a folder; expected the name of a folder.'],
    [
      'a name inside a file',
      ['check', 'a.yaml/b.yaml'],
      'a.yaml/b.yaml is not in a folder; expected the name of a file.',
    ],
  ])('says in plain words that it cannot read %s', async (_what, argv, words) => {
    await writeFile(join(folder, 'a.yaml'), '');
    expect(await introducer(folder, 'plan', ...argv)).toEqual({ code: 1, stdout: '', stderr: `${words}\n` });
  });

  it.each([
    [['evaluate', 'a.yaml', '--formt', 'table'], "unknown option '--formt'\n(Did you mean --format?)"],
    [['evaluate'], "missing required argument 'scenario'"],
    [['chek', 'a.yaml'], "unknown command 'chek'\n(Did you mean check?)"],
  ])('ends with 2 when it is called in a way it does not know: %j', async (argv, words) => {
    const { code, stderr } = await introducer(folder, 'plan', ...argv);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) as string });
  });

  it('says that a scenario is no plan', async () => {
    await writeFile(join(folder, 'a.yaml'), 'asOf: 2026-01-01\nplans: []\n');
    const { code, stderr } = await introducer(folder, 'plan', 'check', 'a.yaml');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'a.yaml: line 2: plans is a list of 0; expected a plan, which has rules: this is a scenario.\n',
    });
  });
});
