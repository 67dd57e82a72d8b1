import { createPreviewPlan, type PlanPreview, type PreviewPlan } from '../../src/crediting/preview-plan.handler.js';
import { PlanRefused } from '../../src/plans/plan-errors.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { asDay, tenPercent } from '../plans/sample-facts.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { rowCounts } from '../support/row-counts.js';
import { creditingMigrations, creditingWorld, type CreditingWorld } from './crediting-world.js';

const march = { from: asDay('2026-03-01'), to: asDay('2026-03-31') };
const twelvePercent = `${tenPercent.replace('percent: 10', 'percent: 12')}corrects: 1\n`;
const tiers = (per: string): string => `
plan: standard
effectiveFrom: 2026-01-01
corrects: 1
rules:
  - id: volume
    pay:
      tiers: { of: amount, per: ${per}, mode: retroactive, bands: [{ from: 0, percent: 5 }, { from: 2000, percent: 20 }] }
`;

eachDatabase('previewing a plan', (open) => {
  let database: OpenDatabase;
  let db: Database;
  let world: CreditingWorld;

  beforeAll(async () => {
    database = await open({ migrations: creditingMigrations });
    db = database.db;
  });
  beforeEach(async () => {
    world = creditingWorld(db);
    await world.putPlan();
  });
  afterEach(() => emptyTables(db));
  afterAll(() => database.close());

  const win = async (dealId: string, changes: Parameters<CreditingWorld['win']>[1] = {}): Promise<void> => {
    world.win(dealId, changes);
    await world.creditDeals([dealId]);
  };
  const preview = (plan: string, changes: Partial<PreviewPlan> = {}): Promise<PlanPreview> => {
    const previewPlan = createPreviewPlan({
      ...world.sources,
      wonDeals: (_db, { moments, closeDates }) =>
        Promise.resolve(
          [...world.deals.values()].flatMap(({ id, wonAt, closeDate }) => {
            if (wonAt === null) return [];
            const isWithin =
              closeDates === null || closeDate === null
                ? new Date(wonAt) >= moments.from && new Date(wonAt) < moments.until
                : closeDate >= closeDates.from && closeDate < closeDates.until;
            return isWithin ? [{ dealId: id, name: `Deal ${id}`, partnerIds: ['par_1'] }] : [];
          }),
        ),
      crmIds: (_db, ids) => Promise.resolve(new Map(ids.map((id) => [id, { crm: 'hubspot', crmDealId: `9${id}` }]))),
      partnerNames: (_db, ids) => Promise.resolve(new Map(ids.map((id) => [id, `Name of ${id}`]))),
    });
    const request = { slug: 'standard', plan, days: march, keep: 'changed', ...changes } as const;
    return previewPlan(db, world.clock.now(), request);
  };

  it('says what storing it would book, deal by deal, and writes nothing', async () => {
    await win('deal_1');
    await win('deal_2', { amount: '300.00' });
    const before = await rowCounts(db);
    const result = await preview(twelvePercent);
    expect(result).toMatchObject({
      outcome: 'new',
      number: 2,
      dealsChanged: 2,
      totals: [{ currency: 'EUR', bookedMinor: 13_000n, wouldBeMinor: 15_600n }],
      deals: [{ dealId: 'deal_1' }, { dealId: 'deal_2', bookedMinor: 3_000n, wouldBeMinor: 3_600n }],
    });
    expect(result.crmIds.get('deal_2')).toEqual({ crm: 'hubspot', crmDealId: '9deal_2' });
    expect(result.dealNames.get('deal_2')).toBe('Deal deal_2');
    expect(result.partnerNames.get('par_1')).toBe('Name of par_1');
    expect(await rowCounts(db)).toEqual(before);
    await world.putPlan(twelvePercent);
    const { lines } = await world.creditDeals(['deal_1', 'deal_2']);
    expect(lines.map(({ dealId, amountMinor }) => `${dealId} ${String(amountMinor)}`)).toEqual([
      'deal_1 2000',
      'deal_2 600',
    ]);
  });

  it('looks at the deals of its days only, and at the last whole month unless told otherwise', async () => {
    await win('deal_feb', { wonAt: '2026-02-28T23:59:59.999Z' });
    await win('deal_mar', { wonAt: '2026-03-01T00:00:00.000Z' });
    expect((await preview(twelvePercent)).deals).toMatchObject([{ dealId: 'deal_mar' }]);
    const lastMonth = await preview(twelvePercent, { days: null });
    expect(lastMonth).toMatchObject({
      days: { from: '2026-02-01', to: '2026-02-28' },
      deals: [{ dealId: 'deal_feb' }],
    });
  });

  it.each(['quarter', 'year'])(
    'adds up the volume of a %s that only the draft knows, over deals of other days',
    async (per) => {
      await win('deal_feb', { wonAt: '2026-02-10T10:00:00.000Z' });
      await win('deal_mar');
      expect((await preview(tiers('month'))).totals).toMatchObject([{ bookedMinor: 10_000n, wouldBeMinor: 5_000n }]);
      expect(await preview(tiers(per))).toMatchObject({
        dealsCompared: 1,
        deals: [{ dealId: 'deal_mar', bookedMinor: 10_000n, wouldBeMinor: 20_000n }],
      });
    },
  );

  it('exchanges what only the draft pays in another currency, and flags what has no rate', async () => {
    await win('deal_1');
    const inDollars = `${twelvePercent}payIn: USD\n`;
    expect((await preview(inDollars)).flags).toMatchObject([{ dealId: 'deal_1', kind: 'exchange-rate-missing' }]);
    await db
      .insertInto('exchange_rates')
      .values({ base: 'EUR', day: '2026-02-27', currency: 'USD', rate: '1.5' })
      .execute();
    expect((await preview(inDollars)).totals).toEqual([
      { currency: 'EUR', bookedMinor: 10_000n, wouldBeMinor: 0n },
      { currency: 'USD', bookedMinor: 0n, wouldBeMinor: 18_000n },
    ]);
  });

  it('says that the same terms hold already, and what is still to be booked under them', async () => {
    world.win('deal_1');
    expect(await preview(tenPercent)).toMatchObject({
      outcome: 'unchanged',
      number: 1,
      deals: [{ bookedMinor: 0n, wouldBeMinor: 10_000n }],
    });
  });

  it.each([
    ['overlaps a stored version', tenPercent.replace('percent: 10', 'percent: 11'), /corrects: 1/],
    ['corrects what is not there', `${tenPercent}corrects: 7\n`, /corrects is 7; expected .* 1 to 1/],
    ['is of another plan', tenPercent.replace('plan: standard', 'plan: gold'), /plan is "gold"; expected standard/],
    ['cannot be read', 'plan: [', /plan/],
  ])('refuses a plan as storing it would, when it %s', async (_what, plan, words) => {
    const refusal = preview(plan);
    await expect(refusal).rejects.toThrow(PlanRefused);
    await expect(refusal).rejects.toThrow(words);
  });
});
