import { journalMigration } from '../../src/ledger/0110-journal.migration.js';
import { buildEntry } from '../../src/ledger/entry.js';
import type { EntryKind } from '../../src/ledger/entry-kinds.js';
import { listEntries, type JournalFilter } from '../../src/ledger/journal-list.store.js';
import { appendEntries } from '../../src/ledger/journal.store.js';
import type { Currency } from '../../src/money/currency.js';
import type { OpenDatabase } from '../../src/platform/database.js';
import { eachDatabase } from '../support/databases.js';

const entry = (id: string, kind: EntryKind, currency: string, occurredOn: string, partnerId = 'par_1') =>
  buildEntry({
    ...{ id, kind, idempotencyKey: id, partnerId, dealId: `deal of ${partnerId}`, occurredOn, memo: 'for a test' },
    amount: { amountMinor: 10000n, currency: currency as Currency },
  });

eachDatabase('the journal as it is read', (open) => {
  let database: OpenDatabase;

  beforeAll(async () => {
    database = await open({ migrations: [journalMigration] });
    const entries = [
      entry('jrn_1', 'commission', 'EUR', '2026-03-01'),
      entry('jrn_2', 'commission', 'JPY', '2026-03-02'),
      entry('jrn_3', 'payout', 'EUR', '2026-03-03'),
      entry('jrn_4', 'commission', 'EUR', '2026-03-04', 'par_2'),
    ];
    const bookedAt = new Date('2026-03-05T09:00:00.000Z');
    await database.db.transaction().execute((trx) => appendEntries(trx, entries, bookedAt));
  });
  afterAll(() => database.close());

  const found = async (filter: JournalFilter, limit = 10) =>
    (await listEntries(database.db, filter, limit)).map((one) => one.entry.id);

  it('begins with the last entry, each with all it posts', async () => {
    const [last] = await listEntries(database.db, {}, 1);
    expect(last).toMatchObject({
      entry: { id: 'jrn_4', occurred_on: '2026-03-04' },
      postings: [
        { account_code: 'commission-expense', partner_id: null, amount_minor: '10000' },
        { account_code: 'partner-payable', partner_id: 'par_2', amount_minor: '-10000' },
      ],
    });
    expect(await found({ beforeId: 'jrn_3' })).toEqual(['jrn_2', 'jrn_1']);
  });

  it.each<[JournalFilter, readonly string[]]>([
    [{ partnerId: 'par_1' }, ['jrn_3', 'jrn_2', 'jrn_1']],
    [{ dealId: 'deal of par_2' }, ['jrn_4']],
    [{ kind: 'payout' }, ['jrn_3']],
    [{ account: 'payout-clearing' }, ['jrn_3']],
    [{ currency: 'JPY' }, ['jrn_2']],
    [{ account: 'payout-clearing', currency: 'JPY' }, []],
    [{ from: '2026-03-02', to: '2026-03-03' }, ['jrn_3', 'jrn_2']],
    [{ partnerId: 'nobody' }, []],
  ])('is narrowed by %j', async (filter, ids) => {
    expect(await found(filter)).toEqual(ids);
  });
});
