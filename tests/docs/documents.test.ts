import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../support/project-tools.js';
import { codeBlocks, codeSpans, documents, readDocument, tableWith } from './markdown.js';

/** Commands of npm itself. */
const npmCommands = new Set(['ci', 'install', 'prune', 'version']);

describe.each(documents)('%s', (name) => {
  const text = readDocument(name);
  const isThere = (path: string): boolean =>
    existsSync(join(projectRoot, dirname(name), path)) || existsSync(join(projectRoot, path));

  it('quotes only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    const quoted = [...codeSpans(text), ...codeBlocks(text, 'sh')].flatMap((code) => npmScriptsIn(code));
    expect(quoted.filter((script) => !(script in scripts) && !npmCommands.has(script))).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map((match) => match[1]!);
    const references = [...text.matchAll(/^\[[^\]]+\]: (?!https?:)(\S+)$/gm)].map((match) => match[1]!);
    const quoted = codeSpans(text).filter((span) => /^(src|connectors|config|tests|\.ci)\/[\w./-]*$/.test(span));
    expect([...links, ...references, ...quoted].filter((path) => !isThere(path))).toEqual([]);
  });

  it('links every name that it puts in brackets', () => {
    const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
    const defined = new Set([...prose.matchAll(/^\[([^\]]+)\]: /gm)].map((match) => match[1]));
    const used = [...prose.matchAll(/\[([^\]\n]+)\](?![:(])/g)].map((match) => match[1]!);
    const isVersion = (label: string): boolean => /^(Unreleased|\d+\.\d+\.\d+)$/.test(label);
    expect(used.filter((label) => !defined.has(label) && !isVersion(label))).toEqual([]);
    expect([...defined].filter((label) => !used.includes(label!))).toEqual([]);
  });
});

describe('the folder map of ARCHITECTURE.md', () => {
  const stages = [...readDocument('config/stages.js').matchAll(/^ {2}'([\w-]+)',$/gm)].map((match) => match[1]!);
  const listed = tableWith(readDocument('ARCHITECTURE.md'), ['folder', 'what lives there'])
    .map((row) => /^`src\/([\w-]+)\/`$/.exec(row.folder)?.[1])
    .filter((stage) => stage !== undefined);

  it('stands in the order in which the folders may import each other', () => {
    expect(listed).toEqual(stages.filter((stage) => listed.includes(stage)));
  });

  it('leaves no folder out', () => {
    const folders = readdirSync(join(projectRoot, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect([...listed].sort()).toEqual(folders.map((folder) => folder.name).sort());
  });
});

function npmScriptsIn(code: string): readonly string[] {
  return [...code.matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g)].map((match) => match[1]!);
}
