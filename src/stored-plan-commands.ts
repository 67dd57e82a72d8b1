import { Option, type Command } from 'commander';
import type { Composition } from './compose.js';
import { planPreviewOnWire } from './crediting/plan-preview-wire.js';
import type { PreviewDays } from './crediting/preview-plan.handler.js';
import { versionName } from './plans/plan.js';
import { planReason } from './plans/plan.api.js';
import { readPlanText } from './plans/read-plan.js';
import { readNamedFile } from './named-file.js';
import { tableOfPreview } from './preview-table.js';
import { firstDayOf, isPeriod, lastDayOf } from './program/calendar.js';

/** How a command speaks to the person who called it, and what it works with. */
export interface StoredPlanTalk {
  readonly open: () => Promise<{ readonly composition: Composition }>;
  /** The whole path of a file that the person named. */
  readonly file: (name: string) => string;
  readonly say: (words: string) => void;
  /** Says what is wrong; the command ends with an exit code that says so too. */
  readonly fail: (words: string) => void;
}

/** What is done with a plan beside the ones that are stored and the deals that were won. */
export function addStoredPlanCommands(plan: Command, talk: StoredPlanTalk): void {
  plan
    .command('preview')
    .argument('<file>', 'a plan, YAML or JSON')
    .option('--period <month>', 'the month in which the deals were won, YYYY-MM; the last whole month unless given')
    .option('--format <format>', 'json, or table for people', 'table')
    .description('say what storing a plan would change about the deals that were won; writes nothing')
    .action(async (name: string, options: PreviewOptions) => {
      await previewFile(talk, name, options);
    });
  plan
    .command('apply')
    .argument('<file>', 'a plan, YAML or JSON')
    .requiredOption('--reason <text>', 'why, kept with the version')
    .option('--period <month>', 'the month whose deals are shown first, YYYY-MM; the last whole month unless given')
    .option('--yes', 'do not ask')
    // How the command line splits the command where it asks: see ask-first.ts.
    .addOption(new Option('--step <step>').choices(['show', 'store']).hideHelp())
    .description('show what storing a plan would change, ask, and store it as a new version')
    .action((name: string, options: ApplyOptions) => applyFile(talk, name, options));
}

interface ApplyOptions {
  readonly reason: string;
  readonly period?: string;
  readonly yes?: true;
  readonly step?: 'show' | 'store';
}

async function applyFile(talk: StoredPlanTalk, name: string, options: ApplyOptions): Promise<void> {
  const { say, fail } = talk;
  const reason = planReason.safeParse(options.reason);
  if (!reason.success) {
    fail(`--reason is ${JSON.stringify(options.reason)}; expected 1 to 500 characters on one line.`);
    return;
  }
  if (options.step === undefined && options.yes !== true) {
    fail('Nothing was stored: there is no terminal to ask at. Look with `plan preview`, then apply with --yes.');
    return;
  }
  if (options.step !== 'store') {
    const isShown = await previewFile(talk, name, { ...options, format: 'table' });
    if (!isShown || options.step === 'show') return;
  }
  const draft = await readDraft(talk, name);
  if (draft === null) return;
  const { composition } = await talk.open();
  const outcome = await composition.putPlan({ ...draft, reason: reason.data });
  if (outcome.kind === 'proposed') {
    say(`Proposed as ${outcome.proposal.id}: it is not in force until another key approves it.`);
    return;
  }
  const { kind, version } = outcome;
  say(
    kind === 'created'
      ? `${versionName(version)} is stored.`
      : `${versionName(version)} holds already: nothing to store.`,
  );
}

interface PreviewOptions {
  readonly period?: string | undefined;
  readonly format: string;
}

/** Shows a preview; false where there is a fault, which is then said. */
async function previewFile(talk: StoredPlanTalk, name: string, { period, format }: PreviewOptions): Promise<boolean> {
  const { say, fail } = talk;
  if (format !== 'json' && format !== 'table') {
    fail(`--format is ${JSON.stringify(format)}; expected json or table.`);
    return false;
  }
  const days = daysOf(talk, period);
  const draft = days === undefined ? null : await readDraft(talk, name);
  if (days === undefined || draft === null) return false;
  const { composition } = await talk.open();
  const view = planPreviewOnWire(await composition.previewPlan({ ...draft, days, keep: 'changed' }));
  say(format === 'json' ? JSON.stringify(view, null, 2) : tableOfPreview(view));
  return true;
}

/** The days of the month that was named; null where none was, undefined where it is none. */
function daysOf({ fail }: StoredPlanTalk, period: string | undefined): PreviewDays | null | undefined {
  if (period === undefined) return null;
  if (isPeriod(period)) return { from: firstDayOf(period), to: lastDayOf(period) };
  fail(`--period is ${JSON.stringify(period)}; expected a month, YYYY-MM.`);
  return undefined;
}

/** The plan in a file, with the slug it names itself; null where it is faulty, which is then said. */
async function readDraft(
  { file, fail }: StoredPlanTalk,
  name: string,
): Promise<{ readonly slug: string; readonly plan: string } | null> {
  const text = await readNamedFile({ name, path: file(name) });
  const reading = readPlanText(text);
  if (reading.kind === 'plan') return { slug: reading.plan.slug, plan: text };
  for (const fault of reading.faults) fail(`${name}: ${fault.message}`);
  return null;
}
