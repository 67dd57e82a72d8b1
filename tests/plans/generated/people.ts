import fc from 'fast-check';
import type { Currency } from '../../../src/money/currency.js';
import type { Ratio } from '../../../src/money/ratio.js';
import type { MetricFacts, PartnerFacts } from '../../../src/plans/facts.js';
import type { RateSheet } from '../../../src/program/exchange-rates.js';
import { asDay, partner } from '../sample-facts.js';
import { day } from './told.js';
import { mostly, partnerIds, seldom } from './written.js';

/** Each recruited by the next, mostly; some leave, some change their tier. */
export const people: fc.Arbitrary<PartnerFacts[]> = fc.tuple(
  ...partnerIds.map((id, index) =>
    fc
      .record({
        left: seldom(day, 10),
        recruited: fc.constantFrom(true, true, false),
        terms: fc.constantFrom('gold', 'silver', 'bronze', null),
        changes: seldom(fc.tuple(day, fc.constantFrom('gold', 'bronze'))),
        tags: fc.constantFrom<readonly string[]>([], ['strategic'], ['emea', 'Strategic']),
      })
      .map(({ left, recruited, terms, changes, tags }) => {
        const first = { since: asDay('2025-01-01'), type: null, tier: terms, tags };
        return partner({
          id,
          deactivatedAt: left === undefined ? null : `${left}T11:00:00.000Z`,
          recruitedBy: recruited ? (partnerIds[index + 1] ?? null) : null,
          terms: [first, ...(changes === undefined ? [] : [{ ...first, since: asDay(changes[0]), tier: changes[1] }])],
        });
      }),
  ),
);

export const metrics: fc.Arbitrary<MetricFacts[]> = fc.uniqueArray(
  fc.record({
    partnerId: fc.constantFrom(...partnerIds),
    name: fc.constantFrom('score', 'score', 'visits', 'before'),
    period: fc.constantFrom('2026-01', '2026-02', '2026-Q1', '2026', '2026-Q2'),
    value: fc
      .constantFrom(0n, 50n, 80n, 95n, 807n)
      .map((numerator) => ({ numerator, denominator: numerator === 807n ? 10n : 1n })),
  }),
  { maxLength: 8, selector: ({ partnerId, name, period }) => `${partnerId}${name}${period}` },
);

const rate = fc
  .integer({ min: 5000, max: 20_000 })
  .map((value) => ({ numerator: BigInt(value), denominator: 10_000n }));
const yen = fc.integer({ min: 12_000, max: 19_000 }).map((value) => ({ numerator: BigInt(value), denominator: 100n }));
export const rateSheets: fc.Arbitrary<RateSheet[]> = fc
  .uniqueArray(fc.constantFrom('2025-12-01', '2025-12-01', '2026-01-15', '2026-02-28', '2026-03-20'), {
    minLength: 1,
    maxLength: 3,
  })
  .chain((days) =>
    fc.tuple(
      ...days.map((on) =>
        fc.record({ usd: rate, kwd: mostly(rate), jpy: yen }).map(({ usd, kwd, jpy }): RateSheet => {
          const rates: readonly (readonly [string, Ratio | undefined])[] = [
            ['USD', usd],
            ['JPY', jpy],
            ['KWD', kwd],
          ];
          const known = rates.flatMap(([code, one]) => (one === undefined ? [] : [[code as Currency, one] as const]));
          return { base: 'EUR' as Currency, day: asDay(on), rates: new Map(known) };
        }),
      ),
    ),
  );
