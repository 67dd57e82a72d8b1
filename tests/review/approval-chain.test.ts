import { programChange } from '../../src/program/program.api.js';
import { fitsRule, stepsFor, stepsLeft } from '../../src/review/approval-chain.js';

const limit = { amount: '100000', currency: 'EUR' };
const { approvalChain: chain = [], approvalRules: rules = [] } = programChange.parse({
  approvalChain: [
    { name: 'Channel', role: 'channel-manager' },
    { name: 'Finance', role: 'rev-ops', amountFrom: limit },
  ],
  approvalRules: [{ partnerTiers: ['Gold'], amountUpTo: limit }],
});
const traits = { partnerType: 'reseller', partnerTier: 'gold', country: 'DE', product: null };
const of = (amount: string | null, currency: string | null) => ({ ...traits, amount, currency });
const namesFor = (amount: string | null, currency: string | null) =>
  stepsFor(chain, of(amount, currency)).map(({ name }) => name);

describe('the steps of an approval', () => {
  it('depend on the amount', () => {
    expect(namesFor('99999.99', 'EUR')).toEqual(['Channel']);
    expect(namesFor('100000.00', 'EUR')).toEqual(['Channel', 'Finance']);
  });

  it('are all asked for where the amount is not said or cannot be compared', () => {
    expect(namesFor(null, null)).toEqual(['Channel', 'Finance']);
    expect(namesFor('5', 'USD')).toEqual(['Channel', 'Finance']);
  });
});

describe('what is left of a chain', () => {
  it('is what nobody took by its name, also when a step was put before it meanwhile', () => {
    const grown = [{ name: 'Channel' }, { name: 'Finance' }, { name: 'Legal' }];
    expect(stepsLeft(grown, [{ name: 'Finance' }])).toEqual([{ name: 'Channel' }, { name: 'Legal' }]);
  });
});

describe('a rule that approves by itself', () => {
  it('fits up to its amount, and nobody it does not name', () => {
    expect(fitsRule(rules, of('100000', 'EUR'))).toBe(true);
    expect(fitsRule(rules, of('100000.01', 'EUR'))).toBe(false);
    expect(fitsRule(rules, { ...of('5', 'EUR'), partnerTier: 'silver' })).toBe(false);
  });

  it('does not fit what names no amount in its currency', () => {
    expect(fitsRule(rules, of(null, null))).toBe(false);
    expect(fitsRule(rules, of('5', 'USD'))).toBe(false);
    expect(fitsRule([], of('5', 'EUR'))).toBe(false);
  });
});
