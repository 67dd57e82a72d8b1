import { createPlanComparer, type BookedSum, type ComparedDeals } from '../../src/crediting/plan-comparison.js';
import type { Currency } from '../../src/money/currency.js';
import { deal, factsOf, registration, tenPercent, versions, type SampleFacts } from '../plans/sample-facts.js';

const [eur, usd] = ['EUR' as Currency, 'USD' as Currency];
const correction = (rate: number): string =>
  `${tenPercent.replace('percent: 10', `percent: ${String(rate)}`)}corrects: 1\n`;
const booked = (dealId: string, amountMinor: bigint, partnerId = 'par_1', currency = eur): BookedSum => ({
  dealId,
  partnerId,
  currency,
  amountMinor,
});

/** Some deals of a sample under a draft that corrects the ten percent. */
function compared(sample: SampleFacts, sums: readonly BookedSum[], dealIds = ['deal_1'], rate = 12): ComparedDeals {
  const planVersions = versions(tenPercent, correction(rate));
  return { facts: factsOf({ planVersions, ...sample }), dealIds: new Set(dealIds), booked: sums };
}

const compare = (keep: 'changed' | 'all', ...batches: readonly ComparedDeals[]) => {
  const comparer = createPlanComparer(keep);
  for (const batch of batches) comparer.add(batch);
  return comparer.result();
};

describe('the book beside what it would say under a draft', () => {
  it('differs by what the draft pays more, for the deal, its partner and in total', () => {
    const result = compare('changed', compared({}, [booked('deal_1', 10_000n)]));
    const sums = { currency: 'EUR', bookedMinor: 10_000n, wouldBeMinor: 12_000n };
    expect(result).toEqual({
      dealsCompared: 1,
      dealsChanged: 1,
      totals: [sums],
      partners: [{ partnerId: 'par_1', ...sums }],
      deals: [{ dealId: 'deal_1', partnerId: 'par_1', ...sums }],
      flags: [],
    });
  });

  it('names a deal that does not differ only when all are asked for, and counts it either way', () => {
    const same = compared({}, [booked('deal_1', 10_000n)], ['deal_1'], 10);
    expect(compare('changed', same)).toMatchObject({ dealsChanged: 0, deals: [], totals: [{ wouldBeMinor: 10_000n }] });
    expect(compare('all', same).deals).toMatchObject([{ dealId: 'deal_1', bookedMinor: 10_000n }]);
  });

  it('takes back what is booked for a deal or a partner that would earn nothing', () => {
    const lost = deal({ id: 'deal_2', outcome: 'lost' });
    const sums = [booked('deal_2', 500n), booked('deal_1', 700n, 'par_2'), booked('deal_1', 12_000n)];
    expect(compare('changed', compared({ deals: [deal(), lost] }, sums, ['deal_1', 'deal_2'])).deals).toEqual([
      { dealId: 'deal_2', partnerId: 'par_1', currency: 'EUR', bookedMinor: 500n, wouldBeMinor: 0n },
      { dealId: 'deal_1', partnerId: 'par_2', currency: 'EUR', bookedMinor: 700n, wouldBeMinor: 0n },
    ]);
  });

  it('never nets currencies', () => {
    const dollars = compared({ deals: [deal({ currency: 'USD' })] }, [booked('deal_1', 10_000n)]);
    expect(compare('changed', dollars).totals).toEqual([
      { currency: 'EUR', bookedMinor: 10_000n, wouldBeMinor: 0n },
      { currency: 'USD', bookedMinor: 0n, wouldBeMinor: 12_000n },
    ]);
    expect(compare('changed', dollars).dealsChanged).toBe(1);
  });

  it('looks at deals that only bear on others without counting them', () => {
    const tiers = `
plan: standard
effectiveFrom: 2026-01-01
rules:
  - id: volume
    pay:
      tiers: { of: amount, per: month, mode: retroactive, bands: [{ from: 0, percent: 5 }, { from: 2000, percent: 10 }] }
`;
    const [first, second] = [deal(), deal({ id: 'deal_2', amount: null })];
    const third = deal({ id: 'deal_3' });
    const registrations = ['1', '2', '3'].map((n) => registration({ id: `reg_${n}`, dealId: `deal_${n}` }));
    const facts = factsOf({ planVersions: versions(tiers), deals: [first, second, third], registrations });
    const sums = [booked('deal_1', 5_000n), booked('deal_3', 5_000n)];
    const result = compare('all', { facts, dealIds: new Set(['deal_1']), booked: sums });
    expect(result).toMatchObject({ dealsCompared: 1, deals: [{ dealId: 'deal_1', wouldBeMinor: 10_000n }], flags: [] });
    expect(compare('all', { facts, dealIds: new Set(['deal_2']), booked: [] }).flags).toMatchObject([
      { dealId: 'deal_2', kind: 'amount-missing' },
    ]);
  });

  it('comes to the same in however many parts it is made, and in order', () => {
    const ids = Array.from({ length: 60 }, (_, n) => String(n));
    const deals = ids.map((n) =>
      deal({ id: `deal_${n}`, amount: `${n}00.00`, currency: Number(n) % 2 ? 'EUR' : 'USD' }),
    );
    const registrations = ids.map((n) =>
      registration({ id: `reg_${n}`, dealId: `deal_${n}`, partnerId: `par_${String((Number(n) % 3) + 1)}` }),
    );
    const sums = ids.map((n) => booked(`deal_${n}`, BigInt(n), 'par_1', Number(n) % 2 ? eur : usd));
    const part = (own: readonly string[]): ComparedDeals => {
      const of = <T extends { readonly dealId: string | null }>(items: readonly T[]) =>
        items.filter(({ dealId }) => own.includes(String(dealId).replace('deal_', '')));
      const facts = {
        deals: deals.filter(({ id }) => own.includes(id.replace('deal_', ''))),
        registrations: of(registrations),
      };
      return compared(
        facts,
        of(sums),
        own.map((n) => `deal_${n}`),
      );
    };
    const whole = compare('all', part(ids));
    const parts = [2, 0, 1].map((rest) => part(ids.filter((n) => Number(n) % 3 === rest)));
    expect(compare('all', ...parts)).toEqual(whole);
    expect(whole.partners.map(({ partnerId, currency }) => `${partnerId} ${currency}`)).toEqual(
      ['par_1', 'par_2', 'par_3'].flatMap((id) => [`${id} EUR`, `${id} USD`]),
    );
  });
});
