import fc from 'fast-check';
import type { DealFacts } from '../../../src/plans/facts.js';
import { later } from '../naive/days.js';
import { asDay, deal } from '../sample-facts.js';
import { day, type Told } from './told.js';
import { currency, seldom } from './written.js';

const major = fc.oneof(
  fc.constantFrom('100', '500', '1000', '1500', '2000', '999.99', '1000.01', '0.05', '0.15', '10.25', '1234.565'),
  fc.integer({ min: 1, max: 400_000 }).map((cents) => (cents / 100).toFixed(2)),
);
const amount = fc.oneof(
  { weight: 12, arbitrary: major },
  { weight: 1, arbitrary: fc.constantFrom(null, '', '0', '-10.00', 'many') },
);
const dealCurrency = fc.oneof(
  { weight: 20, arbitrary: currency },
  { weight: 1, arbitrary: fc.constantFrom(null, 'XYZ') },
);

const fields = fc
  .record({
    tax: seldom(fc.constantFrom('19', '0', '190.05'), 2),
    discount: seldom(fc.constantFrom('10.5', '99')),
    term_months: seldom(fc.constantFrom('36', '12', '1', 'x'), 2),
    first_year: seldom(fc.constant('333.33')),
    mrr: seldom(fc.constant('41.67')),
    margin: seldom(fc.constant('120')),
    cost: seldom(fc.constantFrom('700', '90.9')),
    services: seldom(fc.constantFrom('700', '55.555'), 2),
    kind: seldom(fc.constantFrom('new', 'renewal', 'New'), 2),
    products: seldom(fc.constantFrom('storage', 'security; network', 'network'), 2),
  })
  .map((all) =>
    Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  );

/** What may happen to a deal after it was won for the first time. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('amend' as const), amount, currency: dealCurrency, fields }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('reopen' as const, 'lose' as const, 'archive' as const) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('win' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('churn' as const), stayed: fc.integer({ min: -5, max: 400 }) }),
  },
);

/** A deal from its first win on. */
export function dealHistory(id: string): fc.Arbitrary<Told[]> {
  return fc
    .record({
      won: day,
      hour: fc.integer({ min: 10, max: 12 }),
      amount,
      currency: dealCurrency,
      fields,
      steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), step), { maxLength: 3 }),
    })
    .map(({ won, hour, steps, ...first }) => {
      const winOn = (on: string) => ({
        outcome: 'won' as const,
        archived: false,
        wonAt: `${on}T${hour}:00:00.000Z`,
        wonOn: asDay(on),
      });
      let known = deal({ id, ...first, ...winOn(won), revision: 1 });
      let on = won;
      const told: Told[] = [{ on, kind: 'deal', deal: known }];
      for (const [days, change] of steps) {
        on = later(on, days);
        known = { ...known, ...changed(known, change, on, winOn), revision: known.revision + 1 };
        told.push({ on, kind: 'deal', deal: known });
      }
      return told;
    });
}

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

function changed(
  known: DealFacts,
  change: Step,
  on: string,
  winOn: (on: string) => Partial<DealFacts>,
): Partial<DealFacts> {
  switch (change.kind) {
    case 'amend':
      return { amount: change.amount, currency: change.currency, fields: change.fields };
    case 'archive':
      return { archived: true };
    case 'reopen':
    case 'lose':
      return { outcome: change.kind === 'lose' ? 'lost' : 'open', wonAt: null, wonOn: null };
    case 'win':
      return winOn(on);
    case 'churn':
      return { churnedOn: asDay(later(known.wonOn ?? on, change.stayed)) };
  }
}
