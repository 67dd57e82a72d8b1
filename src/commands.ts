import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { issueApiKey } from './access/api-key.handler.js';
import { isRight, rights } from './access/rights.js';
import { writeBackup } from './backup.js';
import type { Composition } from './compose.js';
import { doctor } from './doctor.js';
import { addImportCommands } from './import-commands.js';
import { readNamedFile } from './named-file.js';
import type { OpenFoundations } from './open-foundations.js';
import type { CommandOutput } from './platform/instance-commands.js';
import { addPeopleCommands } from './people-commands.js';
import { addPersonCommands } from './person-commands.js';
import { addPlanCommands } from './plan-commands.js';
import { readEcbRates } from './program/rate-sheet-text.js';
import { proveBooks } from './prove-books.js';
import { wordsOfRecomputation } from './recompute-words.js';
import { addVerifyCommand } from './verify-command.js';
import { productVersion } from './version.js';

/** What a command works with: what a running service has open, or what the command line opened itself. */
export interface CommandContext {
  readonly foundations: OpenFoundations;
  readonly composition: Composition;
}

export interface CommandLine {
  readonly argv: readonly string[];
  /** Where file names begin. */
  readonly cwd: string;
}

/** What only a process that holds nothing open yet can do. */
export interface OfflineActs {
  /** Fills an empty database from a backup file; null where the service is running. */
  readonly restore: ((file: string) => Promise<string>) | null;
}

const faulty = 1;
const misused = 2;

/**
 * Runs one command of `introducer` and gives its exit code: 0, 1 when it found or met a fault, 2 when it was misused. The same
 * code serves a command line that opened the database itself and one that asks the service which holds it.
 */
export async function runCommand(
  line: CommandLine,
  output: CommandOutput,
  open: () => Promise<CommandContext>,
  offline: OfflineActs = { restore: null },
): Promise<number> {
  let exitCode = 0;
  const talk: Talk = {
    open,
    offline,
    file: (name) => resolve(line.cwd, name),
    say: (words) => {
      output.stdout(`${words}\n`);
    },
    fail: (words) => {
      output.stderr(`${words}\n`);
      exitCode = faulty;
    },
  };
  const program = commandTree(talk).configureOutput({ writeOut: output.stdout, writeErr: output.stderr });
  for (const command of everyCommand(program)) command.copyInheritedSettings(program).exitOverride();
  try {
    await program.parseAsync([...line.argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : misused;
    talk.fail(error instanceof Error ? error.message : String(error));
  }
  return exitCode;
}

interface Talk {
  readonly open: () => Promise<CommandContext>;
  readonly offline: OfflineActs;
  readonly file: (name: string) => string;
  readonly say: (words: string) => void;
  readonly fail: (words: string) => void;
}

function everyCommand(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)]);
}

function commandTree(talk: Talk): Command {
  const program = new Command('introducer')
    .description('Operator commands. While the service holds the embedded database they run through it.')
    .version(productVersion)
    .exitOverride();
  program
    .command('migrate')
    .description('bring the database schema up to date')
    .action(async () => {
      await talk.open();
      talk.say('The database schema is up to date.');
    });
  program
    .command('provision')
    .description('make the properties Introducer needs in every connected CRM; safe to run again')
    .action(() => provision(talk));
  program
    .command('doctor')
    .description('look whether database and CRM answer and what needs a person')
    .action(() => examine(talk));
  program
    .command('ledger')
    .description('the journal')
    .command('check')
    .description('prove the whole book; exits non-zero with the first fault')
    .action(() => checkLedger(talk));
  program
    .command('recompute')
    .argument('<line>', 'the id of a commission line')
    .description('recompute a line from what is stored; exits non-zero when it is not what is booked')
    .action((lineId: string) => recompute(talk, lineId));
  addPlanCommands(program, talk);
  addPeopleCommands(program, talk);
  addPersonCommands(program, talk);
  addVerifyCommand(program, talk);
  program
    .command('rates')
    .description('exchange rates')
    .command('import')
    .argument('<file>', 'a CSV file of the European Central Bank, daily or historical')
    .description('store the reference rates in a file; what is known already stays as it is')
    .action((name: string) => importRates(talk, name));
  addImportCommands(program, talk);
  program
    .command('operator-key')
    .argument('<name>', 'whose key it is')
    .option('--rights <rights>', `what it may do of ${rights.join(', ')}, by commas; all of them unless given`)
    .description('make an operator API key and show it, this once')
    .action((name: string, options: { readonly rights?: string }) => makeOperatorKey(talk, name, options.rights));
  program
    .command('backup')
    .argument('<file>', 'where to write it; a file that is there is not overwritten')
    .description('write everything in the database to one file')
    .action(async (name: string) => {
      const { foundations } = await talk.open();
      talk.say(await writeBackup(foundations, talk.file(name)));
    });
  program
    .command('restore')
    .argument('<file>', 'a file that backup wrote')
    .description('fill an empty database from a backup; the service must not be running')
    .action(async (name: string) => {
      if (talk.offline.restore === null)
        talk.fail('The service is running. Stop it, then restore into an empty database.');
      else talk.say(await talk.offline.restore(talk.file(name)));
    });
  return program;
}

async function provision({ open, say, fail }: Talk): Promise<void> {
  const { composition } = await open();
  if (composition.connections.length === 0) {
    fail('No CRM is connected: set HUBSPOT_ACCESS_TOKEN, HUBSPOT_REFRESH_TOKEN or SALESFORCE_CLIENT_ID.');
  }
  // Where the service never ran, its connection is not in the database yet.
  await composition.bootstrap();
  for (const { id, name } of composition.connections) {
    const report = await composition.provision(id);
    const [made, found] = [report?.created ?? [], report?.existing ?? []];
    say(`${name}: made ${String(made.length)}, found ${String(found.length)}`);
    for (const what of made) say(`  made ${what}`);
  }
}

async function makeOperatorKey({ open, say, fail }: Talk, name: string, given?: string): Promise<void> {
  const words = given?.split(',').filter((word) => word !== '');
  const wrong = words?.find((word) => !isRight(word));
  if (wrong !== undefined) {
    fail(`--rights has ${JSON.stringify(wrong)}; expected any of ${rights.join(', ')}, by commas.`);
    return;
  }
  const { composition } = await open();
  const { key } = await composition.transact((uow) =>
    issueApiKey(uow, { actor: { kind: 'system' }, name, partnerId: null, rights: words?.filter(isRight) }),
  );
  say(key);
}

async function examine({ open, say, fail }: Talk): Promise<void> {
  const { foundations, composition } = await open();
  for (const { ok, isNote, words } of await doctor(foundations, composition)) {
    if (ok) say(`${isNote === true ? 'note  ' : 'ok    '} ${words}`);
    else fail(`FAULT  ${words}`);
  }
}

async function importRates({ open, file, say, fail }: Talk, name: string): Promise<void> {
  const reading = readEcbRates(await readNamedFile({ name, path: file(name) }));
  if (reading.kind === 'refused') {
    fail(`${name}, ${reading.message}`);
    return;
  }
  const { composition } = await open();
  const changedFrom = await composition.transact((uow) =>
    composition.storeRates(uow, { kind: 'system' }, reading.sheets),
  );
  say(changedFrom === null ? 'All rates were known.' : `Rates stored; the earliest new one is of ${changedFrom}.`);
}

async function recompute({ open, say, fail }: Talk, lineId: string): Promise<void> {
  const { composition } = await open();
  for (const { ok, words } of wordsOfRecomputation(await composition.recompute(lineId))) {
    if (ok) say(words);
    else fail(words);
  }
}

async function checkLedger({ open, say, fail }: Talk): Promise<void> {
  const { foundations } = await open();
  const { ok, words } = await proveBooks(foundations.database.db);
  if (ok) say(words);
  else fail(words);
}
