import { position } from '../../src/plans/position.js';
import { factsOf, versions } from './sample-facts.js';

describe('a commission that is divided', () => {
  it('gives a partner that is named, and is the registrant too, both of its parts in one line', () => {
    const planVersions = versions(`
plan: standard
effectiveFrom: 2026-01-01
rules:
  - id: r
    pay: { percent: 10, of: amount }
    split: [{ partner: registrant, percent: 60 }, { partner: par_1, percent: 30 }, { partner: par_2, percent: 10 }]
`);
    const { lines } = position(factsOf({ planVersions }));
    expect(lines.map(({ partnerId, amountMinor }) => [partnerId, amountMinor])).toEqual([
      ['par_1', 9000n],
      ['par_2', 1000n],
    ]);
  });
});
