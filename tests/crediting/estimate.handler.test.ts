import { createEstimateDeal } from '../../src/crediting/estimate.handler.js';
import type { Estimate, ImaginedDeal } from '../../src/crediting/estimate.js';
import type { Currency } from '../../src/money/currency.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { emptyTables, openTestDatabase } from '../support/databases.js';
import { rowCounts } from '../support/row-counts.js';
import { creditingMigrations, creditingWorld, type CreditingWorld } from './crediting-world.js';

const plan = (rules: string) => `
plan: standard
corrects: 1
effectiveFrom: 2026-01-01
rules:
${rules}
`;
const tiers = plan(`  - id: new-business
    pay:
      tiers: { of: amount, mode: retroactive, bands: [{ from: 0, percent: 10 }, { from: 1500, percent: 20 }] }`);

describe('what a deal would earn a partner', () => {
  let database: OpenDatabase;
  let db: Database;
  let world: CreditingWorld;

  beforeAll(async () => {
    database = await openTestDatabase({ migrations: creditingMigrations });
    db = database.db;
  });
  beforeEach(async () => {
    world = creditingWorld(db);
    await world.putPlan();
    world.clock.set('2026-03-10T12:00:00.000Z');
  });
  afterEach(() => emptyTables(db));
  afterAll(() => database.close());

  const ask = (deal: Partial<ImaginedDeal> = {}): Promise<Estimate> =>
    createEstimateDeal(world.sources)(db, world.clock.now(), {
      ...{ partnerId: 'par_1', amount: '1000.00', amountMinor: 100_000n, currency: 'EUR' as Currency },
      ...{ product: null, country: null, fields: {} },
      ...deal,
    });

  it('is what the plan in force pays for it, with its working and when it is payable', async () => {
    const { totals, lines, others, whyNot } = await ask();
    expect(totals).toEqual([{ currency: 'EUR', amountMinor: 10_000n }]);
    expect(lines).toMatchObject([
      { component: 'new-business', kind: 'commission', payableOn: '2026-04-09', planVersion: 'standard@1' },
    ]);
    expect(lines[0]?.sentences).toContain('The amount of the deal is 1000.00 EUR.');
    expect([others, whyNot]).toEqual([[], []]);
  });

  it('counts what the partner has won already, says what that would earn more, and is what is booked in the end', async () => {
    await world.putPlan(tiers);
    world.win('deal_1');
    await world.creditDeals(['deal_1']);
    const { totals, others } = await ask();
    expect(totals).toEqual([{ currency: 'EUR', amountMinor: 20_000n }]);
    expect(others).toEqual([{ currency: 'EUR', amountMinor: 10_000n }]);
    world.win('deal_2', { wonAt: '2026-03-10T12:00:00.000Z' });
    const { lines } = await world.creditDeals(['deal_2']);
    expect(lines.map(({ dealId, amountMinor }) => [dealId, amountMinor]).sort()).toEqual([
      ['deal_1', 10_000n],
      ['deal_2', 20_000n],
    ]);
  });

  it('says why it would earn nothing', async () => {
    await world.putPlan(
      plan(`  - id: big
    when: { deal.amount: { atLeast: 5000 } }
    pay: { percent: 10, of: amount }`),
    );
    expect(await ask()).toMatchObject({ totals: [], whyNot: ['The conditions of rule big are not met.'] });
    expect((await ask({ amount: '6000', amountMinor: 600_000n })).totals).toEqual([
      { currency: 'EUR', amountMinor: 60_000n },
    ]);
  });

  it('goes by what the plan looks at besides the amount', async () => {
    await world.putPlan(
      plan(`  - id: margin
    pay: { percent: 10, of: margin }`),
    );
    expect((await ask()).totals).toEqual([]);
    expect((await ask({ fields: { margin: '300.00' } })).totals).toEqual([{ currency: 'EUR', amountMinor: 3_000n }]);
  });

  it('takes a plan that pays as the customer pays as if everything were paid', async () => {
    await world.putPlan(
      plan(`  - id: share
    on: payment
    pay: { percent: 20, of: amount }`),
    );
    expect((await ask()).totals).toEqual([{ currency: 'EUR', amountMinor: 20_000n }]);
  });

  it('writes nothing', async () => {
    const before = await rowCounts(db);
    await ask();
    expect(await rowCounts(db)).toEqual(before);
  });
});
