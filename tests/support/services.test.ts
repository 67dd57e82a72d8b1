import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSampleProject, projectRoot, runJest, type SampleProject } from './project-tools.js';

const bounded = ['--config', 'config/jest.config.js'];
const full = ['--config', 'config/jest.full.config.js'];

/** Addresses at which nothing answers, and one at which something does. */
const nothingThere = {
  TEST_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  TEST_REDIS_URL: 'redis://127.0.0.1:1',
  TEST_CHROMIUM_PATH: process.execPath,
  REQUIRE_SERVICES: '',
};

describe('a suite that needs a service', () => {
  let project: SampleProject;

  beforeAll(() => {
    const support = ['nock-setup.ts', 'not-run-reporter.js', 'services.ts'].map((name) => `tests/support/${name}`);
    project = createSampleProject({
      ...Object.fromEntries(support.map((path) => [path, readFileSync(join(projectRoot, path), 'utf8')])),
      'tests/books.test.ts': suiteNeeding('postgres', 'the books'),
      'tests/wakeups.test.ts': suiteNeeding('redis', 'the wake-ups'),
      'tests/form.test.ts': suiteNeeding('chromium', 'the form'),
      'tests/history.full.test.ts': "it('takes long', () => undefined);\n",
    });
  });

  afterAll(() => project.remove());

  it('is named loudly as not run when the service is missing, and runs when it is there', async () => {
    const run = await runJest(bounded, project.folder, nothingThere);
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('Tests:       2 skipped, 1 passed, 3 total');
    const notRun = run.stderr.split('!!! DID NOT RUN !!!')[1];
    expect(notRun).toMatch(/- the books \(needs postgres: .*ECONNREFUSED.*\): 1 test\n/);
    expect(notRun).toMatch(/- the wake-ups \(needs redis: .*ECONNREFUSED.*\): 1 test\n/);
    expect(notRun).not.toContain('the form');
  });

  it('fails when the service is missing and services are required', async () => {
    const run = await runJest(full, project.folder, { ...nothingThere, REQUIRE_SERVICES: '1' });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('postgres is required and not reachable');
    expect(run.stderr).toContain('Tests:       2 failed, 2 passed, 4 total');
  });
});

function suiteNeeding(service: string, name: string): string {
  return `import { describeWith } from './support/services.js';
describeWith('${service}', '${name}', () => { it('works', () => undefined); });
`;
}
