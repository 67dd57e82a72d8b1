import fc from 'fast-check';
import { previewBatches, type WonDealRecord } from '../../src/crediting/preview-batches.js';

const won = (dealId: string, ...partnerIds: readonly string[]): WonDealRecord => ({ dealId, name: null, partnerIds });
const shown = (deals: readonly WonDealRecord[], size: number) =>
  previewBatches(deals, size).map(({ dealIds, partnerIds }) => [[...dealIds].join(' '), [...partnerIds].join(' ')]);

describe('the batches of a preview', () => {
  it('keep the deals of a partner together, and name everybody with a claim on them', () => {
    const deals = [won('d1', 'p2'), won('d2', 'p1'), won('d3', 'p3', 'p2'), won('d4')];
    expect(shown(deals, 2)).toEqual([
      ['d1 d3', 'p2 p3'],
      ['d2 d4', 'p1'],
    ]);
  });

  it('are larger than asked for rather than part the deals of a partner', () => {
    expect(shown([won('d1', 'p1'), won('d2', 'p1'), won('d3', 'p2')], 1)).toEqual([
      ['d1 d2', 'p1'],
      ['d3', 'p2'],
    ]);
  });

  it('hold every deal once', () => {
    const record = fc.array(fc.constantFrom('p1', 'p2', 'p3', 'p4'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (claims, size) => {
        const deals = claims.map((partnerIds, n) => won(`d${String(n)}`, ...partnerIds));
        const held = previewBatches(deals, size).flatMap(({ dealIds }) => [...dealIds]);
        expect(held.toSorted()).toEqual(deals.map(({ dealId }) => dealId).toSorted());
      }),
    );
  });
});
