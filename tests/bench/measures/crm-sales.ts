import { migrations } from '../../../src/migrations.js';
import { openDatabase, type Database } from '../../../src/platform/database.js';
import { migrate } from '../../../src/platform/migration.js';
import { crmSalesCrediting, loadCrmSales } from '../../crediting/crm-sales.js';
import { createTestSchema, emptyTables } from '../../support/databases.js';
import type { Figure } from '../figure.js';
import type { Measure, MeasureContext } from '../measure.js';

const rounds = 3;

const plan = (pay: string, on = 'won'): string => `
plan: standard
effectiveFrom: 2016-01-01
rules:
  - { id: sales, on: ${on}, pay: ${pay} }
`;

const plans = [
  ['a 10 % plan', plan('{ percent: 10, of: amount }')],
  [
    'retroactive tiers by month',
    plan(`{ tiers: { of: amount, per: month, mode: retroactive,
      bands: [{ from: 0, percent: 5 }, { from: 10000, percent: 7.75 }, { from: 30000, percent: 10 }] } }`),
  ],
  ['a RevShare on one payment for each win', plan('{ revshare: { percent: 15.5, months: 12 } }', 'payment')],
] as const;

/** Real opportunities, credited at once as if the service had just met them. */
export const crmSales: Measure = {
  name: 'crm-sales',
  title: '8,800 real opportunities, 4,238 of them won, credited and booked in one pass',
  take,
};

async function take({ cleanup }: MeasureContext) {
  const schema = await createTestSchema();
  cleanup.add(() => schema.drop());
  const database = await openDatabase({ databaseUrl: schema.databaseUrl, dataDir: '' });
  cleanup.add(() => database.close());
  await migrate(database.db, migrations);
  const figures: Figure[] = [];
  for (const [name, text] of plans) {
    const values: number[] = [];
    for (let round = 0; round < rounds; round += 1) values.push(await dealsPerSecond(database.db, text));
    figures.push({ name, unit: 'deals/s', values });
  }
  return {
    figures,
    notes: [
      'All in one transaction on PostgreSQL: facts, rules, entries, lines with their working. The facts come from memory.',
      'That the sums are right is proved by tests/crediting/crm-sales.full.test.ts.',
    ],
  };
}

async function dealsPerSecond(db: Database, text: string): Promise<number> {
  const sales = await loadCrmSales({ paid: text.includes('revshare') });
  const credit = await crmSalesCrediting(db, sales, text);
  const startedMs = performance.now();
  const { lines } = await credit(sales.dealIds);
  const seconds = (performance.now() - startedMs) / 1000;
  if (lines.length !== sales.wonCount) throw new Error(`${lines.length} lines for ${sales.wonCount} wins`);
  await emptyTables(db);
  return sales.dealIds.length / seconds;
}
