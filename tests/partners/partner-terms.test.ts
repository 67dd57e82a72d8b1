import { changedTerms, termsOn, type DatedTerms } from '../../src/partners/partner-terms.js';
import { asDay } from '../plans/sample-facts.js';

const bronze = { type: 'agency', tier: 'bronze', tags: ['emea'] };

describe('the terms of a partner', () => {
  const terms: readonly DatedTerms[] = [
    { ...bronze, since: asDay('2026-01-10') },
    { ...bronze, tier: 'gold', since: asDay('2026-04-01') },
  ];

  it.each([
    ['2026-01-09', null],
    ['2026-01-10', 'bronze'],
    ['2026-03-31', 'bronze'],
    ['2026-04-01', 'gold'],
    ['2027-01-01', 'gold'],
  ])('hold from their day until the next ones: on %s %s', (day, tier) => {
    expect(termsOn(terms, asDay(day))?.tier ?? null).toBe(tier);
  });

  it.each([
    [{ tier: 'gold' }, { ...bronze, tier: 'gold' }],
    [{ tier: null }, { ...bronze, tier: null }],
    [{ tags: [] }, { ...bronze, tags: [] }],
    [
      { type: 'reseller', tags: ['emea', 'apac'] },
      { type: 'reseller', tier: 'bronze', tags: ['emea', 'apac'] },
    ],
    [{ tier: 'bronze', tags: ['emea'] }, null],
    [{}, null],
  ])('change by %j only where something differs', (change, after) => {
    expect(changedTerms(bronze, change)).toEqual(after);
  });
});
