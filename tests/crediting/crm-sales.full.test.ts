import { sql } from 'kysely';
import { creditingChecks } from '../../src/crediting/crediting-checks.store.js';
import { journalChecks } from '../../src/ledger/book-check.store.js';
import { checkBook } from '../../src/ledger/check-book.handler.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { creditingMigrations } from './crediting-world.js';
import { crmSalesCrediting, loadCrmSales, partnerIdOf, storeRawRows } from './crm-sales.js';

const plan = (pay: string, on = 'won'): string => `
plan: standard
effectiveFrom: 2016-01-01
rounding: half-up
rules:
  - { id: sales, on: ${on}, pay: ${pay} }
`;

const flat = (share: number) => sql`
  select sales_agent, sum(round(close_value::numeric * ${share}::numeric, 2)) as earned
  from crm_sales_rows where deal_stage = 'Won' group by 1`;

const byVolume = sql`
  with won as (
    select sales_agent, close_value::numeric as value,
      sum(close_value::numeric) over (partition by sales_agent, left(close_date, 7)) as volume
    from crm_sales_rows where deal_stage = 'Won'
  )
  select sales_agent, sum(round(value * case
    when volume >= 30000 then 0.10 when volume >= 10000 then 0.0775 else 0.05 end, 2)) as earned
  from won group by 1`;

const plans = [
  ['ten percent', plan('{ percent: 10, of: amount }'), flat(0.1)],
  ['7.125 percent, which seldom comes out even', plan('{ percent: 7.125, of: amount }'), flat(0.071_25)],
  [
    'tiers by the volume of the month',
    plan(`{ tiers: { of: amount, per: month, mode: retroactive,
      bands: [{ from: 0, percent: 5 }, { from: 10000, percent: 7.75 }, { from: 30000, percent: 10 }] } }`),
    byVolume,
  ],
  ['a share of what the customers pay', plan('{ revshare: { percent: 15.5, months: 12 } }', 'payment'), flat(0.155)],
] as const;

eachDatabase('eight thousand real opportunities', (open) => {
  let database: OpenDatabase;
  let db: Database;

  beforeAll(async () => {
    database = await open({ migrations: creditingMigrations });
    db = database.db;
  });
  afterEach(() => emptyTables(db));
  afterAll(() => database.close());

  it.each(plans)(
    'earn under %s what SQL alone makes of the raw rows, agent by agent',
    async (_name, text, expected) => {
      const sales = await loadCrmSales({ paid: text.includes('revshare') });
      await storeRawRows(db, sales);
      const credit = await crmSalesCrediting(db, sales, text);

      const { lines } = await credit(sales.dealIds);

      expect(lines).toHaveLength(4238);
      expect(await totalOfRawRows(db)).toBe('10005534');
      expect(await bookedByPartner(db)).toEqual(await earnedByAgent(db, expected));
      expect((await credit(sales.dealIds)).lines).toEqual([]);
      expect(await checkBook(db, [...journalChecks, ...creditingChecks])).toMatchObject({ kind: 'sound' });
    },
  );
});

async function totalOfRawRows(db: Database): Promise<string | undefined> {
  const { rows } = await sql<{ total: string }>`
    select sum(close_value::numeric)::text as total from crm_sales_rows where deal_stage = 'Won'`.execute(db);
  return rows[0]?.total;
}

async function bookedByPartner(db: Database): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ partner_id: string; booked: string }>`
    select partner_id, to_char(sum(amount_minor) / 100, 'FM9999999990.00') as booked
    from commission_lines group by 1`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.partner_id, row.booked]));
}

async function earnedByAgent(db: Database, query: ReturnType<typeof flat>): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ sales_agent: string; earned: string }>`
    select sales_agent, to_char(earned, 'FM9999999990.00') as earned from (${query}) as raw`.execute(db);
  return Object.fromEntries(rows.map((row) => [partnerIdOf(row.sales_agent), row.earned]));
}
