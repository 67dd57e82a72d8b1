import { sql } from 'kysely';
import { journalMigration } from '../../src/ledger/0110-journal.migration.js';
import { journalChecks } from '../../src/ledger/book-check.store.js';
import { checkBook } from '../../src/ledger/check-book.handler.js';
import { buildEntry, type JournalEntry } from '../../src/ledger/entry.js';
import type { EntryKind } from '../../src/ledger/entry-kinds.js';
import { EntryAlreadyBooked, IllegalEntry } from '../../src/ledger/journal-errors.js';
import { accountBalances, appendEntries } from '../../src/ledger/journal.store.js';
import type { Currency } from '../../src/money/currency.js';
import type { Database, OpenDatabase } from '../../src/platform/database.js';
import { emptyTables, eachDatabase } from '../support/databases.js';

const bookedAt = new Date('2026-03-02T09:00:00.000Z');

const entry = (id: string, kind: EntryKind, amountMinor: bigint, currency = 'EUR', partnerId = 'par_1'): JournalEntry =>
  buildEntry({
    id,
    kind,
    idempotencyKey: `key of ${id}`,
    partnerId,
    dealId: 'deal_1',
    occurredOn: '2026-03-02',
    memo: 'for a test',
    amount: { amountMinor, currency: currency as Currency },
  });

eachDatabase('the journal', (open) => {
  let database: OpenDatabase;
  let db: Database;

  beforeAll(async () => {
    database = await open({ migrations: [journalMigration] });
    db = database.db;
  });
  afterEach(() => emptyTables(db));
  afterAll(() => database.close());

  const book = (...entries: readonly JournalEntry[]): Promise<void> =>
    db.transaction().execute((trx) => appendEntries(trx, entries, bookedAt));

  it('keeps what each partner is owed per currency, and never nets currencies', async () => {
    await book(
      entry('jrn_1', 'commission', 10000n),
      entry('jrn_2', 'reversal', -2500n),
      entry('jrn_3', 'commission', 700n, 'JPY'),
      entry('jrn_4', 'commission', 99n, 'EUR', 'par_2'),
      entry('jrn_5', 'payout', 7500n),
    );
    expect(await accountBalances(db, { code: 'partner-payable', partnerId: 'par_1' })).toEqual(
      new Map([
        ['EUR', 0n],
        ['JPY', -700n],
      ]),
    );
    expect(await accountBalances(db, { code: 'commission-expense', partnerId: null })).toEqual(
      new Map([
        ['EUR', 7599n],
        ['JPY', 700n],
      ]),
    );
    expect(await checkBook(db, journalChecks)).toMatchObject({ kind: 'sound', entries: 5 });
  });

  it('books the same entry once', async () => {
    await book(entry('jrn_1', 'commission', 100n));
    const again = { ...entry('jrn_2', 'commission', 100n), idempotencyKey: 'key of jrn_1' };
    await expect(book(entry('jrn_3', 'commission', 5n), again)).rejects.toThrow(EntryAlreadyBooked);
    expect(await accountBalances(db, { code: 'partner-payable', partnerId: 'par_1' })).toEqual(
      new Map([['EUR', -100n]]),
    );
  });

  it('refuses an undeclared entry before writing anything', async () => {
    await expect(book(entry('jrn_1', 'commission', 100n), entry('jrn_2', 'payout', -5n))).rejects.toThrow(IllegalEntry);
    expect(await checkBook(db, journalChecks)).toMatchObject({ kind: 'sound', entries: 0 });
  });

  it.each([
    ['UPDATE', 'journal_entries', "update journal_entries set memo = 'better'"],
    ['UPDATE', 'postings', 'update postings set amount_minor = amount_minor * 2'],
    ['DELETE', 'journal_entries', 'delete from journal_entries'],
    ['DELETE', 'postings', "delete from postings where entry_id = 'jrn_1'"],
    ['TRUNCATE', 'postings', 'truncate postings'],
    ['TRUNCATE', 'postings', 'truncate journal_entries cascade'],
    [
      'UPDATE',
      'journal_entries',
      "insert into journal_entries select * from journal_entries on conflict (id) do update set memo = 'better'",
    ],
  ])('has the database refuse %s of %s: %s', async (operation, _table, statement) => {
    await book(entry('jrn_1', 'commission', 100n));
    await expect(sql.raw(statement).execute(db)).rejects.toThrow(new RegExp(`is append-only: ${operation} is refused`));
  });

  describe('written past the code', () => {
    const insertEntry = (postingCount: number): Promise<unknown> =>
      sql`insert into journal_entries values
        ('jrn_x', 'commission', 'x', 'par_1', null, '2026-03-02', ${bookedAt}, 'by hand', ${postingCount})`.execute(db);
    const inOneTransaction = (...statements: readonly string[]): Promise<void> =>
      db.transaction().execute(async (trx) => {
        for (const statement of statements) await sql.raw(statement).execute(trx);
      });
    const header = (postingCount: number): string =>
      `insert into journal_entries values
        ('jrn_x', 'commission', 'x', 'par_1', null, '2026-03-02', now(), 'by hand', ${String(postingCount)})`;
    const posting = (position: number, amountMinor: number, currency = 'EUR', count = 2, entryId = 'jrn_x'): string =>
      `insert into postings values
        ('${entryId}', ${String(count)}, ${String(position)}, 'payout-clearing', null, '${currency}', ${String(amountMinor)})`;

    it('refuses an empty entry', async () => {
      await expect(insertEntry(2)).rejects.toThrow(/jrn_x has 0 of 2 postings/);
      await expect(insertEntry(0)).rejects.toThrow(/posting_count/);
    });

    it('refuses an unbalanced entry', async () => {
      await expect(inOneTransaction(header(2), posting(1, 100), posting(2, -99))).rejects.toThrow(
        /jrn_x does not sum to zero in EUR/,
      );
    });

    it('refuses an entry that balances only over two currencies', async () => {
      await expect(inOneTransaction(header(2), posting(1, 100), posting(2, -100, 'USD'))).rejects.toThrow(
        /does not sum to zero/,
      );
    });

    it('takes a balanced entry in as many statements as it likes', async () => {
      await inOneTransaction(header(2), posting(1, 100), posting(2, -100));
      expect(await accountBalances(db, { code: 'payout-clearing', partnerId: null })).toEqual(new Map([['EUR', 0n]]));
    });

    it('refuses a posting added to an entry of earlier, a balanced pair included', async () => {
      await book(entry('jrn_1', 'commission', 100n));
      await expect(inOneTransaction(posting(3, 50, 'EUR', 2, 'jrn_1'))).rejects.toThrow(/posting_position_is_declared/);
      await expect(
        inOneTransaction(posting(3, 50, 'EUR', 4, 'jrn_1'), posting(4, -50, 'EUR', 4, 'jrn_1')),
      ).rejects.toThrow(/foreign key/);
      await expect(inOneTransaction(posting(2, 50, 'EUR', 2, 'jrn_1'))).rejects.toThrow(/postings_pkey/);
    });

    it('is found by the check of the book when it is not a declared kind', async () => {
      await book(entry('jrn_1', 'commission', 100n));
      await inOneTransaction(header(2), posting(1, 100), posting(2, -100));
      expect(await checkBook(db, journalChecks)).toEqual({
        kind: 'faulty',
        claim: 'Every entry is of a declared kind and moves money only between the accounts of that kind.',
        fault: expect.stringContaining('Entry jrn_x of kind commission posts'),
      });
    });
  });

  it('finds an entry that somebody damaged with the triggers switched off', async () => {
    await book(entry('jrn_1', 'commission', 100n));
    await db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`delete from postings where entry_id = 'jrn_1' and position = 2`.execute(trx);
    });
    expect(await checkBook(db, journalChecks)).toMatchObject({
      kind: 'faulty',
      fault: 'Entry jrn_1 says it has 2 postings and has 1.',
    });
  });

  it("finds a posting to another partner's account", async () => {
    await book(entry('jrn_1', 'commission', 100n));
    await db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`update postings set partner_id = 'par_2' where position = 2`.execute(trx);
    });
    expect(await checkBook(db, journalChecks)).toMatchObject({
      kind: 'faulty',
      fault: 'Entry jrn_1 posts to partner-payable of partner par_2, which is not its own.',
    });
  });
});
