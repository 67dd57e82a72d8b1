import { sql } from 'kysely';
import { recomputationShape } from '../../src/crediting/commission.api.js';
import { recomputationOnWire } from '../../src/crediting/commission-wire.js';
import { createCreditDeals } from '../../src/crediting/credit-deals.handler.js';
import { createLoadFacts, type FactSources } from '../../src/crediting/load-facts.handler.js';
import { createRecompute } from '../../src/crediting/recompute.handler.js';
import type { Recomputation } from '../../src/crediting/recompute.js';
import { createWidenScope } from '../../src/crediting/widen-scope.handler.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { wordsOfRecomputation } from '../../src/recompute-words.js';
import type { Currency } from '../../src/money/currency.js';
import type { PaymentFacts } from '../../src/plans/facts.js';
import { asDay } from '../plans/sample-facts.js';
import { emptyTables, openTestDatabase } from '../support/databases.js';
import { creditingMigrations, creditingWorld, type CreditingWorld } from './crediting-world.js';

const tieredPlan = `
plan: standard
corrects: 1
effectiveFrom: 2026-01-01
rules:
  - id: new-business
    pay:
      tiers: { of: amount, mode: retroactive, bands: [{ from: 0, percent: 10 }, { from: 1500, percent: 20 }] }
`;

const leadPlan = `
plan: standard
corrects: 1
effectiveFrom: 2026-01-01
rules:
  - id: lead
    on: approved
    pay: { flat: 50 EUR }
`;

describe('recomputing a line', () => {
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
  });
  afterEach(() => emptyTables(db));
  afterAll(() => database.close());

  const credit = async (...dealIds: readonly string[]): Promise<readonly string[]> =>
    (await world.creditDeals(dealIds)).lines.map(({ id }) => id);
  const recompute = (lineId: string): Promise<Recomputation> =>
    createRecompute({ loadFacts: world.loadFacts, widenScope: createWidenScope(world.sources) })(
      db,
      world.clock.now(),
      lineId,
    );
  const words = async (lineId: string): Promise<readonly string[]> =>
    wordsOfRecomputation(await recompute(lineId)).map((finding) => finding.words);
  /** Changes a stored line past the trigger that keeps the table append-only. */
  const tamper = (change: ReturnType<typeof sql>): Promise<void> =>
    db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`update commission_lines set ${change}`.execute(trx);
    });

  it('finds a line as it was booked', async () => {
    world.win();
    const [line = ''] = await credit('deal_1');
    expect(await recompute(line)).toMatchObject({
      hashMatches: true,
      isEqual: true,
      sums: [{ currency: 'EUR', wantedMinor: 10000n, bookedMinor: 10000n }],
      working: [],
    });
    expect(await words(line)).toEqual([
      `Line ${line}: commission of 100.00 EUR by rule new-business, deal deal_1.`,
      expect.stringMatching(/^ok {5}The stored inputs have the stored hash [0-9a-f]{64}\.$/),
      'ok     Due by the facts of 2026-03-02: 100.00 EUR. Booked: 100.00 EUR.',
    ]);
  });

  it('counts every line that was booked for the same thing, in each of its currencies', async () => {
    world.win();
    const [line = ''] = await credit('deal_1');
    world.win('deal_1', { amount: '2000.00' });
    await credit('deal_1');
    world.win('deal_1', { currency: 'GBP' });
    const [, pounds = ''] = await credit('deal_1');
    for (const id of [line, pounds]) {
      expect(await recompute(id)).toMatchObject({
        isEqual: true,
        sums: [
          { currency: 'EUR', wantedMinor: 0n, bookedMinor: 0n },
          { currency: 'GBP', wantedMinor: 10000n, bookedMinor: 10000n },
        ],
      });
    }
  });

  it('finds a reversal right, because nothing is due any more', async () => {
    world.win();
    await credit('deal_1');
    world.win('deal_1', { outcome: 'lost', wonAt: null });
    const [reversal = ''] = await credit('deal_1');
    expect(await recompute(reversal)).toMatchObject({ hashMatches: true, isEqual: true });
  });

  it('shows both amounts and the working where the facts have changed since', async () => {
    world.win();
    const [line = ''] = await credit('deal_1');
    world.win('deal_1', { amount: '1500.00' });
    expect(await recompute(line)).toMatchObject({ hashMatches: true, isEqual: false });
    const said = await words(line);
    expect(said[2]).toBe('FAULT  Due by the facts of 2026-03-02: 150.00 EUR. Booked: 100.00 EUR.');
    expect(said[3]).toMatch(/^Would be booked: 50\.00 EUR adjustment of line/);
    expect(said[3]).toContain('  10 % of 1500.00 EUR is 150.00 EUR.');
    expect(recomputationShape.parse(recomputationOnWire(await recompute(line)))).toMatchObject({
      sound: false,
      inputsHash: { matches: true },
      equal: false,
      amounts: [{ currency: 'EUR', due: '150.00', booked: '100.00' }],
      working: [{ summary: expect.stringMatching(/^50\.00 EUR adjustment/) }],
    });
  });

  it('counts what a refund takes back', async () => {
    const refund: PaymentFacts = {
      id: 'payment_1',
      dealId: 'deal_1',
      registrationId: null,
      kind: 'refund',
      amountMinor: 40000n,
      currency: 'EUR' as Currency,
      taxMinor: null,
      receivedOn: asDay('2026-03-02'),
      servicePeriod: null,
      refundOf: null,
    };
    world.win();
    const [line = ''] = await credit('deal_1');
    const sources: FactSources = { ...world.sources, payments: () => Promise.resolve([refund]) };
    const deps = { sources, loadFacts: createLoadFacts(sources), widenScope: createWidenScope(sources) };
    const find = (): Promise<Recomputation> => createRecompute(deps)(db, world.clock.now(), line);
    expect(await find()).toMatchObject({
      isEqual: false,
      sums: [{ wantedMinor: 6000n, bookedMinor: 10000n }],
      working: [{ summary: expect.stringMatching(/^-40\.00 EUR reversal of line/) }],
    });
    await createCreditDeals({ ...deps, transact: world.transact })(['deal_1']);
    expect(await find()).toMatchObject({ isEqual: true, sums: [{ wantedMinor: 6000n, bookedMinor: 6000n }] });
  });

  it('computes a line under tiers together with the other deals of its period', async () => {
    await world.putPlan(tieredPlan);
    world.win();
    const [line = ''] = await credit('deal_1');
    world.win('deal_2');
    expect(await recompute(line)).toMatchObject({ sums: [{ wantedMinor: 20000n, bookedMinor: 10000n }] });
    await credit('deal_2');
    expect(await recompute(line)).toMatchObject({ isEqual: true, sums: [{ bookedMinor: 20000n }] });
  });

  it('finds the line of a lead that has no deal yet, and then has one', async () => {
    await world.putPlan(leadPlan);
    world.win();
    const [registration] = world.registrations.values();
    const id = 'reg_deal_1';
    world.registrations.set(id, { ...registration!, dealId: null });
    const [line = ''] = await credit(id);
    expect(await recompute(line)).toMatchObject({ isEqual: true, sums: [{ wantedMinor: 5000n, bookedMinor: 5000n }] });
    world.registrations.set(id, registration!);
    expect(await recompute(line)).toMatchObject({ isEqual: true, sums: [{ wantedMinor: 5000n, bookedMinor: 5000n }] });
    world.registrations.delete(id);
    expect(await recompute(line)).toMatchObject({ isEqual: false, sums: [{ wantedMinor: 0n, bookedMinor: 5000n }] });
  });

  it('notices inputs that were changed after booking', async () => {
    world.win();
    const [line = ''] = await credit('deal_1');
    await tamper(sql`explanation = jsonb_set(explanation, '{inputs,deal,amount}', '"9000.00"')`);
    expect(await recompute(line)).toMatchObject({ hashMatches: false, isEqual: true });
    expect((await words(line))[1]).toMatch(
      /^FAULT {2}The stored inputs hash to [0-9a-f]{64}; stored is [0-9a-f]{64}\.$/,
    );
  });

  it('notices an amount that was changed after booking', async () => {
    world.win();
    const [line = ''] = await credit('deal_1');
    await tamper(sql`amount_minor = 99999`);
    expect(await recompute(line)).toMatchObject({ hashMatches: true, isEqual: false });
  });

  it('is refused for what is no line', async () => {
    await expect(recompute('line_9')).rejects.toThrow('There is no commission line line_9.');
  });
});
