import { subjectTotals, findLines } from '../../src/crediting/commission-line.store.js';
import { creditingChecks } from '../../src/crediting/crediting-checks.store.js';
import { journalChecks } from '../../src/ledger/book-check.store.js';
import { checkBook } from '../../src/ledger/check-book.handler.js';
import { accountBalances } from '../../src/ledger/journal.store.js';
import { markPaidExternally, type MarkedPaid } from '../../src/payouts/mark-paid-externally.handler.js';
import { PaymentRefused } from '../../src/payouts/payout-errors.js';
import { payoutChecks } from '../../src/payouts/payout-checks.store.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { sql } from 'kysely';
import { asDay } from '../plans/sample-facts.js';
import { creditingMigrations, creditingWorld, type CreditingWorld } from '../crediting/crediting-world.js';
import { eachDatabase, emptyTables } from '../support/databases.js';

const allChecks = [...journalChecks, ...creditingChecks, ...payoutChecks];

eachDatabase('lines paid elsewhere', (open) => {
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
  afterEach(async () => {
    expect(await checkBook(db, allChecks)).toMatchObject({ kind: 'sound' });
    await emptyTables(db);
  });
  afterAll(() => database.close());

  const credit = async (...dealIds: readonly string[]): Promise<readonly string[]> =>
    (await world.creditDeals(dealIds)).lines.map(({ id }) => id);
  const pay = (lines: readonly string[], reference = 'bank 1', paidOn = '2026-03-02'): Promise<MarkedPaid> =>
    world.transact((uow) =>
      markPaidExternally(uow, { actor: { kind: 'system' }, lines, paidOn: asDay(paidOn), reference }),
    );
  const balance = (code: 'partner-payable' | 'payout-clearing'): Promise<ReadonlyMap<string, bigint>> =>
    accountBalances(db, { code, partnerId: code === 'partner-payable' ? 'par_1' : null });

  it('are paid from then on, even before their hold is over', async () => {
    world.win();
    const [line] = await credit('deal_1');
    const { kind, payouts } = await pay([line!]);
    expect(kind).toBe('recorded');
    expect(payouts).toMatchObject([
      { partner_id: 'par_1', amount_minor: '10000', currency: 'EUR', paid_on: '2026-03-02' },
    ]);
    expect(await findLines(db, [line!], asDay('2026-03-02'))).toMatchObject([{ status: 'paid' }]);
    expect(await balance('partner-payable')).toEqual(new Map([['EUR', 0n]]));
    expect(await balance('payout-clearing')).toEqual(new Map([['EUR', -10000n]]));
    expect(world.woken.filter((topic) => topic === 'write-back')).toHaveLength(2);
  });

  it('are one payment however often it is reported, and in whatever order', async () => {
    world.win();
    world.win('deal_2');
    const lines = await credit('deal_1', 'deal_2');
    const first = await pay(lines);
    const again = await pay([...lines.toReversed(), ...lines]);
    expect(again).toEqual({ kind: 'already-recorded', payouts: first.payouts });
    await expect(pay(lines, 'bank 2')).rejects.toThrow(PaymentRefused);
    expect(await balance('partner-payable')).toEqual(new Map([['EUR', 0n]]));
  });

  it('are a payment for each partner and currency', async () => {
    world.win();
    world.win('deal_2', { currency: 'JPY', amount: '5000' });
    world.win('deal_3');
    world.registrations.set('reg_deal_3', { ...world.registrations.get('reg_deal_3')!, partnerId: 'par_2' });
    const { payouts } = await pay(await credit('deal_1', 'deal_2', 'deal_3'));
    expect(
      payouts.map(({ partner_id, amount_minor, currency }) => `${partner_id} ${amount_minor} ${currency}`).sort(),
    ).toEqual(['par_1 10000 EUR', 'par_1 500 JPY', 'par_2 10000 EUR']);
  });

  it('are clawed back, and not reversed, when the deal is reopened; the debt can be set against a later payment', async () => {
    world.win();
    const [paid] = await credit('deal_1');
    await pay([paid!]);
    world.win('deal_1', { outcome: 'open', wonAt: null });
    world.win('deal_2', { amount: '3000.00' });
    const { lines } = await world.creditDeals(['deal_1', 'deal_2']);
    expect(lines.map(({ kind, amountMinor }) => `${kind} ${String(amountMinor)}`).sort()).toEqual([
      'clawback -10000',
      'commission 30000',
    ]);
    expect((await subjectTotals(db, ['deal_1'], asDay('2026-03-02'))).get('deal_1')).toEqual([
      { currency: 'EUR', status: 'paid', amountMinor: 10000n },
      { currency: 'EUR', status: 'payable', amountMinor: -10000n },
    ]);
    const { payouts } = await pay(
      lines.map(({ id }) => id),
      'bank 2',
    );
    expect(payouts).toMatchObject([{ amount_minor: '20000' }]);
  });

  it('are refused as a whole, naming each one that is unknown or paid already', async () => {
    world.win();
    world.win('deal_2');
    const [first, second] = await credit('deal_1', 'deal_2');
    await pay([first!]);
    const refused = pay([first!, 'line_9', second!], 'bank 2');
    await expect(refused).rejects.toMatchObject({
      code: 'payment-refused',
      errors: [
        { field: 'lines[0]', value: first, message: `Line ${first!} is paid already.` },
        { field: 'lines[1]', value: 'line_9', message: 'There is no commission line line_9.' },
      ],
    });
    expect(await findLines(db, [second!], asDay('2026-03-02'))).toMatchObject([{ status: 'pending' }]);
  });

  it.each([
    ['a day that has not come', '2026-03-03', /2026-03-03 is in the future/],
    ['a sum of nothing', '2026-03-02', /sum to 0\.00 EUR, which nobody can have been paid/],
  ])('are refused with %s', async (_what, paidOn, words) => {
    world.win();
    const lines = [...(await credit('deal_1'))];
    world.win('deal_1', { outcome: 'lost', wonAt: null });
    lines.push(...(await credit('deal_1')));
    await expect(pay(lines, 'bank 1', paidOn)).rejects.toThrow(words);
  });

  it('are recorded once when two reports arrive at the same moment', async () => {
    world.win();
    const lines = await credit('deal_1');
    const results = await Promise.all([pay(lines), pay(lines), pay(lines)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['already-recorded', 'already-recorded', 'recorded']);
  });

  it('are found when they no longer add up to their payment', async () => {
    world.win();
    await pay(await credit('deal_1'));
    const setAmount = (amount: number): Promise<unknown> =>
      sql`update payouts set amount_minor = ${amount}`.execute(db);
    await setAmount(9000);
    expect(await checkBook(db, payoutChecks)).toMatchObject({
      kind: 'faulty',
      fault: expect.stringMatching(
        /^Payout pay_\w+ is 9000 EUR for par_1, the lines it paid are 10000 EUR for par_1\.$/,
      ),
    });
    await setAmount(10000);
  });
});
