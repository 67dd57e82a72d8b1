import fc from 'fast-check';
import type { AcceleratorText, BandText, BaseText, MultiplierText, PayText, VolumeText } from '../naive/plan-text.js';
import { currency, money, mostly, percent, seldom, written } from './written.js';

const base: fc.Arbitrary<BaseText> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<BaseText>('amount') },
  {
    weight: 1,
    arbitrary: fc.constantFrom<BaseText>('net-of-tax', 'net-of-discount', 'net', 'first-year', 'mrr', 'margin', {
      field: 'services',
    }),
  },
);

const boundary = mostly(fc.constantFrom('at-or-above' as const, 'above' as const));
const ascending = (values: readonly number[]): number[] => [0, ...values.toSorted((a, b) => a - b)];
/** Thresholds that amounts of deals hit exactly: see deals.ts. */
const thresholds = fc.uniqueArray(fc.constantFrom(100, 500, 1000, 1500, 2000, 2500, 10_000), { maxLength: 3 });
const counts = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 3 });

function volume(by: 'amount' | 'count'): fc.Arbitrary<VolumeText> {
  return written({
    by: by === 'count' ? fc.constant(by) : mostly(fc.constant(by)),
    per: mostly(fc.constantFrom('deal' as const, 'month' as const, 'quarter' as const, 'year' as const)),
    mode: mostly(fc.constantFrom('marginal' as const, 'retroactive' as const, 'forward-only' as const)),
    boundary,
    currency: seldom(currency, 6),
    opening: seldom(fc.constantFrom(0, 1, 2, 500, 999, { metric: 'before' }), 4),
  });
}

const amountOrCount = fc.constantFrom('amount' as const, 'amount' as const, 'count' as const);

export const tiers: fc.Arbitrary<PayText> = amountOrCount.chain((by) =>
  fc
    .tuple(volume(by), base, by === 'count' ? counts : thresholds, fc.constantFrom('percent', 'flat'))
    .chain(([terms, of, from, paid]) => {
      const isFlat = paid === 'flat' && by === 'count';
      const band = (at: number): fc.Arbitrary<BandText> =>
        written({
          from: fc.constant(at),
          percent: isFlat ? fc.constant(undefined) : percent,
          flat: isFlat ? money(1, 300) : fc.constant(undefined),
          bonus: seldom(money(1, 100), 6),
        });
      return fc
        .tuple(...ascending(from).map(band))
        .map((bands): PayText => ({ tiers: { ...(isFlat ? {} : { of }), ...terms, bands } }));
    }),
);

const schedule = fc
  .tuple(
    fc.array(fc.record({ months: fc.integer({ min: 1, max: 6 }), percent }), { minLength: 1, maxLength: 3 }),
    mostly(percent),
  )
  .map(([first, last]) => ({ schedule: last === undefined ? first : [...first, { percent: last }] }));

export const revshare: fc.Arbitrary<PayText> = fc
  .tuple(
    fc.oneof(written({ percent, months: mostly(fc.integer({ min: 1, max: 14 })) }), schedule),
    written({
      of: mostly(fc.constantFrom('amount' as const, 'net-of-tax' as const)),
      start: mostly(fc.constantFrom('won' as const, 'first-payment' as const)),
      baseline: seldom(money(1, 60)),
      recognise: mostly(fc.constantFrom('cash' as const, 'straight-line' as const)),
    }),
  )
  .map(([rate, terms]) => ({ revshare: { ...rate, ...terms } }));

export const percentOf: fc.Arbitrary<PayText> = fc.record({ percent, of: base });
export const flat: fc.Arbitrary<PayText> = fc.record({ flat: money(1, 300) });

/** Whether a rule may pay it on the customer's payments, which have no other bases. */
export function canPayOnPayments(pay: PayText): boolean {
  if ('flat' in pay || 'revshare' in pay) return true;
  const of = 'percent' in pay ? pay.of : pay.tiers.of;
  return of === undefined || of === 'amount' || of === 'net-of-tax' || of === 'net';
}

const times = fc.constantFrom<string | number>(1, 1.5, 2, '0.75', '1.333', 0);
const factorBands = (...from: readonly number[]) =>
  fc
    .uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 3 })
    .chain((all) =>
      fc.tuple(...all.toSorted((a, b) => a - b).map((at) => fc.record({ from: fc.constant(at), times }))),
    );

export const accelerator: fc.Arbitrary<AcceleratorText> = amountOrCount.chain((by) =>
  fc
    .tuple(
      volume(by),
      by === 'count' ? fc.constantFrom(1, 2, 3) : fc.constantFrom(333, 500, 1000, 1500),
      factorBands(0, 50, 100, 150, 200),
    )
    .map(([terms, quota, bands]) => ({ ...terms, quota, bands })),
);

const metric = fc.constantFrom('score', 'visits');
export const multiplier: fc.Arbitrary<MultiplierText> = fc.oneof(
  written({
    metric,
    bands: factorBands(0, 50, 80, 95),
    boundary,
    otherwise: mostly(fc.constantFrom('1', '0.5')),
  }),
  written({
    metric,
    target: fc.constantFrom(80, 90, 7),
    least: mostly(fc.constant('0.5')),
    most: mostly(fc.constant('1.2')),
    otherwise: mostly(fc.constant('1')),
  }),
);
