import { position } from '../../src/plans/position.js';
import { deal, factsOf, partner, versions } from './sample-facts.js';

const rule = (text: string) => versions(`plan: standard\neffectiveFrom: 2026-01-01\nrules:\n  - { id: r, ${text} }\n`);
const partners = [partner({ recruitedBy: 'par_2' }), partner({ id: 'par_2' })];
const evaluated = (text: string, amount: string | null = '1000.00') => {
  const found = position(factsOf({ planVersions: rule(text), partners, deals: [deal({ amount })] }));
  const lines = found.lines.map(({ component, amountMinor }) => [component, amountMinor]);
  return { lines, flags: found.flags.map(({ kind }) => kind) };
};

describe('a fixed sum', () => {
  const ofSale = 'pay: { flat: 50 EUR }, overrides: [{ percent: 2, of: sale }]';
  const accelerated = 'pay: { flat: 50 EUR }, accelerator: { quota: 500, bands: [{ from: 100, times: 2 }] }';

  it('has overrides on the sale, which is the amount of the deal', () => {
    expect(evaluated(ofSale).lines).toEqual([
      ['r', 5000n],
      ['r/override-1', 2000n],
    ]);
  });

  it('is accelerated by the amount of the deal', () => {
    // Half of the deal lies beyond the quota.
    expect(evaluated(accelerated).lines).toEqual([['r', 7500n]]);
  });

  it('needs no amount, but what looks at the sale waits for it and says so', () => {
    expect(evaluated('pay: { flat: 50 EUR }', null)).toEqual({ lines: [['r', 5000n]], flags: [] });
    expect(evaluated(ofSale, null)).toEqual({ lines: [['r', 5000n]], flags: ['amount-missing'] });
    expect(evaluated(accelerated, null)).toEqual({ lines: [], flags: ['amount-missing'] });
  });
});
