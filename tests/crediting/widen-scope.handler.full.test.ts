import { journalChecks } from '../../src/ledger/book-check.store.js';
import { checkBook } from '../../src/ledger/check-book.handler.js';
import { creditingChecks } from '../../src/crediting/crediting-checks.store.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { eachDatabase, emptyTables } from '../support/databases.js';
import { creditingMigrations, creditingWorld, type CreditingWorld } from './crediting-world.js';

const tiers = (mode: string): string => `
plan: standard
effectiveFrom: 2026-01-01
rules:
  - id: volume
    pay:
      tiers: { of: amount, per: month, mode: ${mode}, bands: [{ from: 0, percent: 5 }, { from: 2000, percent: 10 }] }
`;

eachDatabase('crediting under tiers by month', (open) => {
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
  afterEach(async () => {
    expect(await checkBook(db, [...journalChecks, ...creditingChecks])).toMatchObject({ kind: 'sound' });
    await emptyTables(db);
  });
  afterAll(() => database.close());

  const credit = async (dealId: string): Promise<readonly string[]> => {
    const { lines } = await world.creditDeals([dealId]);
    return lines.map(({ dealId: of, kind, amountMinor }) => `${of} ${kind} ${String(amountMinor)}`);
  };
  const win = async (dealId: string, wonAt: string): Promise<readonly string[]> => {
    world.win(dealId, { wonAt });
    return credit(dealId);
  };

  it('lifts the other deals of the month when one more reaches a tier, and only those', async () => {
    await world.putPlan(tiers('retroactive'));
    expect(await win('deal_1', '2026-03-01T10:00:00.000Z')).toEqual(['deal_1 commission 5000']);
    expect(await win('deal_feb', '2026-02-28T10:00:00.000Z')).toEqual(['deal_feb commission 5000']);
    expect((await win('deal_2', '2026-03-01T12:00:00.000Z')).toSorted()).toEqual([
      'deal_1 adjustment 5000',
      'deal_2 commission 10000',
    ]);
    expect(await credit('deal_1')).toEqual([]);
  });

  it('lowers them again when a deal of the month is lost, although it is in no month any more', async () => {
    await world.putPlan(tiers('retroactive'));
    await win('deal_1', '2026-03-01T10:00:00.000Z');
    await win('deal_2', '2026-03-01T12:00:00.000Z');
    world.win('deal_2', { outcome: 'lost', wonAt: null, revision: 2 });
    expect((await credit('deal_2')).toSorted()).toEqual(['deal_1 adjustment -5000', 'deal_2 reversal -10000']);
  });

  it('moves the boundary to a later deal when an earlier one becomes known late', async () => {
    await world.putPlan(tiers('marginal'));
    expect(await win('deal_1', '2026-03-01T10:00:00.000Z')).toEqual(['deal_1 commission 5000']);
    expect(await win('deal_2', '2026-03-01T12:00:00.000Z')).toEqual(['deal_2 commission 5000']);
    expect((await win('deal_0', '2026-03-01T08:00:00.000Z')).toSorted()).toEqual([
      'deal_0 commission 5000',
      'deal_2 adjustment 5000',
    ]);
  });

  it('tells the rep of every deal whose commission changed, and of no other', async () => {
    await world.putPlan(tiers('forward-only'));
    await win('deal_1', '2026-03-01T10:00:00.000Z');
    await win('deal_2', '2026-03-01T12:00:00.000Z');
    const rows = await db.selectFrom('work').select('key').where('kind', '=', 'write-back').orderBy('key').execute();
    expect(rows.map(({ key }) => key)).toEqual(['deal_1', 'deal_2']);
  });
});
