import type { SalesforceSimulator } from '../../connectors/salesforce/simulator/start.js';
import { partnerProgram, type PartnerProgram, type Prospect } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface Proposal {
  readonly id: string;
  readonly crmDealId: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

interface PushedLead {
  readonly registrationId: string;
  readonly leadId: string;
}

const ourId = 'Introducer_Registration_Id__c';

describe('a registration on its way through Salesforce', () => {
  let service: RunningService;
  let salesforce: SalesforceSimulator;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService({ salesforce: {} });
    salesforce = service.salesforce!;
    program = partnerProgram(service);
    await program.writeStandardPlan();
    // Both CRMs are connected: what is sold in dollars goes to Salesforce, the rest to HubSpot, the older connection.
    await service.operator.put('/api/v1/program', {
      crmRoutes: [{ connection: 'salesforce', currencies: ['USD'] }, { connection: 'hubspot' }],
    });
    await service.settled();
  });
  afterAll(() => service.close());

  const leadsOf = (prospect: Prospect) =>
    salesforce.person.all('Lead').filter((lead) => lead.values['Email'] === prospect.contact.email);

  const pushLead = async (): Promise<PushedLead> => {
    const prospect = program.newProspect();
    const terms = { prospect, amount: '12000.00', currency: 'USD' };
    const { id: registrationId } = await program.register(await program.addPartner(), terms);
    await program.approve(registrationId);
    await service.settled();
    const [lead, ...others] = leadsOf(prospect);
    expect(others).toEqual([]);
    return { registrationId, leadId: lead?.id ?? '' };
  };

  const look = () => service.sweep('salesforce');
  const win = (opportunityId: string): void => {
    // Salesforce tells times in whole seconds: a win in the second of the approval would look like one before it.
    service.clock.advanceMs(1_000);
    salesforce.person.update(opportunityId, { StageName: 'Closed Won', Amount: 12_000 });
  };
  const gatesNotPassed = async (registrationId: string) => {
    const { gates } = await service.operator.get<{
      gates: readonly { readonly gate: string; readonly passed: boolean }[];
    }>(`/api/v1/registrations/${registrationId}/why`);
    return gates.filter(({ passed }) => !passed).map(({ gate }) => gate);
  };
  const alarms = async (registrationId: string) =>
    (await program.problems(registrationId)).map((problem) => problem.work);
  const proposals = async (registrationId: string) => {
    const { items } = await service.operator.get<{ items: readonly Proposal[] }>(
      `/api/v1/link-proposals?registrationId=${registrationId}&status=open`,
    );
    return items;
  };
  const bookOf = async (registrationId: string) => {
    const { dealId } = await program.registration(registrationId);
    return dealId === null ? null : program.book({ dealId });
  };

  it('is one Lead, is followed through its conversion, and is credited once when the opportunity is won', async () => {
    const { registrationId, leadId } = await pushLead();
    expect(salesforce.person.read(leadId)?.values).toMatchObject({
      [ourId]: registrationId,
      Introducer_Status__c: 'approved',
    });
    expect(await bookOf(registrationId)).toBeNull();

    const { opportunityId } = salesforce.person.convertLead({ leadId });
    await look();
    expect((await program.registration(registrationId)).crm?.crmDealId).toBe(opportunityId);
    expect(salesforce.person.read(opportunityId ?? '')?.values[ourId]).toBe(registrationId);

    win(opportunityId ?? '');
    await look();
    await look();
    expect((await program.registration(registrationId)).status).toBe('won');
    // Credited, and waiting for the end of its hold alone.
    expect(await gatesNotPassed(registrationId)).toEqual(['hold-over']);
    expect(await bookOf(registrationId)).toEqual(['commission 1200.00 USD']);
    expect(salesforce.person.read(opportunityId ?? '')?.values).toMatchObject({
      Introducer_Status__c: 'won',
      Introducer_Commission__c: 1200,
      Introducer_Commission_Currency__c: 'USD',
    });
    expect(await alarms(registrationId)).toEqual([]);
  });

  it('that somebody took off the opportunity is not put on it again by its own conversion', async () => {
    const { registrationId, leadId } = await pushLead();
    const { opportunityId } = salesforce.person.convertLead({ leadId });
    await look();
    expect((await program.registration(registrationId)).crm?.crmDealId).toBe(opportunityId);
    const path = `/api/v1/registrations/${registrationId}/unlink`;
    await service.operator.post(path, { reason: 'another customer’s' });
    await service.settled();
    await look();
    await service.readAllDeals('salesforce');
    expect((await program.registration(registrationId)).crm?.crmDealId).toBeNull();
  });

  it('that is converted without an opportunity alarms rev ops, who choose the one made later', async () => {
    const { registrationId, leadId } = await pushLead();
    const { accountId, contactId } = salesforce.person.convertLead({ leadId, doNotCreateOpportunity: true });
    await look();
    expect(await alarms(registrationId)).toEqual(['conversion-guard']);
    expect(await proposals(registrationId)).toEqual([]);

    const made = [1, 2].map((number) =>
      salesforce.person.create('Opportunity', {
        Name: `Made later ${String(number)}`,
        StageName: 'Prospecting',
        CloseDate: '2027-01-31',
        AccountId: accountId,
        Amount: 12_000,
      }),
    );
    salesforce.person.create('OpportunityContactRole', { OpportunityId: made[0], ContactId: contactId });
    await look();
    const [likeliest, other, ...more] = await proposals(registrationId);
    expect(more).toEqual([]);
    expect([likeliest?.crmDealId, other?.crmDealId]).toEqual(made);
    expect(likeliest?.evidence).toMatchObject({ sameContact: true, sameCompany: true });
    expect(other?.evidence).toMatchObject({ sameContact: false, sameCompany: true });

    await service.operator.post(`/api/v1/link-proposals/${likeliest?.id ?? ''}/accept`, { reason: 'the rep says so' });
    win(made[0] ?? '');
    await look();
    expect(await bookOf(registrationId)).toEqual(['commission 1200.00 USD']);
    expect(await alarms(registrationId)).toEqual([]);
  });

  it('that was merged into another Lead is followed to the opportunity of that one, which never carried our id', async () => {
    const { registrationId, leadId } = await pushLead();
    const survivor = salesforce.person.create('Lead', { LastName: 'Survivor', Company: 'Bigger' });
    salesforce.person.merge(survivor, [leadId]);
    expect(salesforce.person.read(survivor)?.values[ourId] ?? null).toBeNull();
    const { opportunityId } = salesforce.person.convertLead({ leadId: survivor });
    await look();
    win(opportunityId ?? '');
    await look();
    expect(await bookOf(registrationId)).toEqual(['commission 1200.00 USD']);
  });

  it('is made once, although Salesforce made it and the answer was lost', async () => {
    const fault = salesforce.addFault({
      kind: 'apply-then-drop',
      method: 'PATCH',
      path: '/sobjects/Lead/*',
      count: 1,
    });
    const { registrationId } = await pushLead();
    expect(salesforce.faults().find(({ id }) => id === fault)?.hits).toBe(1);
    expect(await alarms(registrationId)).toEqual([]);
  });

  it('stays out of HubSpot, and what is sold in euros stays out of Salesforce', async () => {
    const before = salesforce.person.all('Lead').length;
    const introduction = await program.introduce({ currency: 'EUR' });
    expect(service.hubspot.person.record('deals', introduction.crmDealId)).toBeDefined();
    expect(salesforce.person.all('Lead')).toHaveLength(before);
  });
});
