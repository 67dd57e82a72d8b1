import { CrmFailure, CrmRejected } from '../../../connectors/contract.js';
import type { HubspotSimulator } from '../../../connectors/hubspot/simulator/start.js';
import type { CrmUnderTest } from '../crm-under-test.js';
import { acme, contactOf, plainRecord, push, pushUntilDone, stampFor } from '../push-registration.js';
import { createObserved, hubspot } from './fake-hubspot.js';
import { startHubspotUnderTest } from './hubspot-under-test.js';

describe('pushing a registration to HubSpot', () => {
  let under: CrmUnderTest & { readonly simulator: HubspotSimulator };
  beforeEach(async () => {
    under = await startHubspotUnderTest();
  });
  afterEach(() => under.close());

  const counts = () => ['contact', 'company', 'deal'].map((kind) => under.crm.records(kind as 'deal').length);

  it.each([
    'ok-instead-of-created',
    'no-content-type',
    'bad-gateway-html',
    'apply-then-bad-gateway',
    'apply-then-server-error',
    'locked',
    'migrating',
  ] as const)('makes each record once although HubSpot answers now and then: %s', async (kind) => {
    under.simulator.addFault({ kind, probability: 0.3, count: 6 });
    await pushUntilDone(() => under.connect(), acme).catch((error: unknown) => error);
    under.simulator.clearFaults();
    await push(under.connect(), acme, true);
    expect(counts()).toEqual([1, 1, 1]);
  });

  it('needs no second attempt for a success in another form than documented', async () => {
    under.simulator.addFault({ kind: 'ok-instead-of-created' });
    await push(under.connect(), acme, false);
    expect(counts()).toEqual([1, 1, 1]);
  });

  it('begins the deal in the first open stage, at noon of its close date, with all that the rep sees', async () => {
    const { dealId } = await push(under.connect(), acme, false);
    expect(under.simulator.person.record('deals', dealId)?.properties).toMatchObject({
      dealstage: 'appointmentscheduled',
      pipeline: 'default',
      closedate: '2026-12-31T12:00:00.000Z',
      deal_currency_code: 'EUR',
      introducer_registration_id: acme.registrationId,
      introducer_partner: 'Northwind Partners',
      introducer_status: 'approved',
      introducer_protected_until: '2027-02-01',
    });
  });

  it('keeps a label that a person gave the tie between deal and company', async () => {
    const connector = under.connect();
    const { dealId, companyId } = await push(connector, acme, false);
    under.simulator.person.associate('deals', dealId, { type: 'companies', id: companyId, primary: true });
    await push(under.connect(), acme, true);
    expect(under.simulator.person.associated('deals', dealId, 'companies')).toEqual([companyId]);
  });

  it('finds the company that holds the domain only in its website', async () => {
    const { person } = under.simulator;
    const id = person.createRecord('companies', { name: 'Acme', website: 'https://shop.acme-robotics.test/start' });
    person.createRecord('companies', { name: 'Other', website: 'https://acme-robotics.test.evil.example' });
    under.crm.catchUpSearch();
    expect((await push(under.connect(), acme, false)).companyId).toBe(id);
  });

  it('names a property that an administrator made required, and works once the rule is gone', async () => {
    under.simulator.configure({ enforceRequired: 'always' });
    under.simulator.person.requireProperties({ objectType: 'deals', properties: ['dealtype'] });
    const failure = await push(under.connect(), acme, false).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmRejected);
    expect(failure).toMatchObject({ vendorMessage: expect.stringContaining('dealtype') });
    under.simulator.person.clearRequired();
    await push(under.connect(), acme, true);
    expect(counts()).toEqual([1, 1, 1]);
  });

  it('names a currency the account does not have', async () => {
    const connector = under.connect();
    const { contactId } = await push(connector, acme, false);
    const request = {
      ...{ registrationId: 'reg_xau', contactId, companyId: null, name: 'Gold', amount: '1', currency: 'XAU' },
      ...{ closeDate: null, stamp: stampFor('reg_xau'), record: plainRecord, mayExist: false },
    };
    await expect(connector.ensureDeal(request)).rejects.toThrow(/deal_currency_code/);
  });

  it('says that a deal was merged when it should be attached to', async () => {
    const { contactId, dealId } = await push(under.connect(), acme, false);
    const other = under.crm.addDeal({ name: 'Other', stageId: 'appointmentscheduled' });
    const survivor = under.crm.mergeDeals(dealId, other);
    const request = { registrationId: 'reg_2', crmDealId: other, contactId, companyId: null, stamp: stampFor('reg_2') };
    await expect(under.connect().attachDeal(request)).rejects.toThrow(`merged into deal ${survivor}`);
  });

  it('throws nothing but the failures of the contract', async () => {
    await under.close();
    const connector = under.connect({ timeoutMs: 200 });
    const failure = await push(connector, acme, false).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CrmFailure);
    under = await startHubspotUnderTest();
  });
});

// Bodies from the facts sheet, section 4.
describe('a contact that HubSpot says exists', () => {
  const email = encodeURIComponent(acme.email);
  const notFound = { status: 'error', message: 'resource not found', category: 'OBJECT_NOT_FOUND' };
  const byEmail = new RegExp(`^/crm/v3/objects/contacts/${email}\\?`);
  beforeEach(() => {
    hubspot().get(byEmail).reply(404, notFound);
    hubspot().post('/crm/v3/objects/contacts/search').reply(200, { total: 0, results: [] });
  });

  it('is the one whose id stands in the text', async () => {
    const message = 'Contact already exists. Existing ID: 51';
    hubspot().post('/crm/v3/objects/contacts').reply(409, { status: 'error', message, category: 'CONFLICT' });
    hubspot()
      .get(/contacts\/51\?/)
      .reply(200, { id: '51', properties: { introducer_registration_id: 'reg_first' } });
    expect(await createObserved().connector.ensureContact(contactOf(acme))).toEqual({ crmId: '51', created: false });
  });

  it('is looked for again when the text names no id', async () => {
    hubspot().post('/crm/v3/objects/contacts').reply(409, { status: 'error', message: 'Contact already exists.' });
    hubspot()
      .get(byEmail)
      .reply(200, { id: '52', properties: { introducer_registration_id: 'reg_first' } });
    expect(await createObserved().connector.ensureContact(contactOf(acme))).toEqual({ crmId: '52', created: false });
  });

  it('is a matter for a person when it cannot be found', async () => {
    const message = 'Contact already exists. Existing ID: 51';
    hubspot().post('/crm/v3/objects/contacts').reply(409, { status: 'error', message, category: 'CONFLICT' });
    hubspot()
      .get(/contacts\/51\?/)
      .reply(404, notFound);
    await expect(createObserved().connector.ensureContact(contactOf(acme))).rejects.toThrow(CrmRejected);
  });
});
