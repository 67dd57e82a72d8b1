import { hubspotDealAt } from '../../connectors/hubspot/deal-address.js';
import { salesforceDealAt } from '../../connectors/salesforce/deal-address.js';

describe('the deal at an address that was pasted', () => {
  it.each([
    ['https://app.hubspot.com/contacts/4711/record/0-3/9001', '4711', '9001'],
    ['https://app-eu1.hubspot.com/contacts/4711/record/0-3/9001/?eschref=%2Fcontacts', '4711', '9001'],
    ['  app.hubspot.com/contacts/4711/deal/9001 ', '4711', '9001'],
  ])('is found in HubSpot at %s', (address, accountId, crmDealId) => {
    expect(hubspotDealAt(address)).toEqual({ accountId, crmDealId });
    expect(salesforceDealAt(address)).toBeNull();
  });

  it.each([
    'https://acme.lightning.force.com/lightning/r/Opportunity/0065g00000ABCDEAA5/view',
    'https://acme--test.sandbox.lightning.force.com/lightning/r/0065g00000ABCDE/view',
    'https://acme.my.salesforce.com/0065g00000ABCDE',
  ])('is found in Salesforce at %s, in the long form of its id', (address) => {
    expect(salesforceDealAt(address)).toEqual({ accountId: null, crmDealId: '0065g00000ABCDEAA5' });
    expect(hubspotDealAt(address)).toBeNull();
  });

  it.each([
    ['another kind of record', 'https://app.hubspot.com/contacts/4711/record/0-1/9001'],
    ['a company', 'https://acme.lightning.force.com/lightning/r/Account/0015g00000ABCDEAA5/view'],
    ['an account under the name of an opportunity', 'https://acme.my.salesforce.com/0015g00000ABCDE'],
    ['another host that only looks like it', 'https://app.hubspot.com.example.com/contacts/4711/record/0-3/9001'],
    ['a host without the dot before its name', 'https://evilsalesforce.com/0065g00000ABCDE'],
    ['a script', 'javascript:alert(1)'],
    ['an id', '9001'],
    ['words', 'the deal of Brightwater'],
    ['nothing', ''],
  ])('is none for %s', (_what, address) => {
    expect(hubspotDealAt(address)).toBeNull();
    expect(salesforceDealAt(address)).toBeNull();
  });
});
