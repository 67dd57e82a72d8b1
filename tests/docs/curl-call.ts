import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project-tools.js';

export interface CurlAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Makes the call that a `curl` command describes, for it need not be installed where the tests run. Knows the options the
 * documents use and refuses any other.
 */
export async function curlCall(words: readonly string[]): Promise<CurlAnswer> {
  const [program, ...rest] = words;
  if (program !== 'curl') throw new Error(`not a curl command: ${words.join(' ')}`);
  const { method, url, headers, body } = requestOf(rest);
  const answer = await fetch(url, { method, headers: [...headers], body });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

function requestOf(words: readonly string[]) {
  const headers: [string, string][] = [];
  let [method, url, body]: [string | null, string, string | null] = [null, '', null];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = (): string => words[(at += 1)] ?? '';
    if (word === '-X') method = value();
    else if (word === '-H') headers.push(headerOf(value()));
    else if (word === '-d') body = value();
    else if (word === '--data-binary') body = fileNamedBy(value());
    else if (word.startsWith('-')) throw new Error(`an option this test does not know: ${word}`);
    else url = word;
  }
  return { method: method ?? (body === null ? 'GET' : 'POST'), url, headers, body };
}

function headerOf(text: string): [string, string] {
  const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(text) ?? [];
  return [name, value];
}

function fileNamedBy(value: string): string {
  if (!value.startsWith('@')) throw new Error(`expected @ and a file: ${value}`);
  return readFileSync(join(projectRoot, value.slice(1)), 'utf8');
}
