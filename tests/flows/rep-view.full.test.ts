import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

describe('what the sales rep sees on the deal in HubSpot', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
  });
  afterAll(() => service.close());

  const shown = (crmDealId: string, property: string): string | null | undefined =>
    service.hubspot.person.record('deals', crmDealId)?.properties[`introducer_${property}`];

  it('follows the commission from won to the end of the hold, although nothing happens on that day', async () => {
    const { crmDealId } = await program.introduce({ amount: '5000.00' });
    expect(shown(crmDealId, 'status')).toBe('approved');
    service.hubspot.person.moveDeal(crmDealId, 'closedwon');
    await service.settled();
    expect(shown(crmDealId, 'commission')).toBe('500.00');
    expect(shown(crmDealId, 'commission_status')).toBe('pending');
    expect(shown(crmDealId, 'status')).toBe('won');
    await service.letDaysPass(31);
    expect(shown(crmDealId, 'commission_status')).toBe('payable');
  });

  it('says that a registration was lost although it never earned anything', async () => {
    const { crmDealId } = await program.introduce();
    service.hubspot.person.moveDeal(crmDealId, 'closedlost');
    await service.settled();
    expect(shown(crmDealId, 'status')).toBe('lost');
    expect(shown(crmDealId, 'commission') ?? null).toBeNull();
  });

  it('says that protection ended', async () => {
    const { crmDealId } = await program.introduce();
    await service.letDaysPass(92);
    expect(shown(crmDealId, 'status')).toBe('expired');
  });
});

describe('a returned registration', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
  });
  afterAll(() => service.close());

  it('keeps its first submission time when the partner answers, but cannot become a claim on another company', async () => {
    const partner = await program.addPartner();
    const { id } = await program.register(partner);
    const submittedAt = async (): Promise<unknown> =>
      (await service.operator.get<{ submittedAt: string }>(`/api/v1/registrations/${id}`)).submittedAt;
    const first = await submittedAt();
    await service.operator.post(`/api/v1/registrations/${id}/return`, { reason: 'Which product do they need?' });
    const elsewhere = { name: 'Hot Prospect', domain: 'hot-prospect.com' };
    const refused = await partner.api.send('POST', `/api/v1/registrations/${id}/resubmit`, { company: elsewhere });
    expect(refused.status).toBe(409);
    service.clock.advanceDays(1);
    await partner.api.post(`/api/v1/registrations/${id}/resubmit`, { note: 'Route planning' });
    await service.settled();
    const after = await service.operator.get<{ status: string; note: string }>(`/api/v1/registrations/${id}`);
    expect(after).toMatchObject({ status: 'in_review', note: 'Route planning' });
    expect(await submittedAt()).toBe(first);
  });
});
