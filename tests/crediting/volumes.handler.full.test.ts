import fc from 'fast-check';
import type { BookedLine } from '../../src/crediting/booked-line.js';
import { bookedLinesOf } from '../../src/crediting/commission-line.store.js';
import { entriesOfDeals } from '../../src/crediting/volume-entry.store.js';
import { position } from '../../src/plans/position.js';
import { netOf } from '../../src/plans/wanted-line.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { ratio } from '../../src/money/ratio.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { generatedCases } from '../support/generated-cases.js';
import { creditingMigrations, creditingWorld, type CreditingWorld } from './crediting-world.js';

const tiers = (mode: string, more = ''): string => `
plan: standard
effectiveFrom: 2026-01-01
shareBy: own-plans
rules:
  - id: volume
    pay:
      tiers: { of: amount, per: month, mode: ${mode}, bands: [{ from: 0, percent: 5 }, { from: 3000, percent: 10 }${more}] }
`;
const plans = [
  tiers('retroactive'),
  tiers('marginal'),
  tiers('forward-only'),
  tiers('retroactive', ', { from: 6000, percent: 12, bonus: 100 EUR }'),
  tiers('retroactive').replace('of: amount', 'of: amount, by: count').replace('from: 3000', 'from: 3'),
  tiers('retroactive').replace('mode: retroactive', 'mode: retroactive, opening: 1500, boundary: above'),
];

const dealIds = ['deal_a', 'deal_b', 'deal_c', 'deal_d', 'deal_e', 'deal_f'];
const partnerIds = ['par_1', 'par_2', 'par_3'];

/** What becomes known of some deals, and is credited then. */
const happening = fc.record({
  dealIds: fc.uniqueArray(fc.constantFrom(...dealIds), { minLength: 1, maxLength: 2 }),
  outcome: fc.constantFrom('won', 'won', 'won', 'lost'),
  wonAt: fc.constantFrom('2026-02-27T10:00:00.000Z', '2026-03-01T10:00:00.000Z', '2026-03-01T12:00:00.000Z'),
  amount: fc.constantFrom('500.00', '1000.00', '1500.00', '1000.01'),
  partnerId: fc.constantFrom(...partnerIds),
  shares: fc.option(fc.constantFrom(...partnerIds)),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

eachDatabase('crediting a deal by the sum of its period', (open) => {
  let database: OpenDatabase;
  let db: Database;
  let world: CreditingWorld;

  beforeAll(async () => {
    database = await open({ migrations: creditingMigrations });
    db = database.db;
  });
  beforeEach(() => {
    world = creditingWorld(db);
  });
  afterEach(() => emptyTables(db));
  afterAll(() => database.close());

  /** What the book says, and what the facts say about all deals at once, by what it is for. */
  async function bothSums(): Promise<{ readonly booked: unknown; readonly due: unknown }> {
    const scope = { dealIds, registrationIds: [], decisionIds: [] };
    const facts = await world.loadFacts(db, world.clock.now(), scope);
    return {
      booked: sums((await bookedLinesOf(db, dealIds, [], [])).map((line: BookedLine) => [line.key, line.amountMinor])),
      due: sums(position(facts).lines.map((line) => [line.key, netOf(line)])),
    };
  }

  function happen(what: Happening): Promise<unknown> {
    for (const dealId of what.dealIds) {
      const wonAt = what.outcome === 'won' ? what.wonAt : null;
      world.win(dealId, { outcome: what.outcome, wonAt, amount: what.amount });
      const id = `reg_${dealId}`;
      const known = world.registrations.get(id);
      if (known === undefined) continue;
      const shares =
        what.shares === null || what.shares === what.partnerId
          ? []
          : [
              { partnerId: what.partnerId, share: ratio(2n, 3n) },
              { partnerId: what.shares, share: ratio(1n, 3n) },
            ];
      world.registrations.set(id, { ...known, partnerId: what.partnerId, shares });
    }
    return world.creditDeals(what.dealIds);
  }

  it('books after every change what all deals together come to, whichever were looked at', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...plans), fc.array(happening, { maxLength: 10 }), async (plan, history) => {
        await emptyTables(db);
        world = creditingWorld(db);
        await world.putPlan(plan);
        for (const what of history) {
          await happen(what);
          const { booked, due } = await bothSums();
          expect(booked).toEqual(due);
        }
      }),
      generatedCases(25),
    );
  });

  it('reads no other deal of the period while the band stays the same', async () => {
    await world.putPlan(tiers('retroactive'));
    for (const [index, amount] of ['1000.00', '500.00', '250.00'].entries()) {
      world.win(dealIds[index], { amount });
      await world.creditDeals([dealIds[index] ?? '']);
    }
    const read: string[] = [];
    const { deals } = world.sources;
    Object.assign(world.sources, {
      deals: (from: Database, ids: readonly string[]) => {
        read.push(...ids);
        return deals(from, ids);
      },
    });
    world.win('deal_d', { amount: '1000.00' });
    expect((await world.creditDeals(['deal_d'])).lines.map(({ amountMinor }) => amountMinor)).toEqual([5000n]);
    expect(new Set(read)).toEqual(new Set(['deal_d']));
    world.win('deal_e', { amount: '1000.00' });
    expect((await world.creditDeals(['deal_e'])).lines).toHaveLength(5);
    expect(new Set(read)).toEqual(new Set(dealIds.slice(0, 5)));
  });

  it('keeps what each deal adds, and nothing of a deal that is lost', async () => {
    await world.putPlan(tiers('retroactive'));
    world.win('deal_a', { amount: '1000.01' });
    await world.creditDeals(['deal_a']);
    expect(await entriesOfDeals(db, ['deal_a'])).toMatchObject([
      { volume: { partnerId: 'par_1', period: '2026-03', measure: 'EUR' }, size: ratio(100001n) },
    ]);
    world.win('deal_a', { outcome: 'lost', wonAt: null });
    await world.creditDeals(['deal_a']);
    expect(await entriesOfDeals(db, ['deal_a'])).toEqual([]);
  });

  it('lets no two deals reach a band without either seeing it', async () => {
    await world.putPlan(tiers('retroactive'));
    world.win('deal_a', { amount: '1000.00' });
    await world.creditDeals(['deal_a']);
    world.win('deal_b', { amount: '1000.00' });
    world.win('deal_c', { amount: '1000.00' });
    await Promise.all([world.creditDeals(['deal_b']), world.creditDeals(['deal_c'])]);
    const { booked, due } = await bothSums();
    expect(booked).toEqual(due);
    expect(Object.values(due as object)).toEqual(['10000', '10000', '10000']);
  });
});

/** Sums by key, without those that come to nothing. */
function sums(parts: readonly (readonly [string, bigint])[]): Readonly<Record<string, string>> {
  const byKey = new Map<string, bigint>();
  for (const [key, amount] of parts) byKey.set(key, (byKey.get(key) ?? 0n) + amount);
  return Object.fromEntries<string>(
    [...byKey].filter(([, sum]) => sum !== 0n).map(([key, sum]) => [key, String(sum)] as const),
  );
}
