import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const daysOfProtection = 90;

describe('who comes first, and who comes after', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
  });
  afterAll(() => service.close());

  const win = async (crmDealId: string) => {
    service.hubspot.person.moveDeal(crmDealId, 'closedwon');
    await service.settled();
  };

  it('the same contact under another domain, or the same product spelt otherwise, is the same prospect', async () => {
    const first = await program.introduce({ product: 'Data Hub' });
    const other = program.newProspect();
    const second = await program.rivalOf({
      prospect: { ...other, contact: { ...other.contact, email: first.prospect.contact.email } },
      product: ' DATA  hub',
    });
    expect(second.availability).toBe('taken');
    expect((await program.registration(second.id)).status).toBe('waiting');
  });

  it('a namesake is shown to the reviewer and keeps nobody waiting', async () => {
    const first = await program.introduce();
    const other = program.newProspect();
    const second = await program.rivalOf({
      prospect: { ...other, company: { ...other.company, name: first.prospect.company.name.toUpperCase() } },
    });
    expect(second.availability).toBe('clear');
    const { status, conflicts } = await program.registration(second.id);
    expect(status).toBe('approved');
    expect(conflicts).toContainEqual(expect.objectContaining({ reference: first.registrationId, matchedBy: 'name' }));
  });

  it('a refused extension ends the claim it kept alive', async () => {
    const first = await program.introduce();
    const second = await program.rivalOf({ prospect: first.prospect });
    await service.letDaysPass(daysOfProtection - 1);
    await first.partner.api.post(`/api/v1/registrations/${first.registrationId}/extend`, { reason: 'legal review' });
    await service.letDaysPass(3);
    expect((await program.registration(first.registrationId)).status).toBe('approved');
    await service.operator.post(`/api/v1/registrations/${first.registrationId}/reject`, {
      reason: 'No news since May.',
    });
    await service.settled();
    expect((await program.registration(first.registrationId)).status).toBe('expired');
    expect(await program.registration(second.id)).toMatchObject({ status: 'approved', dealId: first.dealId });
  });

  it('after a sale those who waited are reviewed again, and nobody inherits the won deal', async () => {
    const first = await program.introduce();
    const second = await program.rivalOf({ prospect: first.prospect });
    await win(first.crmDealId);
    await service.letDaysPass(daysOfProtection + 1);
    expect((await program.registration(first.registrationId)).status).toBe('won');
    expect(await program.registration(second.id)).toMatchObject({ status: 'in_review', dealId: null });
    await program.approve(second.id);
    await service.settled();
    expect((await program.registration(second.id)).status).toBe('approved');
    expect(await program.book(first)).toEqual(['commission 1200.00 EUR']);
  });

  it('a lost deal is not inherited: whoever moves up gets a deal of its own', async () => {
    const first = await program.introduce();
    const second = await program.rivalOf({ prospect: first.prospect });
    service.hubspot.person.moveDeal(first.crmDealId, 'closedlost');
    await service.settled();
    await service.letDaysPass(daysOfProtection + 1);
    const movedUp = await program.registration(second.id);
    expect(movedUp.status).toBe('approved');
    expect([null, first.dealId]).not.toContain(movedUp.dealId);
  });

  it('a partner that left the program is neither approved nor moved up', async () => {
    const first = await program.introduce();
    const second = await program.rivalOf({ prospect: first.prospect });
    await service.operator.send('PATCH', `/api/v1/partners/${second.partner.id}`, { status: 'inactive' });
    await first.partner.api.post(`/api/v1/registrations/${first.registrationId}/withdraw`, {});
    await service.settled();
    expect((await program.registration(second.id)).status).toBe('waiting');
    const refused = await service.operator.send('POST', `/api/v1/registrations/${second.id}/approve`, {});
    expect(refused.status).toBe(409);
  });

  it('whose claim ended learns why, and nothing of how the deal went for another', async () => {
    const first = await program.introduce();
    const second = await program.rivalOf({ prospect: first.prospect });
    await service.letDaysPass(daysOfProtection + 1);
    await win(first.crmDealId);
    expect((await program.registration(second.id)).status).toBe('won');
    const path = `/api/v1/registrations/${first.registrationId}/why`;
    const { gates, flags } = await first.partner.api.get<{ gates: { gate: string }[]; flags: unknown[] }>(path);
    expect(gates.map(({ gate }) => gate)).toEqual(['registered', 'deal-linked', 'approved', 'in-time', 'protection']);
    expect(flags).toEqual([]);
  });

  it('a claim that waited leaves no deal to whoever is next, only its place', async () => {
    const elsewhere = await program.introduce();
    const prospect = program.newProspect();
    const partner = await program.addPartner();
    const wanting = await program.register(partner, { prospect });
    await program.approve(wanting.id, elsewhere.dealId);
    const next = await program.rivalOf({ prospect });
    expect([(await program.registration(wanting.id)).status, (await program.registration(next.id)).status]).toEqual([
      'waiting',
      'waiting',
    ]);
    await service.operator.post(`/api/v1/registrations/${wanting.id}/reject`, { reason: 'Not your customer.' });
    await service.settled();
    const movedUp = await program.registration(next.id);
    expect(movedUp.status).toBe('approved');
    expect([null, elsewhere.dealId]).not.toContain(movedUp.dealId);
  });
});
