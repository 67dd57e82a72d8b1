#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { readSettings, type Settings } from '../config/settings.js';
import { askFirst, asksFirst } from './ask-first.js';
import { restoreBackup } from './backup.js';
import { runCommand, type CommandContext } from './commands.js';
import { compose } from './compose.js';
import { openFoundations, type OpenFoundations } from './open-foundations.js';
import { sendCommand, type CommandOutput } from './platform/instance-commands.js';
import { acquireInstanceLock } from './platform/instance-lock.js';

const output: CommandOutput = {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
};
const faulty = 1;

// Whoever read what is said has stopped, as `head` does: what was asked for is done all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Asking for help or the version needs no settings and no database, and neither does trying a plan or checking another's signature. */
function needsNothing(argv: readonly string[]): boolean {
  if (argv[0] === 'verify' && argv.some((word) => word.startsWith('--from'))) return true;
  if (argv[0] === 'plan' && ['check', 'schema', 'evaluate', 'test'].includes(argv[1] ?? '')) return true;
  return argv.length === 0 || argv.some((word) => ['help', '--help', '-h', '--version', '-V'].includes(word));
}

/** Runs a command; where a person has to be asked first, at this terminal, as the service that may run it has none. */
async function main(argv: readonly string[]): Promise<number> {
  if (!asksFirst(argv) || needsNothing(argv) || !process.stdin.isTTY) return run(argv);
  return askFirst(argv, run, askAtTerminal);
}

async function askAtTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // The end of the input is an answer too: none.
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(question), ended]);
  terminal.close();
  return answer;
}

async function run(argv: readonly string[]): Promise<number> {
  const line = { argv, cwd: process.cwd() };
  if (needsNothing(argv)) return runCommand(line, output, () => Promise.reject(new Error('nothing is open')));
  const settings = readSettings();
  if (settings.databaseUrl !== null) return runHere(line, settings);
  const sent = await sendCommand(settings.dataDir, argv, { output });
  if (sent.kind === 'ran') return sent.exitCode;
  const lock = await acquireInstanceLock(settings.dataDir);
  try {
    return await runHere(line, settings);
  } finally {
    await lock.release();
  }
}

/** Opens what the command needs, when it asks for it, and closes it after. */
async function runHere(
  line: { readonly argv: readonly string[]; readonly cwd: string },
  settings: Settings,
): Promise<number> {
  let foundations: OpenFoundations | null = null;
  const open = async (): Promise<CommandContext> => {
    foundations ??= await openFoundations(
      quiet(settings),
      () => settings.publicUrl ?? `http://localhost:${String(settings.port)}`,
    );
    return { foundations, composition: compose(foundations) };
  };
  try {
    return await runCommand(line, output, open, { restore: (file) => restoreBackup(settings, file) });
  } finally {
    await (foundations as OpenFoundations | null)?.close();
  }
}

/** A command speaks to a person on standard output, where log lines would be in the way. */
function quiet(settings: Settings): Settings {
  return { ...settings, logLevel: 'fatal' };
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  output.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
  return faulty;
});
