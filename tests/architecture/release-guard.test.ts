import { createSampleProject, runNode, type ToolRun } from '../support/project-tools.js';

const head = '# Changelog\n\n## [Unreleased]\n';
const released = '\n## [1.2.0] - 2026-03-02\n\n### Added\n\n- A thing.\n';

describe('the release check', () => {
  it('passes when every note stands under the version', async () => {
    expect((await check(head + released)).exitCode).toBe(0);
  });

  it('passes over an empty heading and the links at the end', async () => {
    const links = '\n[Unreleased]: https://example.com/compare\n[1.2.0]: https://example.com/1.2.0\n';
    expect((await check(`${head}\n### Added\n${released}${links}`)).exitCode).toBe(0);
  });

  it.each([
    [
      'a note is left under Unreleased',
      `${head}\n### Fixed\n\n- Another.\n${released}`,
      'notes are left under [Unreleased]',
    ],
    ['a sentence is left under Unreleased', `${head}\nSoon more.\n${released}`, 'notes are left under [Unreleased]'],
    ['the version has no section', head, 'there is no section "## [1.2.0] - YYYY-MM-DD"'],
    ['the section has no proper date', head + released.replace('2026-03-02', 'soon'), 'does not end in a date'],
    ['the section says nothing', `${head}\n## [1.2.0] - 2026-03-02\n\n### Added\n`, 'the section [1.2.0] says nothing'],
    ['Unreleased itself is gone', `# Changelog\n${released}`, 'there is no "## [Unreleased]" section'],
  ])('refuses when %s', async (_case, changelog, complaint) => {
    const run = await check(changelog);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(complaint);
  });
});

async function check(changelog: string): Promise<ToolRun> {
  const project = createSampleProject({ 'CHANGELOG.md': changelog, 'package.json': '{ "version": "1.2.0" }' });
  try {
    return await runNode(['config/release-check.mjs'], project.folder);
  } finally {
    project.remove();
  }
}
