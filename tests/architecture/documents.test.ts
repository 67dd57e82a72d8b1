import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project-tools.js';

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
/** Commands of npm itself. */
const npmCommands = new Set(['ci', 'install', 'prune', 'version']);

describe.each(documents)('%s', (name) => {
  it('quotes only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readProjectFile('package.json')) as { scripts: Record<string, string> };
    const quoted = [...readProjectFile(name).matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g)].map((match) => match[1]!);
    expect(quoted.filter((script) => !(script in scripts) && !npmCommands.has(script))).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const text = readProjectFile(name);
    const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map((match) => match[1]!);
    const quoted = [...text.matchAll(/`((?:src|connectors|config|tests|\.ci)\/[\w./-]*)`/g)].map((match) => match[1]!);
    expect([...links, ...quoted].filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
  });
});

function readProjectFile(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}
