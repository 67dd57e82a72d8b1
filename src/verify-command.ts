import type { Command } from 'commander';
import { z } from 'zod';
import { readNamedFile } from './named-file.js';
import type { OpenFoundations } from './open-foundations.js';
import { judgeDocument, type Verdict } from './platform/signed-document.js';

interface VerifyTalk {
  readonly open: () => Promise<{ readonly foundations: OpenFoundations }>;
  readonly file: (name: string) => string;
  readonly say: (words: string) => void;
  readonly fail: (words: string) => void;
}

const publishedKeys = z.object({ items: z.array(z.object({ keyId: z.string(), publicKey: z.string() })) });
type Keys = z.output<typeof publishedKeys>['items'];

/** Whoever has a receipt or the working of a line can have it checked, without an account and without a database of ours. */
export function addVerifyCommand(program: Command, talk: VerifyTalk): void {
  program
    .command('verify')
    .argument('<file>', 'a receipt, or the working of a line, as JSON')
    .option('--from <address>', 'of the service that signed it; unless given, the keys of this one')
    .description('whether it is what was signed; exits non-zero when not')
    .action((name: string, options: { readonly from?: string }) => verify(talk, name, options.from));
}

async function verify(talk: VerifyTalk, name: string, from: string | undefined): Promise<void> {
  const text = await readNamedFile({ name, path: talk.file(name) });
  const document = jsonOf(text);
  if (document === undefined) {
    talk.fail(`${name} is no JSON; expected a receipt, or the working of a line.`);
    return;
  }
  const verdict = judgeDocument(document, from === undefined ? await ownKeys(talk) : await keysFrom(from));
  if (verdict.kind === 'genuine') talk.say(wordsOf(verdict));
  else talk.fail(wordsOf(verdict));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function ownKeys({ open }: VerifyTalk): Promise<Keys> {
  const { foundations } = await open();
  return [...(await foundations.signer.publicKeys())];
}

async function keysFrom(address: string): Promise<Keys> {
  const response = await fetch(new URL('/api/v1/signing-keys', address));
  return publishedKeys.parse(await response.json()).items;
}

function wordsOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'genuine':
      return `Genuine: this is what was signed with ${verdict.keyId}.`;
    case 'altered':
      return `Not genuine: it names the key ${verdict.keyId}, but this is not what was signed with it.`;
    case 'unknown-key':
      return `Not genuine here: the key ${verdict.keyId} is none of this service.`;
    case 'not-signed':
      return 'Not signed: expected a receipt, or the working of a line, with its signature.';
  }
}
