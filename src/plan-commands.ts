import { join } from 'node:path';
import type { Command } from 'commander';
import { compareOutcome } from './crediting/scenario/compare-outcome.js';
import { readScenario } from './crediting/scenario/read-scenario.js';
import { runScenario } from './crediting/scenario/run-scenario.js';
import { outcomeView, type OutcomeView } from './crediting/scenario/scenario-view.js';
import type { ScenarioDocument } from './crediting/scenario/scenario-document.js';
import { describePlan } from './plans/describe-plan.js';
import { planSchema } from './plans/plan-schema.js';
import { readPlanText } from './plans/read-plan.js';
import { readNamedFile, readNamedFolder } from './named-file.js';
import { tableOfOutcome } from './outcome-table.js';
import { addStoredPlanCommands, type StoredPlanTalk } from './stored-plan-commands.js';

/** What can be done with a plan before it is stored; only what looks at stored plans and deals needs more than the file. */
export function addPlanCommands(program: Command, talk: StoredPlanTalk): void {
  const plan = program.command('plan').description('commission plans, and scenarios that try them');
  plan
    .command('check')
    .argument('<file>', 'a plan, YAML or JSON')
    .description('say whether a plan is valid, and what it promises')
    .action((name: string) => checkPlan(talk, name));
  plan
    .command('schema')
    .description('print the JSON Schema of a plan, by which editors complete it')
    .action(() => printSchema(talk));
  plan
    .command('evaluate')
    .argument('<scenario>', 'a scenario, YAML or JSON')
    .option('--format <format>', 'json, or table for people', 'json')
    .description('run a scenario and print every line, balance and flag')
    .action((name: string, { format }: { format: string }) => evaluate(talk, name, format));
  plan
    .command('test')
    .argument('<folder>', 'a folder of scenarios that say what they expect')
    .description('run every scenario of a folder and show where one is not what it expects')
    .action((name: string) => testFolder(talk, name));
  addStoredPlanCommands(plan, talk);
}

/** How a command speaks to the person who called it. */
type Talk = Pick<StoredPlanTalk, 'file' | 'say' | 'fail'>;

function printSchema({ say }: Talk): void {
  say(JSON.stringify(planSchema(), null, 2));
}

async function checkPlan({ file, say, fail }: Talk, name: string): Promise<void> {
  const reading = readPlanText(await readNamedFile({ name, path: file(name) }));
  if (reading.kind === 'refused') {
    for (const fault of reading.faults) fail(`${name}: ${fault.message}`);
    return;
  }
  say(`${name} is valid.`);
  for (const sentence of describePlan(reading.plan)) say(`  ${sentence}`);
}

async function evaluate(talk: Talk, name: string, format: string): Promise<void> {
  const { say, fail } = talk;
  if (format !== 'json' && format !== 'table') {
    fail(`--format is ${JSON.stringify(format)}; expected json or table.`);
    return;
  }
  const document = await scenarioIn(talk, name, talk.file(name));
  if (document === null) return;
  const view = outcomeView(runScenario(document));
  say(format === 'json' ? JSON.stringify(view, null, 2) : tableOfOutcome(view));
  for (const difference of differences(document, view)) fail(`${name}: ${difference}`);
}

async function testFolder(talk: Talk, name: string): Promise<void> {
  const { say, fail } = talk;
  const folder = talk.file(name);
  const files = (await readNamedFolder({ name, path: folder })).filter((file) => /\.(ya?ml|json)$/.test(file)).sort();
  if (files.length === 0) {
    fail(`${name} holds no scenario: expected files that end in .yaml, .yml or .json.`);
    return;
  }
  let passed = 0;
  for (const file of files) {
    const document = await scenarioIn(talk, file, join(folder, file));
    if (document === null) continue;
    if (document.expect === undefined) {
      fail(`${file}: it expects nothing; expected \`expect\` with lines, balances or flags.`);
      continue;
    }
    const found = differences(document, outcomeView(runScenario(document)));
    for (const difference of found) fail(`${file}: ${difference}`);
    if (found.length === 0) passed += 1;
  }
  say(`${String(passed)} of ${String(files.length)} scenarios came out as expected.`);
}

async function scenarioIn({ fail }: Talk, name: string, path: string): Promise<ScenarioDocument | null> {
  const reading = readScenario(await readNamedFile({ name, path }));
  if (reading.kind === 'scenario') return reading.document;
  for (const fault of reading.faults) fail(`${name}: ${fault.message}`);
  return null;
}

function differences({ expect }: ScenarioDocument, view: OutcomeView): readonly string[] {
  return expect === undefined ? [] : compareOutcome(expect, view);
}
