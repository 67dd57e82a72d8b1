import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { compile } from '../support/compile.js';
import { createCleanup } from './cleanup.js';
import { callBudget } from './measures/call-budget.js';
import { crmAway } from './measures/crm-away.js';
import { crmSales } from './measures/crm-sales.js';
import { evaluate } from './measures/evaluate.js';
import { lists } from './measures/lists.js';
import { loneChange } from './measures/lone-change.js';
import { oneMoreWin } from './measures/one-more-win.js';
import { salesforceStream } from './measures/salesforce-stream.js';
import { preview } from './measures/preview.js';
import { salesforceBurst } from './measures/salesforce-burst.js';
import { salesforceImport } from './measures/salesforce-import.js';
import { postings } from './measures/postings.js';
import { fullWebhooks, singleWebhooks } from './measures/webhooks.js';
import type { Measure } from './measure.js';
import { jsonOf, tableOf, type Finding } from './report.js';

const measures: readonly Measure[] = [
  singleWebhooks('all'),
  singleWebhooks('web and worker'),
  fullWebhooks('all'),
  fullWebhooks('web and worker'),
  crmAway,
  callBudget,
  postings,
  loneChange,
  lists,
  evaluate,
  oneMoreWin,
  preview,
  crmSales,
  salesforceStream,
  salesforceBurst,
  salesforceImport,
];

const usage = `Usage: npm run bench -- [--only NAME]…

Measures the service against the script a user would write, in the same run, on a simulated HubSpot that takes 20 ms a call, and on a
simulated Salesforce.
Needs PostgreSQL (TEST_DATABASE_URL), Redis (TEST_REDIS_URL) and pgbench. Prints a table and, as its last line, JSON.

Measures:
${measures.map((measure) => `  ${measure.name.padEnd(18)} ${measure.title}`).join('\n')}`;

const cleanup = createCleanup();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, help: { type: 'boolean', default: false } },
  });
  const unknown = values.only?.find((name) => !measures.some((measure) => measure.name === name));
  if (values.help || unknown !== undefined) {
    console.log(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const startedAt = new Date();
  const loadBefore = loadavg()[0] ?? 0;
  const service = await compile({ settings: 'tsconfig.build.json', name: 'bench', entryPoint: 'src/main.ts' });
  const findings: Finding[] = [];
  for (const measure of measures) {
    if (values.only !== undefined && !values.only.includes(measure.name)) continue;
    findings.push(await take(measure, service));
  }
  console.log(tableOf(findings));
  console.log(`\n${jsonOf(findings, startedAt, loadBefore)}`);
}

async function take(measure: Measure, service: string): Promise<Finding> {
  console.error(`… ${measure.title}`);
  try {
    const finding = await measure.take({ cleanup, main: service });
    return { measure: measure.title, ...finding };
  } finally {
    await cleanup.run();
  }
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    void cleanup.run().then(() => process.exit(code));
  });
}

await main();
