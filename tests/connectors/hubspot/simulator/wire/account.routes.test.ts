import { rawCall, refusalOf, useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot({ portalId: 62515, homeCurrency: 'EUR', currencies: { EUR: '1.0', USD: '0.9' } });

describe('the account', () => {
  it('says who it is, under its old and its dated path', async () => {
    for (const path of ['/account-info/v3/details', '/account-info/2026-09/details']) {
      const { body } = await rawCall(hubspot.simulator, 'GET', path);
      expect(body).toMatchObject({ portalId: 62515, companyCurrency: 'EUR', additionalCurrencies: ['USD'] });
    }
  });

  it('lists its owners, whose id is not their user id', async () => {
    const { results } = await hubspot.client.crm.owners.ownersApi.getPage('rosa.rep@example.com');
    expect(results).toMatchObject([{ id: '71001', userId: 5001, archived: false }]);
    const byUser = await hubspot.client.crm.owners.ownersApi.getById(5001, 'userId');
    expect(byUser.id).toBe('71001');
    const archived = await hubspot.client.crm.owners.ownersApi.getPage(undefined, undefined, undefined, true);
    expect(archived.results).toMatchObject([{ id: '71003', userIdIncludingInactive: 5003 }]);
    expect((await refusalOf(hubspot.client.crm.owners.ownersApi.getById(71003))).code).toBe(404);
  });

  it('answers 404 for paths it does not have, and for a base address with a slash too many', async () => {
    expect((await rawCall(hubspot.simulator, 'GET', '/crm/v9/objects/deals')).status).toBe(404);
    expect((await rawCall(hubspot.simulator, 'GET', '//crm/v3/objects/deals')).status).toBe(404);
    expect((await rawCall(hubspot.simulator, 'GET', '/crm/v3/objects/unicorns')).status).toBe(400);
  });
});
