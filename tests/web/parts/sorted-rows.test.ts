import { sortedRows } from '../../../src/web/parts/sorted-rows.js';

const sorted = (texts: readonly (string | null)[], descending = false) =>
  sortedRows(texts, (text) => text, descending, 'en');

describe('rows sorted by a column', () => {
  it('come by the size of their amounts, not by their letters', () => {
    expect(sorted(['1000.00', '-5.50', '90.00'])).toEqual(['-5.50', '90.00', '1000.00']);
  });

  it('come by name as a reader orders names, whatever letters are capital', () => {
    expect(sorted(['beta', 'Alpha', 'Émile', 'delta'])).toEqual(['Alpha', 'beta', 'delta', 'Émile']);
  });

  it('come by time where they say moments', () => {
    expect(sorted(['2026-03-02T09:00:00.000Z', '2026-03-01'], true)).toEqual([
      '2026-03-02T09:00:00.000Z',
      '2026-03-01',
    ]);
  });

  it('say nothing last, in either direction', () => {
    expect(sorted([null, '2', '1'])).toEqual(['1', '2', null]);
    expect(sorted([null, '2', '1'], true)).toEqual(['2', '1', null]);
  });

  it('keep the order they had where they say the same', () => {
    const rows = [
      { id: 'a', status: 'won' },
      { id: 'b', status: 'lost' },
      { id: 'c', status: 'won' },
    ];
    expect(sortedRows(rows, ({ status }) => status, false, 'en').map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });
});
