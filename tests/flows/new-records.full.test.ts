import type { SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import { partnerProgram, type PartnerProgram, type Prospect } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const ourId = 'Introducer_Registration_Id__c';

describe('what registrations become in Salesforce', () => {
  let service: RunningService;
  let salesforce: SalesforceSimulator;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService({ salesforce: { settings: { corporateCurrency: 'EUR' } } });
    salesforce = service.salesforce!;
    program = partnerProgram(service);
    await program.writeStandardPlan();
    salesforce.person.makeField('Lead.Product__c', { type: 'Text', length: 80, label: 'Product' });
    salesforce.person.makeField('Opportunity.Region__c', {
      type: 'Picklist',
      label: 'Region',
      valueSet: { restricted: true, valueSetDefinition: { value: [{ fullName: 'EMEA' }, { fullName: 'APAC' }] } },
    });
    await service.operator.put('/api/v1/program', { crmRoutes: [{ connection: 'salesforce' }] });
  });
  afterAll(() => service.close());

  const set = (salesforceRecords: object) =>
    service.operator.put('/api/v1/program', { newRecords: { salesforce: salesforceRecords } });
  const register = async (prospect: Prospect, product?: string) => {
    const { id } = await program.register(await program.addPartner(), {
      prospect,
      amount: '12000.00',
      currency: 'EUR',
      product,
    });
    await program.approve(id);
    await service.settled();
    return id;
  };
  const ofRegistration = (object: string, id: string) =>
    salesforce.person.all(object).filter(({ values }) => values[ourId] === id);
  const shownOn = (recordId: string) => salesforce.person.read(recordId)?.values ?? {};

  it('is a lead of the queue that the settings name, with their values and what the partner said', async () => {
    await set({
      lead: {
        owner: salesforce.people.queue,
        values: { LeadSource: 'Partner', Product__c: 'none' },
        facts: { Product__c: 'product' },
      },
    });
    const [named, unnamed] = [await register(program.newProspect(), 'Suite'), await register(program.newProspect())];
    expect(ofRegistration('Lead', named).map(({ values }) => [values['OwnerId'], values['Product__c']])).toEqual([
      [salesforce.people.queue, 'Suite'],
    ]);
    expect(ofRegistration('Lead', unnamed)[0]?.values).toMatchObject({ Product__c: 'none', LeadSource: 'Partner' });
  });

  it('is account, contact and opportunity at once, while leads that were pushed before are followed and credited', async () => {
    await set({});
    const before = await register(program.newProspect());
    const [lead] = ofRegistration('Lead', before);
    await set({ registrationsBecome: 'deal', deal: { values: { Region__c: 'EMEA' } } });
    const after = await register(program.newProspect());
    expect(ofRegistration('Lead', after)).toEqual([]);
    expect(ofRegistration('Opportunity', after)[0]?.values).toMatchObject({ Region__c: 'EMEA', Amount: 12_000 });
    expect([ofRegistration('Account', after), ofRegistration('Contact', after)].map((all) => all.length)).toEqual([
      1, 1,
    ]);

    await service.operator.post(`/api/v1/registrations/${before}/extend`, { days: 30, reason: 'still talking' });
    await service.settled();
    const { protectedUntil } = await program.registration(before);
    expect(shownOn(lead?.id ?? '')['Introducer_Protected_Until__c']).toBe(protectedUntil);
    const { opportunityId } = salesforce.person.convertLead({ leadId: lead?.id ?? '' });
    await service.sweep('salesforce');
    expect((await program.registration(before)).crm?.crmDealId).toBe(opportunityId);
    service.clock.advanceMs(1_000);
    salesforce.person.update(opportunityId ?? '', { StageName: 'Closed Won', Amount: 12_000 });
    await service.sweep('salesforce');
    const { dealId, status } = await program.registration(before);
    expect(status).toBe('won');
    expect(await program.book({ dealId: dealId ?? '' })).toEqual(['commission 1200.00 EUR']);
  });

  it('is an opportunity on the account that the check finds, and a lead where it finds none', async () => {
    await set({ registrationsBecome: 'deal-where-company-known' });
    const known = program.newProspect();
    const accountId = salesforce.person.create('Account', {
      Name: 'Their own words for it',
      Website: `https://www.${known.company.domain}/`,
    });
    const onAccount = await register(known);
    expect(ofRegistration('Lead', onAccount)).toEqual([]);
    expect(ofRegistration('Opportunity', onAccount).map(({ values }) => values['AccountId'])).toEqual([accountId]);
    const unknown = await register(program.newProspect());
    expect(ofRegistration('Lead', unknown)).toHaveLength(1);
    expect(ofRegistration('Opportunity', unknown)).toEqual([]);
  });

  it('is set aside with the words of Salesforce where a value cannot be, and made once when that is mended', async () => {
    await set({ registrationsBecome: 'deal', deal: { values: { Region__c: 'Mars' } } });
    const id = await register(program.newProspect());
    const [problem] = await program.problems(id);
    expect(problem?.detail).toContain('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    await set({ registrationsBecome: 'deal', deal: { values: { Region__c: 'APAC' } } });
    await service.operator.post(`/api/v1/problems/${problem?.id ?? ''}/retry`);
    await service.settled();
    expect(ofRegistration('Opportunity', id).map(({ values }) => values['Region__c'])).toEqual(['APAC']);
    expect(await program.problems(id)).toEqual([]);
  });

  it('ends as a lead where it was begun as one, although the settings changed in between', async () => {
    await set({ registrationsBecome: 'lead' });
    const fault = { kind: 'error', path: '/sobjects/Lead/*', method: 'PATCH', status: 400 } as const;
    salesforce.addFault({ ...fault, errorCode: 'REQUIRED_FIELD_MISSING', count: 1 });
    const id = await register(program.newProspect());
    const [problem] = await program.problems(id);
    await set({ registrationsBecome: 'deal' });
    await service.operator.post(`/api/v1/problems/${problem?.id ?? ''}/retry`);
    await service.settled();
    expect([ofRegistration('Lead', id), ofRegistration('Opportunity', id)].map((all) => all.length)).toEqual([1, 0]);
  });

  it('passes duplicate rules that only warn where the settings say so', async () => {
    salesforce.person.addDuplicateRule({ entity: 'Lead', name: 'Same company', action: 'alert', fields: ['Company'] });
    const twin = (prospect: Prospect, name: string): Prospect => ({
      ...prospect,
      company: { ...prospect.company, name },
    });
    await set({ registrationsBecome: 'lead' });
    await register(twin(program.newProspect(), 'Twin Ltd'));
    const refused = await register(twin(program.newProspect(), 'Twin Ltd'));
    expect((await program.problems(refused))[0]?.detail).toContain('DUPLICATES_DETECTED');
    await set({ registrationsBecome: 'lead', allowDuplicates: true });
    const passed = await register(twin(program.newProspect(), 'Twin Ltd'));
    expect(ofRegistration('Lead', passed)).toHaveLength(1);
    salesforce.person.clearRules();
  });

  describe('as a lead shows', () => {
    beforeAll(() => set({ registrationsBecome: 'lead' }));

    it('that it was withdrawn, in one more call, and nothing once it was converted', async () => {
      const id = await register(program.newProspect());
      const leadId = ofRegistration('Lead', id)[0]?.id ?? '';
      salesforce.resetCalls();
      await service.operator.post(`/api/v1/registrations/${id}/withdraw`, { reason: 'they bought elsewhere' });
      await service.settled();
      expect(shownOn(leadId)['Introducer_Status__c']).toBe('withdrawn');
      expect(Object.entries(salesforce.calls()).filter(([call]) => call.includes('composite/sobjects'))).toEqual([
        [expect.any(String), 1],
      ]);
    });

    it('what was decided while nobody knew that it was converted on its opportunity alone', async () => {
      const id = await register(program.newProspect());
      const leadId = ofRegistration('Lead', id)[0]?.id ?? '';
      const { protectedUntil: before } = await program.registration(id);
      const { opportunityId } = salesforce.person.convertLead({ leadId });
      await service.operator.post(`/api/v1/registrations/${id}/extend`, { days: 30, reason: 'still talking' });
      await service.settled();
      // The write that Salesforce refused is what told of the conversion: nothing was swept.
      const { protectedUntil: after, crm } = await program.registration(id);
      expect(crm?.crmDealId).toBe(opportunityId);
      expect(shownOn(leadId)['Introducer_Protected_Until__c']).toBe(before);
      expect(shownOn(opportunityId ?? '')['Introducer_Protected_Until__c']).toBe(after);
      expect(await program.problems(id)).toEqual([]);
    });

    it('what its approval earned, and that it was paid, before there is a deal', async () => {
      const partner = await program.addPartner();
      await service.operator.put('/api/v1/plans/fee', {
        plan: 'fee',
        effectiveFrom: '2026-01-01',
        holdDays: 0,
        for: { partner: partner.id },
        rules: [{ id: 'fee', on: 'approved', pay: { flat: '50 EUR' } }],
      });
      const { id } = await program.register(partner);
      await program.approve(id);
      await service.settled();
      const leadId = ofRegistration('Lead', id)[0]?.id ?? '';
      expect(shownOn(leadId)).toMatchObject({
        Introducer_Commission__c: 50,
        Introducer_Commission_Status__c: 'payable',
      });
      const { items } = await service.operator.get<{ items: readonly { readonly id: string }[] }>(
        `/api/v1/commissions?registrationId=${id}`,
      );
      await service.operator.post('/api/v1/payouts/external', {
        lines: items.map((line) => line.id),
        paidOn: service.clock.now().toISOString().slice(0, 'YYYY-MM-DD'.length),
        reference: 'transfer 1',
      });
      await service.settled();
      expect(shownOn(leadId)).toMatchObject({ Introducer_Commission__c: 50, Introducer_Commission_Status__c: 'paid' });
    });

    it('on the lead that it was merged into', async () => {
      const id = await register(program.newProspect());
      const leadId = ofRegistration('Lead', id)[0]?.id ?? '';
      const survivor = salesforce.person.create('Lead', { LastName: 'Survivor', Company: 'Bigger' });
      salesforce.person.merge(survivor, [leadId]);
      await service.sweep('salesforce');
      expect(shownOn(survivor)).toMatchObject({ [ourId]: id, Introducer_Status__c: 'approved' });
    });

    it('nothing where a rule of Salesforce refuses, which is said in its words and retried', async () => {
      const id = await register(program.newProspect());
      const leadId = ofRegistration('Lead', id)[0]?.id ?? '';
      const message = 'Hands off withdrawn leads';
      salesforce.person.addValidationRule({ entity: 'Lead', errorWhen: "Introducer_Status__c = 'withdrawn'", message });
      await service.operator.post(`/api/v1/registrations/${id}/withdraw`, { reason: 'they bought elsewhere' });
      await service.settled();
      const [problem] = await program.problems(id);
      expect(problem).toMatchObject({ work: 'write-back', detail: expect.stringContaining(message) });
      salesforce.person.clearRules();
      await service.operator.post(`/api/v1/problems/${problem?.id ?? ''}/retry`);
      await service.settled();
      expect(shownOn(leadId)['Introducer_Status__c']).toBe('withdrawn');
      expect(await program.problems(id)).toEqual([]);
    });
  });
});

describe('new records in HubSpot', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
  });
  afterAll(() => service.close());

  it('have the values of the settings, and what the partner said, beside what is known', async () => {
    await service.operator.put('/api/v1/program', {
      newRecords: {
        hubspot: {
          deal: { values: { description: 'no product named' }, facts: { description: 'product' } },
          contact: { values: { jobtitle: 'introduced', email: 'nobody@nowhere.com' } },
          company: { values: { phone: '0' } },
        },
      },
    });
    const { crmDealId, registrationId, prospect } = await program.introduce({ product: 'Suite' });
    const { crm } = await program.registration(registrationId);
    const shown = (type: string, id: string | null | undefined) =>
      service.hubspot.person.record(type, id ?? '')?.properties;
    expect(shown('deals', crmDealId)).toMatchObject({ description: 'Suite' });
    expect(shown('contacts', crm?.contactId)).toMatchObject({ jobtitle: 'introduced', email: prospect.contact.email });
    expect(shown('companies', crm?.companyId)).toMatchObject({ phone: '0' });
  });
});
