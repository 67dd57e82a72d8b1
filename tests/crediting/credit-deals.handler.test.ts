import { sql } from 'kysely';
import { creditingChecks } from '../../src/crediting/crediting-checks.store.js';
import { subjectTotals, findLines, listLines, partnerTotals } from '../../src/crediting/commission-line.store.js';
import { flagsOfDeals } from '../../src/crediting/deal-flag.store.js';
import { inputsHash } from '../../src/crediting/explanation.js';
import { journalChecks } from '../../src/ledger/book-check.store.js';
import { checkBook } from '../../src/ledger/check-book.handler.js';
import { accountBalances } from '../../src/ledger/journal.store.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { asDay, tenPercent } from '../plans/sample-facts.js';
import { emptyTables, eachDatabase } from '../support/databases.js';
import { creditingMigrations, creditingWorld, type CreditingWorld } from './crediting-world.js';

const today = asDay('2026-03-02');

eachDatabase('crediting deals', (open) => {
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
    expect(await checkBook(db, [...journalChecks, ...creditingChecks])).toMatchObject({ kind: 'sound' });
    await emptyTables(db);
  });
  afterAll(() => database.close());

  const credit = async (...dealIds: readonly string[]): Promise<readonly string[]> => {
    const { lines } = await world.creditDeals(dealIds);
    return lines.map(({ kind, amountMinor, currency }) => `${kind} ${String(amountMinor)} ${currency}`);
  };
  const payable = (): Promise<ReadonlyMap<string, bigint>> =>
    accountBalances(db, { code: 'partner-payable', partnerId: 'par_1' });

  it('credits the partner once, with its entry, its explanation and word to the rep', async () => {
    world.win();
    expect(await credit('deal_1')).toEqual(['commission 10000 EUR']);
    expect(world.woken).toContain('write-back');
    expect(await credit('deal_1', 'deal_1')).toEqual([]);
    expect(await payable()).toEqual(new Map([['EUR', -10000n]]));

    const [line] = await listLines(db, { dealId: 'deal_1' }, { before: null, limit: 10 }, today);
    expect(line).toMatchObject({
      partnerId: 'par_1',
      registrationId: 'reg_deal_1',
      component: 'new-business',
      status: 'pending',
      earnedOn: '2026-03-01',
      payableOn: '2026-03-31',
      planVersion: 'standard@1',
      dealRevision: 1,
      sourceLineId: null,
    });
    expect(line?.explanation.steps.map(({ step }) => step)).toEqual([
      'credited',
      'rule',
      'base',
      'rate',
      'rounding',
      'hold',
    ]);
    expect(line && inputsHash(line.explanation)).toBe(line?.inputsHash);
  });

  it('books once when two workers credit the same deals at the same moment, in opposite order', async () => {
    const dealIds = Array.from({ length: 30 }, (_, index) => `deal_${String(index)}`);
    for (const id of dealIds) world.win(id);
    await Promise.all([credit(...dealIds), credit(...dealIds.toReversed()), credit(...dealIds)]);
    expect(await payable()).toEqual(new Map([['EUR', -300_000n]]));
  });

  it('follows a deal that is reopened and won again at another amount', async () => {
    world.win();
    await credit('deal_1');
    world.win('deal_1', { outcome: 'open', wonAt: null, revision: 2 });
    expect(await credit('deal_1')).toEqual(['reversal -10000 EUR']);
    world.win('deal_1', { wonAt: '2026-03-02T08:00:00.000Z', amount: '2500.50', revision: 3 });
    expect(await credit('deal_1')).toEqual(['commission 25005 EUR']);
    const lines = await listLines(db, {}, { before: null, limit: 10 }, today);
    expect(lines.map(({ explanation }) => explanation.summary).reverse()).toEqual([
      '100.00 EUR commission of rule new-business, earned on 2026-03-01.',
      expect.stringMatching(/^-100\.00 EUR reversal of line line_\w+\.$/),
      '250.05 EUR commission of rule new-business, earned on 2026-03-02.',
    ]);
    expect(lines[1]?.explanation.steps[0]?.sentence).toMatch(/^The deal is open again\./);
  });

  it('reverses the lines of a deal that is gone and that nobody knows any more', async () => {
    world.win();
    await credit('deal_1');
    world.deals.delete('deal_1');
    world.registrations.delete('reg_deal_1');
    expect(await credit('deal_1')).toEqual(['reversal -10000 EUR']);
  });

  it('flags what is missing, says so in the adjustment, and books by itself when it is mended', async () => {
    world.win('deal_1', { amount: null });
    world.win('deal_2', { currency: null });
    expect(await credit('deal_1', 'deal_2', 'deal_3')).toEqual([]);
    const flags = async (): Promise<readonly string[]> =>
      (await flagsOfDeals(db, ['deal_1', 'deal_2'])).map(({ dealId, kind }) => `${dealId} ${kind}`);
    expect(await flags()).toEqual(['deal_1 amount-missing', 'deal_2 currency-missing']);

    world.win('deal_1');
    expect(await credit('deal_1')).toEqual(['commission 10000 EUR']);
    expect(await flags()).toEqual(['deal_2 currency-missing']);

    world.win('deal_1', { amount: null });
    expect(await credit('deal_1')).toEqual(['adjustment -10000 EUR']);
    const [line] = await listLines(db, {}, { before: null, limit: 1 }, today);
    expect(line?.explanation.steps.map(({ sentence }) => sentence)).toContain('The deal has no value for amount.');
  });

  it('shows each line in the state it is in today', async () => {
    for (const id of ['deal_1', 'deal_2', 'deal_3', 'deal_4']) world.win(id);
    const { lines } = await world.creditDeals(['deal_1', 'deal_2', 'deal_3', 'deal_4']);
    const [, held] = lines;
    await db
      .insertInto('line_holds')
      .values({
        line_id: held!.id,
        reason: 'under review',
        placed_by: 'operator:key_1',
        placed_at: world.clock.now(),
        released_by: null,
        released_at: null,
      })
      .execute();
    const later = asDay('2026-03-31');
    const statuses = async (day: typeof today): Promise<readonly string[]> =>
      (
        await findLines(
          db,
          lines.map(({ id }) => id),
          day,
        )
      )
        .map(({ status }) => status)
        .sort();
    expect(await statuses(today)).toEqual(['on_hold', 'pending', 'pending', 'pending']);
    expect(await statuses(later)).toEqual(['on_hold', 'payable', 'payable', 'payable']);
    expect(await partnerTotals(db, 'par_1', later)).toEqual([
      { currency: 'EUR', status: 'on_hold', amountMinor: 10000n },
      { currency: 'EUR', status: 'payable', amountMinor: 30000n },
    ]);
    expect((await subjectTotals(db, ['deal_1', 'deal_9'], later)).get('deal_1')).toEqual([
      { currency: 'EUR', status: 'payable', amountMinor: 10000n },
    ]);
    expect(await listLines(db, { status: 'on_hold' }, { before: null, limit: 9 }, later)).toHaveLength(1);
  });

  it('lists lines by partner and month, a page at a time', async () => {
    for (const id of ['deal_1', 'deal_2', 'deal_3']) world.win(id);
    world.win('deal_4', { wonAt: '2026-02-28T23:59:59.000Z' });
    const { lines } = await world.creditDeals(['deal_1', 'deal_2', 'deal_3', 'deal_4']);
    const march = { partnerId: 'par_1', period: '2026-03' as never };
    const first = await listLines(db, march, { before: null, limit: 2 }, today);
    const rest = await listLines(db, march, { before: first.at(-1)?.id ?? null, limit: 2 }, today);
    expect([...first, ...rest].map(({ id }) => id)).toEqual(
      lines
        .slice(0, 3)
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    expect(await listLines(db, { partnerId: 'par_2' }, { before: null, limit: 2 }, today)).toEqual([]);
  });

  it('books the effect of a corrected plan on paid and unpaid deals alike', async () => {
    world.win();
    await credit('deal_1');
    await world.putPlan(`${tenPercent.replace('percent: 10', 'percent: 8')}corrects: 1\n`);
    expect(await credit('deal_1')).toEqual(['adjustment -2000 EUR']);
    const [line] = await listLines(db, {}, { before: null, limit: 1 }, today);
    expect(line).toMatchObject({ planVersion: 'standard@2', earnedOn: '2026-03-02' });
  });

  it('has the database refuse to change a line', async () => {
    world.win();
    await credit('deal_1');
    for (const statement of [
      'update commission_lines set amount_minor = 1',
      'delete from commission_lines',
      'truncate commission_lines cascade',
    ]) {
      await expect(sql.raw(statement).execute(db)).rejects.toThrow(/append-only/);
    }
  });

  it('finds a line that does not agree with its entry', async () => {
    world.win();
    await credit('deal_1');
    const damage = (amount: number): Promise<void> =>
      db.transaction().execute(async (trx) => {
        await sql`set local session_replication_role = replica`.execute(trx);
        await sql`update commission_lines set amount_minor = ${amount}`.execute(trx);
      });
    await damage(9000);
    expect(await checkBook(db, creditingChecks)).toMatchObject({
      kind: 'faulty',
      fault: expect.stringMatching(
        / is commission 9000 EUR for par_1, its entry jrn_\w+ is commission 10000 EUR for par_1\.$/,
      ),
    });
    await damage(10000);
  });
});
