import { eventually } from '../support/eventually.js';
import { crmRecordsOf, partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { until } from '../support/service-process.js';

describe('what HubSpot refuses', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService({ hubspot: { settings: { enforceRequired: 'always' } } });
    program = partnerProgram(service);
  });
  afterEach(() => {
    service.hubspot.clearFaults();
    service.hubspot.person.clearRequired();
  });
  afterAll(() => service.close());

  const approved = async () => {
    const prospect = program.newProspect();
    const { id } = await program.register(await program.addPartner(), { prospect });
    await program.approve(id);
    await service.settled();
    return { prospect, registrationId: id };
  };
  const retry = async (registrationId: string) => {
    const [problem] = await program.problems(registrationId);
    await service.operator.post(`/api/v1/problems/${problem?.id ?? ''}/retry`);
    await service.settled();
  };

  it('is shown in its words when a property of ours was deleted, and works once it is there again', async () => {
    service.hubspot.person.deleteProperty('deals', 'introducer_partner');
    const introduction = await approved();
    const { registrationId } = introduction;
    const [problem] = await program.problems(registrationId);
    expect(problem?.detail).toContain('Property "introducer_partner" does not exist');
    expect(problem?.detail).toContain('introducer provision');
    expect((await program.registration(registrationId)).crm).toMatchObject({
      state: 'failed',
      problem: { detail: problem?.detail },
    });
    await retry(registrationId);
    expect(await program.problems(registrationId)).toHaveLength(1);
    await service.provision();
    await retry(registrationId);
    expect(await program.problems(registrationId)).toEqual([]);
    expect((await program.registration(registrationId)).crm?.state).toBe('linked');
    expect(crmRecordsOf(service, introduction)).toEqual({ contacts: 1, companies: 1, deals: 1 });
  });

  it('is shown in its words when an administrator requires a property, and works once that is lifted', async () => {
    service.hubspot.person.requireProperties({ objectType: 'deals', properties: ['description'] });
    const introduction = await approved();
    const { registrationId } = introduction;
    const [problem] = await program.problems(registrationId);
    expect(problem?.detail).toContain('description');
    service.hubspot.person.clearRequired();
    await retry(registrationId);
    expect(await program.problems(registrationId)).toEqual([]);
    expect(crmRecordsOf(service, introduction)).toEqual({ contacts: 1, companies: 1, deals: 1 });
  });

  it('is a problem of the connection when deals may no longer be read, which ends by itself once they may', async () => {
    const { crmDealId } = await program.introduce();
    service.hubspot.addFault({ kind: 'missing-scopes', path: '/crm/objects/deals/batch/read' });
    service.hubspot.person.updateRecord('deals', crmDealId, { amount: '1' });
    const problem = await until('a problem of the connection', async () => (await program.problems('hubspot'))[0]);
    expect(problem.title).toBe('The CRM refuses to be read');
    expect(problem.detail).toContain('crm.objects.deals.write');
    service.hubspot.clearFaults();
    await service.operator.post(`/api/v1/problems/${problem.id}/retry`);
    // The reading is committed first and the problem closed after it.
    await eventually('no problem is left', async () => (await program.problems('hubspot')).length === 0);
  });
});
