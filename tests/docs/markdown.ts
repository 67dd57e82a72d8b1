import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project-tools.js';

/** Every document that quotes commands or names files. */
export const documents = [
  'README.md',
  'PLANS.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'connectors/hubspot/BEHAVIOR.md',
] as const;

export function readDocument(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

/** Content of the fenced blocks of a language, in their order. */
export function codeBlocks(text: string, language: string): readonly string[] {
  const fence = new RegExp('^```' + language + '\\n([\\s\\S]*?)^```$', 'gm');
  return [...text.matchAll(fence)].map((match) => match[1] ?? '');
}

/** Content of the code spans outside fenced blocks. */
export function codeSpans(text: string): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
}

/** The rows of the table whose header is exactly these cells, each as header → cell. @throws Error when there is none */
export function tableWith<const H extends string>(
  text: string,
  headers: readonly H[],
): readonly Readonly<Record<H, string>>[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => isRow(line) && cellsOf(line).join('|') === headers.join('|'));
  if (start === -1) throw new Error(`there is no table with the columns ${headers.join(', ')}`);
  const body = lines.slice(start + 2);
  const end = body.findIndex((line) => !isRow(line));
  return body.slice(0, end === -1 ? undefined : end).map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(headers.map((header, index) => [header, cells[index] ?? ''])) as Record<H, string>;
  });
}

function isRow(line: string): boolean {
  return line.startsWith('|');
}

function cellsOf(line: string): readonly string[] {
  return line
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** A cell that is one code span, without its backticks; null for any other. */
export function codeCell(cell: string): string | null {
  return /^`([^`]+)`$/.exec(cell)?.[1] ?? null;
}
