import { crmRecordsOf, partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const oneOfEach = { contacts: 1, companies: 1, deals: 1 };

describe('a registration on its way into HubSpot', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
  });
  afterEach(() => {
    service.hubspot.configure({ searchLagMs: 0 });
    service.hubspot.flushSearch();
  });
  afterAll(() => service.close());

  it('becomes one contact, one company and one deal, tied together and stamped with the registration', async () => {
    const introduction = await program.introduce();
    const { registrationId, crmDealId } = introduction;
    const { person } = service.hubspot;
    expect(crmRecordsOf(service, introduction)).toEqual(oneOfEach);
    expect(person.record('deals', crmDealId)?.properties).toMatchObject({
      introducer_registration_id: registrationId,
      introducer_status: 'approved',
      amount: '12000.00',
      deal_currency_code: 'EUR',
    });
    const { crm } = await program.registration(registrationId);
    expect(person.associated('deals', crmDealId, 'contacts')).toEqual([crm?.contactId]);
    expect(person.associated('deals', crmDealId, 'companies')).toEqual([crm?.companyId]);
    expect(person.associated('companies', crm?.companyId ?? '', 'contacts')).toEqual([crm?.contactId]);
  });

  it('does not double the records of a customer who is found only seconds later', async () => {
    service.hubspot.configure({ searchLagMs: 4_000 });
    const first = await program.introduce();
    const second = await program.introduce({ prospect: first.prospect, product: 'Another product' });
    expect(second.crmDealId).not.toBe(first.crmDealId);
    expect(crmRecordsOf(service, second)).toEqual(oneOfEach);
    const { crm } = await program.registration(second.registrationId);
    expect((await program.registration(first.registrationId)).crm).toMatchObject({
      contactId: crm?.contactId,
      companyId: crm?.companyId,
    });
  });

  it('makes one company when two registrations of it are approved at the same time', async () => {
    service.hubspot.configure({ searchLagMs: 4_000 });
    const partner = await program.addPartner();
    const prospect = program.newProspect();
    const colleague = { ...prospect, contact: { ...prospect.contact, email: `max@${prospect.company.domain}` } };
    const [one, two] = await Promise.all([
      program.register(partner, { prospect, product: 'Hardware' }),
      program.register(partner, { prospect: colleague, product: 'Software' }),
    ]);
    await Promise.all([program.approve(one.id), program.approve(two.id)]);
    await service.settled();
    const [first, second] = await Promise.all([program.registration(one.id), program.registration(two.id)]);
    expect(first.crm?.companyId).not.toBeNull();
    expect(second.crm?.companyId).toBe(first.crm?.companyId);
    expect(second.crm?.contactId).not.toBe(first.crm?.contactId);
    expect(crmRecordsOf(service, { prospect, registrationId: one.id })).toEqual(oneOfEach);
  });

  it('uses the contact who has the address as a second one, and the company that is there', async () => {
    const prospect = program.newProspect();
    const { person } = service.hubspot;
    const contactId = person.createRecord('contacts', {
      email: `private@elsewhere-${prospect.company.domain}`,
      hs_additional_emails: prospect.contact.email,
    });
    const companyId = person.createRecord('companies', { name: 'Known before', domain: prospect.company.domain });
    const { registrationId } = await program.introduce({ prospect });
    expect((await program.registration(registrationId)).crm).toMatchObject({ contactId, companyId });
  });

  it('shows an operator what is in the CRM already, and the partner nothing of it', async () => {
    const prospect = program.newProspect();
    const { person } = service.hubspot;
    const companyId = person.createRecord('companies', {
      name: prospect.company.name,
      domain: prospect.company.domain,
    });
    const crmDealId = person.createRecord('deals', { dealname: 'Talks', dealstage: 'qualifiedtobuy' }, [
      { type: 'companies', id: companyId, primary: true },
    ]);
    const partner = await program.addPartner();
    const { id, availability } = await program.register(partner, { prospect });
    await service.settled();
    expect(availability).toBe('clear');
    const seen = await program.registration(id);
    expect(seen.status).toBe('in_review');
    expect(seen.conflicts).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'open_opportunity', reference: crmDealId })]),
    );
    const own = await partner.api.get<object>(`/api/v1/registrations/${id}`);
    expect(own).not.toHaveProperty('conflicts');
    expect(own).not.toHaveProperty('crm');
    expect(JSON.stringify(own)).not.toContain(crmDealId);
  });

  it('attaches to the open deal the reviewer names instead of making another', async () => {
    const prospect = program.newProspect();
    const { person } = service.hubspot;
    const companyId = person.createRecord('companies', {
      name: prospect.company.name,
      domain: prospect.company.domain,
    });
    const crmDealId = person.createRecord(
      'deals',
      { dealname: 'Talks', dealstage: 'qualifiedtobuy', amount: '900', deal_currency_code: 'EUR' },
      [{ type: 'companies', id: companyId, primary: true }],
    );
    const partner = await program.addPartner();
    const { id } = await program.register(partner, { prospect });
    await service.settled();
    const conflict = (await program.registration(id)).conflicts?.find((one) => one.reference === crmDealId);
    await program.approve(id, conflict?.dealId ?? '');
    await service.settled();
    expect((await program.registration(id)).crm).toMatchObject({ state: 'linked', crmDealId });
    expect(person.record('deals', crmDealId)?.properties).toMatchObject({
      introducer_registration_id: id,
      dealname: 'Talks',
      dealstage: 'qualifiedtobuy',
      amount: '900',
    });
    expect(crmRecordsOf(service, { prospect, registrationId: id })).toEqual(oneOfEach);
  });
});

it('waits for HubSpot to have our fields when a registration is approved before', async () => {
  const service = await startRunningService({ until: 'listening' });
  try {
    const program = partnerProgram(service);
    const introduction = await program.introduce();
    expect(crmRecordsOf(service, introduction)).toEqual(oneOfEach);
    expect(await program.problems(introduction.registrationId)).toEqual([]);
  } finally {
    await service.close();
  }
});
