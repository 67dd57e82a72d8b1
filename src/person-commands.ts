import { Option, type Command } from 'commander';
import type { Composition } from './compose.js';
import { erasureReason, personBody } from './desk/erasure.api.js';
import { previewErasure } from './desk/preview-erasure.handler.js';
import { normaliseEmail } from './registration/matching.js';

/** How a command speaks to the person who called it, and reaches the service. */
interface PersonTalk {
  readonly open: () => Promise<{ readonly composition: Composition }>;
  readonly say: (words: string) => void;
  readonly fail: (words: string) => void;
}

/** What a person may ask for about themselves. */
export function addPersonCommands(program: Command, talk: PersonTalk): void {
  const person = program.command('person').description('what is held about somebody, by address');
  person
    .command('export')
    .argument('<address>', 'their e-mail address')
    .description('print everything that is held about a person, as JSON')
    .action((address: string) => exportPerson(talk, address));
  person
    .command('erase')
    .argument('<address>', 'their e-mail address')
    .requiredOption('--reason <text>', 'why, kept in the audit log; it must not name the person')
    .option('--yes', 'do not ask')
    // How the command line splits the command where it asks: see ask-first.ts.
    .addOption(new Option('--step <step>').choices(['show', 'store']).hideHelp())
    .description('show what erasing a person would change, ask, erase, and print the signed certificate')
    .action((address: string, options: EraseOptions) => erasePerson(talk, address, options));
}

async function exportPerson(talk: PersonTalk, address: string): Promise<void> {
  const email = addressIn(talk, address);
  if (email === null) return;
  const { composition } = await talk.open();
  const held = await composition.transact(async (uow) => ({
    email: normaliseEmail(email),
    exportedAt: uow.now.toISOString(),
    held: await composition.exportPerson(uow, { email, actor: { kind: 'system' } }),
  }));
  talk.say(JSON.stringify(held, null, 2));
}

interface EraseOptions {
  readonly reason: string;
  readonly yes?: true;
  readonly step?: 'show' | 'store';
}

async function erasePerson(talk: PersonTalk, address: string, options: EraseOptions): Promise<void> {
  const { say, fail } = talk;
  const email = addressIn(talk, address);
  if (email === null) return;
  const reason = erasureReason.safeParse(options.reason);
  if (!reason.success) {
    fail(
      `--reason is ${JSON.stringify(options.reason)}; expected ${reason.error.issues[0]?.message ?? 'other words'}.`,
    );
    return;
  }
  const { composition } = await talk.open();
  const request = { email, actor: { kind: 'system' }, cause: 'request', reason: reason.data } as const;
  if (options.step !== 'store') {
    const { erasure, isNew } = await previewErasure(composition.transact, composition.erasePerson, request);
    say(
      isNew
        ? tableOf(erasure.erased)
        : `Erased on ${erasure.requested_at.toISOString()} already: nothing is left to erase.`,
    );
    if (options.step === 'show') return;
    if (options.yes !== true) {
      fail('Nothing was erased: there is no terminal to ask at. Erase with --yes.');
      return;
    }
  }
  const { erasure } = await composition.transact((uow) => composition.erasePerson(uow, request));
  say(JSON.stringify(erasure.certificate, null, 2));
}

function addressIn({ fail }: PersonTalk, address: string): string | null {
  const parsed = personBody.safeParse({ email: address });
  if (parsed.success) return parsed.data.email;
  fail(`The address is ${JSON.stringify(address)}; expected an e-mail address such as anna@acme.com.`);
  return null;
}

function tableOf(erased: Readonly<Record<string, number>>): string {
  const rows = Object.entries(erased);
  if (rows.length === 0) return 'Nothing is held about this address.';
  const width = Math.max(...rows.map(([table]) => table.length));
  return [
    'Rows that are changed or removed:',
    ...rows.map(([table, count]) => `  ${table.padEnd(width)}  ${String(count)}`),
  ].join('\n');
}
