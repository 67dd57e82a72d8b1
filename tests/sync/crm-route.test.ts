import type { RegistrationTraits } from '../../src/program/registration-terms.js';
import { routeOf, type CrmRoute } from '../../src/sync/crm-route.js';

const nothingKnown: RegistrationTraits = {
  partnerType: null,
  partnerTier: null,
  country: null,
  product: null,
  currency: null,
};

const routes: readonly CrmRoute[] = [
  { connection: 'us', countries: ['US', 'CA'], partnerTypes: ['reseller'] },
  { connection: 'suite', products: ['The Suite'] },
  { connection: 'gold', partnerTiers: ['gold'], currencies: ['EUR'] },
];

describe('which CRM a registration goes to', () => {
  it.each<[string, Partial<RegistrationTraits>, string | null]>([
    ['a reseller in Canada', { partnerType: 'reseller', country: 'CA' }, 'us'],
    ['another partner in Canada', { partnerType: 'referral', country: 'CA' }, null],
    ['a reseller whose prospect’s country is not known', { partnerType: 'reseller' }, null],
    ['the product, however it is spelt', { product: ' the  SUITE' }, 'suite'],
    ['the first rule that fits', { product: 'The Suite', partnerType: 'reseller', country: 'US' }, 'us'],
    ['a gold partner in euros', { partnerTier: 'gold', currency: 'eur' }, 'gold'],
    ['a gold partner in dollars', { partnerTier: 'gold', currency: 'USD' }, null],
  ])('%s', (_name, facts, expected) => {
    expect(routeOf(routes, { ...nothingKnown, ...facts })).toBe(expected);
  });

  it('is the same for everybody where a rule names nothing', () => {
    expect(routeOf([{ connection: 'all' }], nothingKnown)).toBe('all');
    expect(routeOf([], nothingKnown)).toBeNull();
  });
});
