import fc from 'fast-check';

/** What may happen to one of several deals. `deal` and `other` are positions in the list of deals. */
export type Step =
  | { readonly kind: 'move'; readonly deal: number; readonly stage: string }
  | { readonly kind: 'amount'; readonly deal: number; readonly amount: string }
  | { readonly kind: 'currency'; readonly deal: number; readonly currency: string }
  | { readonly kind: 'rewin'; readonly deal: number; readonly amount: string }
  | { readonly kind: 'archive' | 'restore' | 'pay'; readonly deal: number }
  | { readonly kind: 'merge'; readonly deal: number; readonly other: number }
  | { readonly kind: 'webhooks'; readonly lost: number; readonly twice: number }
  | { readonly kind: 'sweep' | 'read-all' | 'rest' };

/** Any sequence of steps over this many deals. Won stages come often, because only what is won is worth something. */
export function walks(deals: number, length: { readonly min: number; readonly max: number }): fc.Arbitrary<Step[]> {
  const deal = fc.nat(deals - 1);
  const amount = fc
    .oneof(fc.constantFrom('', '0', '0.05', '-12.50', '12345', '1234.567'), fc.integer({ min: 1, max: 10_000_000 }))
    .map((value) => (typeof value === 'number' ? (value / 100).toFixed(2) : value));
  const stage = fc.constantFrom('closedwon', 'closedwon', 'closedwon', 'contractsent', 'qualifiedtobuy', 'closedlost');
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('move'), deal, stage }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('amount'), deal, amount }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('rewin'), deal, amount }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('currency'),
        deal,
        currency: fc.constantFrom('', 'EUR', 'USD', 'JPY', 'KWD'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('archive', 'restore', 'restore', 'pay', 'pay'), deal }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge'), deal, other: deal }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('webhooks'),
        lost: fc.constantFrom(0, 0, 0.5, 1),
        twice: fc.constantFrom(0, 1),
      }),
    },
    // Often enough that most changes are seen one by one.
    { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('sweep', 'read-all', 'rest', 'rest', 'rest', 'rest') }) },
  );
  return fc.array(step, { minLength: length.min, maxLength: length.max });
}
