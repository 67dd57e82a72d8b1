import nock from 'nock';
import { CrmRejected } from '../../../connectors/contract.js';
import { wantedProperties } from '../../../connectors/hubspot/properties.js';
import { startHubspotSimulator } from '../../../connectors/hubspot/simulator/start.js';
import { createObserved, hubspot } from './fake-hubspot.js';

const existing = (type: 'deals' | 'contacts' | 'companies') =>
  wantedProperties[type].map(({ name, type: valueType, unique }) => ({
    name,
    type: valueType,
    hasUniqueValue: unique,
  }));

/** An account that has everything, except what a test takes away (bodies from the facts sheet, section 7). */
function account(deals: readonly object[]): void {
  for (const type of ['deals', 'contacts', 'companies'] as const) {
    hubspot()
      .get(`/crm/v3/properties/${type}/groups`)
      .reply(200, { results: [{ name: 'introducer' }] })
      .persist();
    const results = type === 'deals' ? deals : existing(type);
    hubspot().get(`/crm/v3/properties/${type}?archived=false`).reply(200, { results }).persist();
  }
}

describe('provisioning HubSpot', () => {
  it('makes the group and the properties of design section 4, unique on deals only', async () => {
    const simulator = await startHubspotSimulator();
    const { connector } = createObserved({
      apiUrl: simulator.url,
      auth: { kind: 'static', accessToken: simulator.accessToken },
    });
    const report = await connector.provision();
    expect(report.existing).toEqual([]);
    expect(report.created).toEqual([
      'deals: group introducer',
      'deals: introducer_registration_id',
      'deals: introducer_partner',
      'deals: introducer_status',
      'deals: introducer_protected_until',
      'deals: introducer_commission',
      'deals: introducer_commission_currency',
      'deals: introducer_commission_status',
      'contacts: group introducer',
      'contacts: introducer_registration_id',
      'companies: group introducer',
      'companies: introducer_registration_id',
    ]);
    const again = await connector.provision();
    expect(again).toEqual({ created: [], existing: report.created });

    simulator.person.createRecord('companies', { name: 'A', introducer_registration_id: 'reg_1' });
    simulator.person.createRecord('companies', { name: 'B', introducer_registration_id: 'reg_1' });
    const deal = { dealname: 'A', dealstage: 'appointmentscheduled', introducer_registration_id: 'reg_1' };
    simulator.person.createRecord('deals', deal);
    expect(() => simulator.person.createRecord('deals', deal)).toThrow();
    await simulator.close();
  });

  it('writes nothing when everything is there', async () => {
    account(existing('deals'));
    const { connector, observations } = createObserved();
    expect((await connector.provision()).created).toEqual([]);
    expect(observations).toHaveLength(6);
  });

  it.each([
    [
      'type',
      { type: 'string', name: 'introducer_protected_until' },
      /introducer_protected_until on deals is of type "string" and has to be "date"/,
    ],
    ['uniqueness', { name: 'introducer_registration_id', hasUniqueValue: false }, /does not require unique values/],
    ['read-only', { name: 'introducer_partner', modificationMetadata: { readOnlyValue: true } }, /read-only/],
  ])('says what is wrong with a property of ours that somebody made otherwise: %s', async (_, odd, words) => {
    account(existing('deals').map((property) => (property.name === odd.name ? { ...property, ...odd } : property)));
    const failure = await createObserved()
      .connector.provision()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmRejected);
    expect(failure).toMatchObject({ vendorMessage: expect.stringMatching(words) });
  });

  const withoutPartner = existing('deals').filter((property) => property.name !== 'introducer_partner');
  const partner = existing('deals').filter((property) => property.name === 'introducer_partner');

  it('says how to free a name that an archived property holds', async () => {
    account(withoutPartner);
    hubspot().post('/crm/v3/properties/deals').reply(409, { message: 'exists', category: 'CONFLICT' });
    hubspot().get('/crm/v3/properties/deals?archived=true').reply(200, { results: partner });
    await expect(createObserved().connector.provision()).rejects.toThrow(/archived in HubSpot.*restore it/);
  });

  it('is content when another process made the property a moment ago', async () => {
    hubspot().get('/crm/v3/properties/deals?archived=false').reply(200, { results: withoutPartner });
    account(existing('deals'));
    hubspot().post('/crm/v3/properties/deals').reply(409, { message: 'exists', category: 'CONFLICT' });
    const report = await createObserved().connector.provision();
    expect(report.existing).toContain('deals: introducer_partner');
  });

  it('passes on what else HubSpot refuses', async () => {
    account(withoutPartner);
    hubspot().post('/crm/v3/properties/deals').reply(400, { message: 'limit of properties reached' });
    hubspot().get('/crm/v3/properties/deals?archived=true').reply(200, { results: [] });
    await expect(createObserved().connector.provision()).rejects.toThrow(/limit of properties reached/);
    expect(nock.pendingMocks().filter((mock) => mock.startsWith('POST'))).toEqual([]);
  });
});
