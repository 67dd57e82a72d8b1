import { sql } from 'kysely';
import { markPaidExternally } from '../../src/payouts/mark-paid-externally.handler.js';
import { statementShape } from '../../src/payouts/statement.api.js';
import { readStatement } from '../../src/payouts/statement.handler.js';
import { statementOnWire } from '../../src/payouts/statement-wire.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { changeProgram } from '../../src/program/change-program.handler.js';
import type { Period } from '../../src/program/calendar.js';
import { asDay } from '../plans/sample-facts.js';
import { creditingMigrations, creditingWorld, type CreditingWorld } from '../crediting/crediting-world.js';
import { eachDatabase, emptyTables } from '../support/databases.js';

eachDatabase('the statement of a month', (open) => {
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

  const on = (moment: string): void => {
    world.clock.set(moment);
  };
  const credit = async (...dealIds: readonly string[]): Promise<readonly string[]> =>
    (await world.creditDeals(dealIds)).lines.map(({ id }) => id);
  const pay = (lines: readonly string[], paidOn: string): Promise<unknown> =>
    world.transact((uow) =>
      markPaidExternally(uow, { actor: { kind: 'system' }, lines, paidOn: asDay(paidOn), reference: 'bank 1' }),
    );
  const lose = async (dealId: string): Promise<readonly string[]> => {
    world.win(dealId, { outcome: 'lost', wonAt: null });
    return credit(dealId);
  };
  const statement = async (period: string) =>
    statementShape.parse(statementOnWire(await readStatement(db, world.clock.now(), 'par_1', period as Period)));
  const setTimeZone = (timeZone: string): Promise<unknown> =>
    world.transact((uow) => changeProgram(uow, { kind: 'system' }, { timeZone }, () => Promise.resolve([])));
  /** What the journal itself says a partner was owed, in minor units, independent of the code under test. */
  const owedBefore = async (moment: string): Promise<Readonly<Record<string, string>>> => {
    const { rows } = await sql<{ currency: string; owed: string }>`
      select currency, sum(-amount_minor)::text as owed from postings
      where account_code = 'partner-payable' and partner_id = 'par_1'
        and entry_id in (select id from journal_entries where booked_at < ${moment}::timestamptz)
      group by currency`.execute(db);
    return Object.fromEntries(rows.map(({ currency, owed }) => [currency, owed]));
  };

  /** March: two wins, in euros and yen. April: the euros are paid, then lost. May: another win works the debt off. */
  const liveThreeMonths = async (): Promise<void> => {
    world.win('deal_1');
    world.win('deal_2', { amount: '50000', currency: 'JPY' });
    const [first = ''] = await credit('deal_1', 'deal_2');
    on('2026-04-10T09:00:00Z');
    await pay([first], '2026-03-30');
    on('2026-04-20T09:00:00Z');
    await lose('deal_1');
    on('2026-05-05T09:00:00Z');
    world.win('deal_3', { wonAt: '2026-04-30T10:00:00.000Z', amount: '300.00' });
    await credit('deal_3');
    on('2026-07-01T09:00:00Z');
  };

  it('shows a lost deal as the debt it leaves, which the next month begins with', async () => {
    await liveThreeMonths();
    expect((await statement('2026-03')).currencies).toMatchObject([
      { currency: 'EUR', opening: '0.00', lines: [{ amount: '100.00', status: 'payable' }], closing: '100.00' },
      { currency: 'JPY', opening: '0', lines: [{ amount: '5000' }], closing: '5000' },
    ]);
    expect((await statement('2026-04')).currencies).toMatchObject([
      {
        currency: 'EUR',
        opening: '100.00',
        openingDebt: '0.00',
        lines: [],
        adjustments: [{ kind: 'clawback', amount: '-100.00', bookedOn: '2026-04-20', status: 'payable' }],
        payouts: [{ kind: 'payout', amount: '-100.00', paidOn: '2026-03-30', bookedOn: '2026-04-10' }],
        totals: { lines: '0.00', adjustments: '-100.00', payouts: '-100.00' },
        closing: '-100.00',
        carriedDebt: '100.00',
      },
      { currency: 'JPY', opening: '5000', lines: [], adjustments: [], payouts: [], closing: '5000' },
    ]);
    expect((await statement('2026-05')).currencies[0]).toMatchObject({
      opening: '-100.00',
      openingDebt: '100.00',
      lines: [{ amount: '30.00', earnedOn: '2026-04-30', bookedOn: '2026-05-05', planVersion: 'standard@1' }],
      closing: '-70.00',
      carriedDebt: '70.00',
    });
  });

  it('ties out to the journal to the cent, month after month', async () => {
    await liveThreeMonths();
    for (const [period, from, until] of [
      ['2026-02', '2026-02-01', '2026-03-01'],
      ['2026-03', '2026-03-01', '2026-04-01'],
      ['2026-04', '2026-04-01', '2026-05-01'],
      ['2026-05', '2026-05-01', '2026-06-01'],
      ['2026-06', '2026-06-01', '2026-07-01'],
    ] as const) {
      const { currencies } = await statement(period);
      const minor = (amount: string): string => String(BigInt(amount.replace('.', '')));
      const [opening, closing] = [await owedBefore(`${from}T00:00:00Z`), await owedBefore(`${until}T00:00:00Z`)];
      expect(currencies.map(({ currency }) => currency)).toEqual(Object.keys(closing).sort());
      for (const part of currencies) {
        expect([period, minor(part.opening)]).toEqual([period, opening[part.currency] ?? '0']);
        expect([period, minor(part.closing)]).toEqual([period, closing[part.currency]]);
      }
    }
  });

  it('shows a correction of the same month with the lines, and only one of an earlier month apart', async () => {
    world.win('deal_1');
    const [first] = await credit('deal_1');
    world.win('deal_1', { amount: '2000.00' });
    await credit('deal_1');
    on('2026-04-02T09:00:00Z');
    world.win('deal_1', { amount: '500.00' });
    await credit('deal_1');
    expect((await statement('2026-03')).currencies[0]).toMatchObject({
      lines: [{ kind: 'commission' }, { kind: 'adjustment', amount: '100.00', sourceLineId: first }],
      adjustments: [],
    });
    expect((await statement('2026-04')).currencies[0]).toMatchObject({
      lines: [],
      adjustments: [{ kind: 'adjustment', amount: '-150.00', sourceLineId: first }],
    });
  });

  it('never changes once it is final, whatever is booked, paid, held or set later', async () => {
    world.win('deal_1');
    const [first = ''] = await credit('deal_1');
    on('2026-04-01T09:00:00Z');
    const before = await statement('2026-03');
    expect(before).toMatchObject({ final: true, currencies: [{ lines: [{ status: 'payable' }] }] });

    world.win('deal_4', { wonAt: '2026-03-15T10:00:00.000Z' });
    await credit('deal_4');
    await pay([first], '2026-03-25');
    await lose('deal_1');
    await sql`
      insert into line_holds (line_id, reason, placed_by, placed_at)
      values (${first}, 'a question', 'system', ${world.clock.now()})`.execute(db);
    await setTimeZone('Pacific/Pago_Pago');
    expect(await statement('2026-03')).toEqual(before);
    expect((await statement('2026-04')).currencies[0]).toMatchObject({
      opening: '100.00',
      lines: [{ earnedOn: '2026-03-15', bookedOn: '2026-04-01' }],
    });
  });

  it('goes by the days of the program’s time zone', async () => {
    await setTimeZone('Europe/Berlin');
    world.win('deal_1', { wonAt: '2026-03-31T09:00:00.000Z' });
    on('2026-03-31T22:30:00Z');
    await credit('deal_1');
    on('2026-04-02T09:00:00Z');
    expect((await statement('2026-03')).currencies).toEqual([]);
    expect(await statement('2026-04')).toMatchObject({
      from: '2026-03-31T22:00:00.000Z',
      until: '2026-04-30T22:00:00.000Z',
      final: false,
      currencies: [{ lines: [{ earnedOn: '2026-03-31', bookedOn: '2026-04-01' }] }],
    });
  });

  it('is of a month that has begun, and of none to come', async () => {
    expect(await statement('2026-03')).toMatchObject({ final: false, currencies: [] });
    expect(await statement('0001-01')).toMatchObject({ final: true, currencies: [] });
    await expect(statement('2026-04')).rejects.toMatchObject({
      code: 'period-not-begun',
      errors: [{ field: 'period', value: '2026-04', expected: 'a month up to the running one, 2026-03' }],
    });
    await expect(statement('9999-12')).rejects.toThrow('9999-12 has not begun; the running month is 2026-03.');
  });

  it('shows money that came back from the bank', async () => {
    world.win('deal_1');
    const [first = ''] = await credit('deal_1');
    await pay([first], '2026-03-02');
    await sql`
      with entry as (
        insert into journal_entries values ('jrn_back', 'payout-return', 'back 1', 'par_1', null, '2026-03-02',
          ${world.clock.now()}, 'returned: bank 1', 2)
      )
      insert into postings values
        ('jrn_back', 2, 1, 'payout-clearing', null, 'EUR', 10000),
        ('jrn_back', 2, 2, 'partner-payable', 'par_1', 'EUR', -10000)`.execute(db);
    expect((await statement('2026-03')).currencies[0]).toMatchObject({
      payouts: [
        { kind: 'payout', amount: '-100.00' },
        { id: 'jrn_back', kind: 'payout-return', amount: '100.00', reference: 'returned: bank 1' },
      ],
      totals: { lines: '100.00', payouts: '0.00' },
      closing: '100.00',
    });
  });
});
