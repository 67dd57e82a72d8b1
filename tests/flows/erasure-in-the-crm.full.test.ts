import { crmRecordsOf, partnerProgram, type PartnerProgram, type TestPartner } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { linesWith, wholeDatabase } from '../support/whole-database.js';

describe('the erasure of a contact whom the CRM has, too', () => {
  let service: RunningService;
  let program: PartnerProgram;
  let partner: TestPartner;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await service.operator.put('/api/v1/program', { defaultCurrency: 'EUR' });
    await program.writeStandardPlan();
    partner = await program.addPartner();
  });
  afterAll(() => service.close());

  it('ends what is approved and not yet in the CRM, where no contact is made any more', async () => {
    const other = program.newProspect();
    service.hubspot.addFault({ kind: 'server-error' });
    const { id } = await program.register(partner, { prospect: other });
    await program.approve(id);
    const { status } = await service.operator.send('POST', '/api/v1/erasures', { email: other.contact.email });
    expect(status).toBe(201);
    service.hubspot.clearFaults();
    await service.settled();
    expect((await program.registration(id)).status).toBe('withdrawn');
    // The call that was under way may have made the contact: then a person is told to delete it there.
    const { contacts, companies, deals } = crmRecordsOf(service, { prospect: other, registrationId: id });
    expect({ companies, deals }).toEqual({ companies: 0, deals: 0 });
    expect(await program.problems(id)).toHaveLength(contacts);
  });

  it('follows when HubSpot deletes a contact for privacy, and nothing makes the contact again', async () => {
    const deal = await program.introduce({ partner });
    const { crm } = await program.registration(deal.registrationId);
    const { email, lastName } = deal.prospect.contact;
    service.hubspot.person.deleteForPrivacy(crm?.contactId ?? '');
    await service.settled();
    expect(linesWith(await wholeDatabase(service.db), [email, lastName])).toEqual([]);
    service.hubspot.person.moveDeal(deal.crmDealId, 'closedwon');
    await service.settled();
    await service.readAllDeals();
    await service.settled();
    expect(await program.book(deal)).toEqual(['commission 1200.00 EUR']);
    expect(crmRecordsOf(service, deal)).toMatchObject({ contacts: 0, deals: 1 });
    const { items } = await service.operator.get<{ items: readonly { readonly cause: string }[] }>(
      '/api/v1/erasures?limit=1',
    );
    expect(items).toMatchObject([{ cause: 'crm' }]);
    expect(await program.problems(deal.registrationId)).toEqual([]);
  });

  it('is left to a person where HubSpot deletes whoever is a partner’s own address here', async () => {
    const boss = await program.addPartner();
    const deal = await program.introduce({ partner });
    const { crm } = await program.registration(deal.registrationId);
    await service.operator.send('PATCH', `/api/v1/partners/${boss.id}`, { email: deal.prospect.contact.email });
    service.hubspot.person.deleteForPrivacy(crm?.contactId ?? '');
    await service.settled();
    expect(await program.problems(`hubspot ${crm?.contactId ?? ''}`)).toMatchObject([
      { title: 'A contact deleted in the CRM is in use here' },
    ]);
  });

  it('is never asked of the book: a correction by hand is refused where its reason holds an address', async () => {
    const decision = { partnerId: partner.id, add: { amount: '5.00', currency: 'EUR' } };
    const answer = await service.operator.send('POST', '/api/v1/decisions', {
      ...decision,
      reason: 'as agreed with ida@prospect.com',
    });
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'reason', expected: 'a reason without anybody’s e-mail address' }] },
    });
    expect(
      (await service.operator.send('POST', '/api/v1/decisions', { ...decision, reason: 'as agreed' })).status,
    ).toBe(201);
  });
});
