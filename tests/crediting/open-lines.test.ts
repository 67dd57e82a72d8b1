import type { BookedLine } from '../../src/crediting/booked-line.js';
import { openLines } from '../../src/crediting/open-lines.js';
import type { Currency } from '../../src/money/currency.js';
import { asDay } from '../plans/sample-facts.js';

type Given = readonly [
  id: string,
  kind: BookedLine['kind'],
  amountMinor: bigint,
  sourceLineId?: string,
  currency?: string,
];

const open = (...lines: readonly Given[]): readonly string[] =>
  openLines(
    lines.map(([id, kind, amountMinor, sourceLineId, currency], index) => ({
      id,
      key: 'key',
      occasion: 'occasion',
      ordinal: index + 1,
      partnerId: 'par_1',
      payee: 'partner',
      kind,
      component: 'rule',
      amountMinor,
      currency: (currency ?? 'EUR') as Currency,
      payableOn: asDay('2026-03-31'),
      dealId: 'deal_1',
      registrationId: 'reg_1',
      planVersionId: 'pvn_1',
      planVersion: 'standard@1',
      sourceLineId: sourceLineId ?? null,
      paid: false,
    })),
  ).map(({ line, openMinor }) => `${line.id} ${String(openMinor)}`);

describe('what is left of the lines of one thing earned', () => {
  it('is nothing of a line that was reversed', () => {
    expect(open(['a', 'commission', 100n], ['b', 'reversal', -100n, 'a'])).toEqual([]);
  });

  it('is the rest of a line that was reversed in part', () => {
    expect(open(['a', 'commission', 100n], ['b', 'clawback', -30n, 'a'])).toEqual(['a 70']);
  });

  it('is an adjustment beside the line it is about', () => {
    expect(open(['a', 'commission', 100n], ['b', 'adjustment', -30n, 'a'])).toEqual(['a 100', 'b -30']);
  });

  it('is nothing of a line that an adjustment took back whole', () => {
    expect(open(['a', 'commission', 100n], ['b', 'adjustment', -100n, 'a'], ['c', 'commission', 80n])).toEqual([
      'c 80',
    ]);
  });

  it('is nothing when an adjustment was reversed too', () => {
    expect(
      open(
        ['a', 'commission', 100n],
        ['b', 'adjustment', -30n, 'a'],
        ['c', 'reversal', -100n, 'a'],
        ['d', 'reversal', 30n, 'b'],
      ),
    ).toEqual([]);
  });
});
