import fc from 'fast-check';
import { position } from '../../src/plans/position.js';
import type { Currency } from '../../src/money/currency.js';
import { asDay, deal, factsOf, registration, versions } from './sample-facts.js';

interface Tiers {
  readonly mode?: string;
  readonly by?: string;
  readonly boundary?: string;
  readonly bands?: string;
}

const plan = ({ mode = 'marginal', by = 'amount', boundary = 'at-or-above', bands = standard }: Tiers) =>
  versions(
    `plan: p\neffectiveFrom: 2026-01-01\nrules:\n  - id: r\n    pay: { tiers: { of: amount, by: ${by}, mode: ${mode}, boundary: ${boundary}, bands: ${bands} } }\n`,
  );
const standard = '[{ from: 0, percent: 5 }, { from: 1000, percent: 10 }, { from: 2000, percent: 20 }]';

/** What each deal of a month earns, in cents, in the order in which they were won. */
function earned(amounts: readonly string[], tiers: Tiers): readonly bigint[] {
  const deals = amounts.map((amount, index) =>
    deal({ id: `deal_${index}`, amount, wonAt: new Date(Date.UTC(2026, 2, 1, 10, index)).toISOString() }),
  );
  const registrations = deals.map(({ id }) => registration({ id: `reg_${id}`, dealId: id }));
  const { lines } = position(factsOf({ deals, registrations, planVersions: plan(tiers) }));
  return deals.map(({ id }) => lines.find((line) => line.deal?.id === id)?.amountMinor ?? 0n);
}

describe('tiers', () => {
  it.each([
    ['marginal', ['600', '600', '1000'], [3000n, 2000n + 2000n, 8000n + 4000n]],
    ['retroactive', ['600', '600'], [6000n, 6000n]],
    ['forward-only', ['600', '600', '100'], [3000n, 6000n, 1000n]],
  ])('%s pay deals of %j so', (mode, amounts, cents) => {
    expect(earned(amounts, { mode })).toEqual(cents);
  });

  it.each([
    ['at-or-above', [10000n]],
    ['above', [5000n]],
  ])('give a volume that is exactly a boundary to the band %s', (boundary, cents) => {
    expect(earned(['1000'], { mode: 'retroactive', boundary })).toEqual(cents);
  });

  it.each([
    ['at-or-above', [500n, 1000n, 1000n]],
    ['above', [500n, 500n, 1000n]],
  ])('count deals: %s', (boundary, cents) => {
    const bands = '[{ from: 0, percent: 5 }, { from: 2, percent: 10 }]';
    expect(earned(['100', '100', '100'], { by: 'count', mode: 'forward-only', boundary, bands })).toEqual(cents);
  });

  it('pay marginal volume what it comes to as a whole, to within a cent a deal, however it is cut into deals', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 150_000 }), { minLength: 1, maxLength: 12 }), (cents) => {
        const inParts = earned(cents.map(decimal), {}).reduce((sum, part) => sum + part, 0n);
        const [atOnce = 0n] = earned([decimal(cents.reduce((sum, part) => sum + part, 0))], {});
        const apart = inParts > atOnce ? inParts - atOnce : atOnce - inParts;
        expect(apart).toBeLessThanOrEqual(BigInt(cents.length));
      }),
    );
  });

  it('pay a bonus once in a period, also when a refund lets the band be reached a second time', () => {
    const bonus = '[{ from: 0, percent: 5 }, { from: 1000, percent: 5, bonus: 50 EUR }]';
    const deals = ['1000', '1000'].map((amount, index) =>
      deal({ id: `deal_${index}`, amount, wonAt: new Date(Date.UTC(2026, 2, 1, 10, index)).toISOString() }),
    );
    const registrations = deals.map(({ id }) => registration({ id: `reg_${id}`, dealId: id }));
    const refund = {
      id: 'pmt_1',
      dealId: 'deal_0',
      registrationId: null,
      kind: 'refund',
      amountMinor: 50000n,
      currency: 'EUR' as Currency,
      taxMinor: null,
      receivedOn: asDay('2026-03-02'),
      servicePeriod: null,
      refundOf: null,
    } as const;
    const facts = factsOf({ deals, registrations, payments: [refund], planVersions: plan({ bands: bonus }) });
    const bonuses = position(facts).lines.filter(({ kind }) => kind === 'bonus');
    expect(bonuses.map(({ deal: of }) => of?.id)).toEqual(['deal_0']);
  });
});

function decimal(cents: number): string {
  return `${String(Math.floor(cents / 100))}.${String(cents % 100).padStart(2, '0')}`;
}
