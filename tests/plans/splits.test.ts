import { position } from '../../src/plans/position.js';
import { factsOf, partner, registration, versions } from './sample-facts.js';

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

  it('gives nothing to a partner that has left, also where each is paid by its own plan', () => {
    const half = { numerator: 1n, denominator: 2n };
    const shares = ['par_1', 'par_2'].map((partnerId) => ({ partnerId, share: half }));
    const facts = factsOf({
      planVersions: versions(`
plan: standard
effectiveFrom: 2026-01-01
shareBy: own-plans
rules: [{ id: r, pay: { percent: 10, of: amount } }]
`),
      registrations: [registration({ shares })],
      partners: [partner(), partner({ id: 'par_2', deactivatedAt: '2026-02-15T08:00:00.000Z' })],
    });
    const { lines, flags } = position(facts);
    expect(lines.map(({ partnerId, amountMinor }) => [partnerId, amountMinor])).toEqual([['par_1', 5000n]]);
    expect(flags).toMatchObject([{ kind: 'partner-inactive', evidence: { partnerId: 'par_2' } }]);
  });
});
