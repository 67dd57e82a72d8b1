import { partnerProgram, type Introduction, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { startSweptSalesforce } from '../support/swept-salesforce.js';

interface Change {
  readonly id: string;
  readonly field: string;
  readonly status: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly changedBy: string | null;
  readonly changedHow: string | null;
}

const changesOf = async (service: RunningService, dealId: string): Promise<readonly Change[]> => {
  const path = `/api/v1/changes-after-win?status=all&dealId=${dealId}`;
  return (await service.operator.get<{ items: readonly Change[] }>(path)).items;
};
const ours = 'introducer_registration_id';
const ourPartner = 'introducer_partner';
const decide = (service: RunningService, change: Change | undefined, verb: 'accept' | 'restore') =>
  service.operator.post<Change>(`/api/v1/changes-after-win/${change?.id ?? ''}/${verb}`, { reason: 'as ordered' });

/** However many decimals the CRM gives it. */
const amountOf = (text: string | null | undefined) => text?.replace(/\.0+(?= )/, '');

describe('a won deal that somebody changes in HubSpot', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
  });
  afterAll(() => service.close());

  const win = async (): Promise<Introduction> => {
    const introduction = await program.introduce({ amount: '12000.00' });
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.settled();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
    return introduction;
  };
  const change = async ({ crmDealId }: Introduction, values: Record<string, string>) => {
    service.hubspot.person.updateRecord('deals', crmDealId, values);
    await service.settled();
    // HubSpot tells of no change to our own fields: the sweep finds them.
    await service.sweep();
    await service.settled();
  };
  const holdAmounts = (amount: 'hold' | 'accept') =>
    service.operator.put('/api/v1/program', {
      changesAfterWin: { amount, closeDate: 'accept', registrationId: 'restore' },
    });

  it('is adjusted where the program accepts that, and who changed what from what stays known', async () => {
    const deal = await win();
    await change(deal, { amount: '8000.00' });
    expect(await program.book(deal)).toEqual(['commission 1200.00 EUR', 'adjustment -400.00 EUR']);
    const [seen, ...others] = await changesOf(service, deal.dealId);
    expect(others).toEqual([]);
    expect(seen).toMatchObject({ field: 'amount', status: 'accepted', changedHow: 'CRM_UI' });
    expect([amountOf(seen?.before), amountOf(seen?.after)]).toEqual(['12000 EUR', '8000 EUR']);
    expect(seen?.changedBy).toMatch(/^\d+$/);
  });

  it('carries our registration id again when somebody takes it off or writes another', async () => {
    const deal = await win();
    for (const value of ['', '', 'reg_of_another']) {
      await change(deal, { [ours]: value });
      expect(service.hubspot.person.record('deals', deal.crmDealId)?.properties[ours]).toBe(deal.registrationId);
    }
    expect(await changesOf(service, deal.dealId)).toMatchObject([
      { field: 'registrationId', status: 'restored', before: deal.registrationId, after: 'reg_of_another' },
      { field: 'registrationId', status: 'restored', before: deal.registrationId, after: null },
      { field: 'registrationId', status: 'restored', before: deal.registrationId, after: null },
    ]);
    expect(await program.book(deal)).toEqual(['commission 1200.00 EUR']);
  });

  it('names its partner again when somebody writes another on it, and a renamed partner is no change', async () => {
    const deal = await win();
    const shown = () => service.hubspot.person.record('deals', deal.crmDealId)?.properties[ourPartner];
    const before = shown();
    await change(deal, { [ourPartner]: 'Somebody Else Ltd' });
    expect(shown()).toBe(before);
    await service.operator.send('PATCH', `/api/v1/partners/${deal.partner.id}`, { name: 'Northwind Renamed' });
    await service.settled();
    await change(deal, { dealname: 'Called anew' });
    expect(await changesOf(service, deal.dealId)).toMatchObject([
      { field: 'partner', status: 'restored', before, after: 'Somebody Else Ltd', changedHow: 'CRM_UI' },
    ]);
    expect(await program.book(deal)).toEqual(['commission 1200.00 EUR']);
  });

  it('is credited as it was while a change is held, and follows when somebody accepts it', async () => {
    const deal = await win();
    await holdAmounts('hold');
    await change(deal, { amount: '5000.00' });
    await change(deal, { amount: '4000.00' });
    expect(await program.book(deal)).toEqual(['commission 1200.00 EUR']);
    const [held, ...others] = await changesOf(service, deal.dealId);
    expect(others).toEqual([]);
    expect(held).toMatchObject({ status: 'open' });
    expect([amountOf(held?.before), amountOf(held?.after)]).toEqual(['12000 EUR', '4000 EUR']);
    await expect(
      service.operator.post(`/api/v1/changes-after-win/${held?.id ?? ''}/accept`, {
        reason: 'as ordered',
        after: '5000.00 EUR',
      }),
    ).rejects.toThrow(/changed-again/);
    const clicks = await Promise.all([1, 2].map(() => decide(service, held, 'accept')));
    expect(clicks.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
    await expect(decide(service, held, 'restore')).rejects.toThrow(/accepted already/);
    await service.settled();
    expect(await program.book(deal)).toEqual(['commission 1200.00 EUR', 'adjustment -800.00 EUR']);
  });

  it('is credited by what it says when it is reopened and won anew, whatever was held of the win before', async () => {
    const deal = await win();
    await holdAmounts('hold');
    await change(deal, { amount: '5000.00' });
    const [held] = await changesOf(service, deal.dealId);
    await decide(service, held, 'restore');
    service.hubspot.person.moveDeal(deal.crmDealId, 'contractsent');
    await service.settled();
    await change(deal, { amount: '7000.00' });
    service.hubspot.person.moveDeal(deal.crmDealId, 'closedwon');
    await service.settled();
    expect((await program.book(deal)).at(-1)).toBe('commission 700.00 EUR');
    expect((await changesOf(service, deal.dealId)).map(({ status }) => status)).toEqual(['undone']);
  });

  it('goes on being credited as it was when somebody says that the value before counts', async () => {
    const deal = await win();
    await holdAmounts('hold');
    await change(deal, { amount: '5000.00' });
    const [held] = await changesOf(service, deal.dealId);
    await decide(service, held, 'restore');
    await service.settled();
    expect(await program.book(deal)).toEqual(['commission 1200.00 EUR']);
    await change(deal, { amount: '12000.00' });
    expect((await changesOf(service, deal.dealId)).map(({ status }) => status)).toEqual(['undone', 'restored']);
    expect(await program.book(deal)).toEqual(['commission 1200.00 EUR']);
  });
});

describe('a won deal that somebody changes in Salesforce', () => {
  it('is held with who saved it last, and carries our registration id again', async () => {
    const world = await startSweptSalesforce();
    const { service, salesforce, program } = world;
    await service.operator.put('/api/v1/program', {
      changesAfterWin: { amount: 'hold', closeDate: 'accept', registrationId: 'restore' },
    });
    const lead = await world.convert(await world.pushLead());
    world.win(lead.opportunityId);
    await world.look();
    await service.settled();
    service.clock.advanceMs(2_000);
    const ourField = 'Introducer_Registration_Id__c';
    salesforce.person.update(lead.opportunityId, { Amount: 5_000, [ourField]: null });
    await world.look();
    await service.settled();
    const { dealId } = await program.registration(lead.registrationId);
    const changes = await changesOf(service, dealId ?? '');
    expect(changes.map(({ field, status }) => `${field} ${status}`).sort()).toEqual([
      'amount open',
      'registrationId restored',
    ]);
    expect(changes.every(({ changedBy }) => changedBy?.startsWith('005') === true)).toBe(true);
    expect(world.valuesOf(lead.opportunityId)[ourField]).toBe(lead.registrationId);
    expect(await world.bookOf(lead)).toEqual(['commission 1200.00 USD']);
    await decide(
      service,
      changes.find(({ field }) => field === 'amount'),
      'accept',
    );
    await service.settled();
    expect(await world.bookOf(lead)).toEqual(['commission 1200.00 USD', 'adjustment -700.00 USD']);
    await service.close();
  });
});
