import fc from 'fast-check';
import type { Currency } from '../../src/money/currency.js';
import { entryKinds, type EntryKind } from '../../src/ledger/entry-kinds.js';
import { buildEntry, faultOfEntry, type EntryRequest, type JournalEntry } from '../../src/ledger/entry.js';

const request = (kind: EntryKind, amountMinor: bigint): EntryRequest => ({
  id: 'jrn_1',
  kind,
  idempotencyKey: 'key',
  partnerId: 'par_1',
  dealId: 'deal_1',
  occurredOn: '2026-03-02',
  memo: 'for a test',
  amount: { amountMinor, currency: 'EUR' as Currency },
});

describe('journal entries', () => {
  it('books a commission as an expense of the program that is payable to the partner', () => {
    expect(buildEntry(request('commission', 10000n)).postings).toEqual([
      { account: 'commission-expense', partnerId: null, amountMinor: 10000n, currency: 'EUR' },
      { account: 'partner-payable', partnerId: 'par_1', amountMinor: -10000n, currency: 'EUR' },
    ]);
  });

  it('books a clawback as the mirror of the commission', () => {
    expect(buildEntry(request('clawback', -10000n)).postings.map(({ amountMinor }) => amountMinor)).toEqual([
      -10000n,
      10000n,
    ]);
  });

  it('books a payout from what is payable to what has left', () => {
    expect(buildEntry(request('payout', 500n)).postings).toEqual([
      { account: 'partner-payable', partnerId: 'par_1', amountMinor: 500n, currency: 'EUR' },
      { account: 'payout-clearing', partnerId: null, amountMinor: -500n, currency: 'EUR' },
    ]);
  });

  it('builds only legal entries, whatever the kind and amount', () => {
    const kind = fc.constantFrom(...Object.keys(entryKinds)) as fc.Arbitrary<EntryKind>;
    fc.assert(
      fc.property(kind, fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.boolean(), (of, size, negative) => {
        const isCorrection = entryKinds[of].amounts === 'either-sign';
        expect(faultOfEntry(buildEntry(request(of, isCorrection && negative ? -size : size)))).toBeNull();
      }),
    );
  });

  it('refuses a commission that takes from the partner', () => {
    expect(faultOfEntry(buildEntry(request('commission', -1n)))).toBe(
      'a commission debits commission-expense and credits partner-payable, not the other way round',
    );
  });

  it.each<[string, (entry: JournalEntry) => JournalEntry, RegExp]>([
    ['an undeclared kind', (entry) => ({ ...entry, kind: 'gift' as EntryKind }), /kind gift is not declared/],
    ['a single posting', (entry) => ({ ...entry, postings: entry.postings.slice(0, 1) }), /at least two postings/],
    ['a zero', (entry) => withAmounts(entry, 0n, 0n), /is zero/],
    ['an imbalance', (entry) => withAmounts(entry, 100n, -99n), /in EUR sum to 1, not to zero/],
    [
      'an imbalance that another currency hides',
      (entry) => ({
        ...entry,
        postings: entry.postings.map((posting, index) =>
          index === 0 ? posting : { ...posting, currency: 'USD' as Currency },
        ),
      }),
      /not to zero/,
    ],
    [
      "an account of another kind's",
      (entry) => ({
        ...entry,
        postings: entry.postings.map((posting) => ({ ...posting, account: 'payout-clearing' as const })),
      }),
      /a commission does not touch payout-clearing/,
    ],
    [
      "somebody else's account",
      (entry) => ({ ...entry, postings: entry.postings.map((posting) => ({ ...posting, partnerId: 'par_2' })) }),
      /names another partner/,
    ],
  ])('refuses %s', (_what, spoil, words) => {
    expect(faultOfEntry(spoil(buildEntry(request('commission', 100n))))).toMatch(words);
  });
});

function withAmounts(entry: JournalEntry, ...amounts: readonly bigint[]): JournalEntry {
  return {
    ...entry,
    postings: entry.postings.map((posting, index) => ({ ...posting, amountMinor: amounts[index] ?? 0n })),
  };
}
