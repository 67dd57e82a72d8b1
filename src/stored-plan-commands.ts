import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Composition } from './compose.js';
import { planPreviewOnWire } from './crediting/plan-preview-wire.js';
import type { PreviewDays } from './crediting/preview-plan.handler.js';
import { readPlanText } from './plans/read-plan.js';
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
}

interface PreviewOptions {
  readonly period?: string;
  readonly format: string;
}

async function previewFile(talk: StoredPlanTalk, name: string, { period, format }: PreviewOptions): Promise<void> {
  const { say, fail } = talk;
  if (format !== 'json' && format !== 'table') {
    fail(`--format is ${JSON.stringify(format)}; expected json or table.`);
    return;
  }
  const days = daysOf(talk, period);
  const draft = days === undefined ? null : await readDraft(talk, name);
  if (days === undefined || draft === null) return;
  const { composition } = await talk.open();
  const view = planPreviewOnWire(await composition.previewPlan({ ...draft, days, keep: 'changed' }));
  say(format === 'json' ? JSON.stringify(view, null, 2) : tableOfPreview(view));
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
  const text = await readFile(file(name), 'utf8');
  const reading = readPlanText(text);
  if (reading.kind === 'plan') return { slug: reading.plan.slug, plan: text };
  for (const fault of reading.faults) fail(`${name}: ${fault.message}`);
  return null;
}
