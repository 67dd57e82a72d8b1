import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

describe('a deal that moves about in HubSpot', () => {
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

  it('loses its commission when it is deleted and has it again when it is restored', async () => {
    const introduction = await program.introduce();
    const { person } = service.hubspot;
    await win(introduction.crmDealId);
    person.archiveRecord('deals', introduction.crmDealId);
    await service.settled();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'reversal -1200.00 EUR']);
    expect((await program.registration(introduction.registrationId)).crm?.presence).toBe('archived');
    person.restoreRecord('deals', introduction.crmDealId);
    await service.settled();
    expect(await program.book(introduction)).toEqual([
      'commission 1200.00 EUR',
      'reversal -1200.00 EUR',
      'commission 1200.00 EUR',
    ]);
  });

  it('keeps its commission when it is merged, and is followed under its new id', async () => {
    const introduction = await program.introduce();
    const { person } = service.hubspot;
    await win(introduction.crmDealId);
    const other = person.createRecord('deals', { dealname: 'A double', dealstage: 'qualifiedtobuy' });
    const survivor = person.mergeRecords('deals', introduction.crmDealId, other);
    await service.settled();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
    expect((await program.registration(introduction.registrationId)).crm?.crmDealId).toBe(survivor);
    person.updateRecord('deals', survivor, { amount: '13000.00' });
    await service.settled();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'adjustment 100.00 EUR']);
    expect(person.record('deals', survivor)?.properties).toMatchObject({ introducer_commission: '1300.00' });
  });

  it('credits the earlier of two partners once when both their deals are merged and won', async () => {
    const first = await program.introduce();
    const second = await program.introduce();
    const { person } = service.hubspot;
    const survivor = person.mergeRecords('deals', second.crmDealId, first.crmDealId);
    await service.settled();
    await win(survivor);
    expect(await program.book(first)).toEqual(['commission 1200.00 EUR']);
    expect(await program.book(second)).toEqual([]);
    const lines = await service.operator.get<{ items: readonly unknown[] }>(
      `/api/v1/commissions?partnerId=${second.partner.id}`,
    );
    expect(lines.items).toEqual([]);
  });

  it('takes back what the eaten one of two won deals had earned', async () => {
    const first = await program.introduce();
    const second = await program.introduce();
    const { person } = service.hubspot;
    await win(first.crmDealId);
    await win(second.crmDealId);
    person.mergeRecords('deals', first.crmDealId, second.crmDealId);
    await service.settled();
    expect(await program.book(first)).toEqual(['commission 1200.00 EUR']);
    expect(await program.book(second)).toEqual(['commission 1200.00 EUR', 'reversal -1200.00 EUR']);
  });

  it('is followed although the merge itself was not told of', async () => {
    const introduction = await program.introduce();
    const { person } = service.hubspot;
    service.hubspot.configure({ webhooks: { lostShare: 1 } });
    const other = person.createRecord('deals', { dealname: 'A double', dealstage: 'qualifiedtobuy' });
    const survivor = person.mergeRecords('deals', other, introduction.crmDealId);
    await service.hubspot.webhooks.idle();
    service.hubspot.configure({ webhooks: { lostShare: 0 } });
    person.updateRecord('deals', survivor, { amount: '7000', deal_currency_code: 'EUR', dealstage: 'closedwon' });
    await service.settled();
    await service.sweep();
    expect(await program.book(introduction)).toEqual(['commission 700.00 EUR']);
  });
});
