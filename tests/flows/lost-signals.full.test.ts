import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

describe('when HubSpot loses its webhooks', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
    service.hubspot.configure({ webhooks: { lostShare: 1 } });
  });
  afterEach(() => {
    service.hubspot.configure({ searchLagMs: 0 });
    service.hubspot.flushSearch();
  });
  afterAll(() => service.close());

  it('the next sweep finds the won deal and credits it', async () => {
    const introduction = await program.introduce();
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.settled();
    expect(await program.book(introduction)).toEqual([]);
    await service.sweep();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
    await service.sweep();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
  });

  it('a sweep that comes before search has caught up misses nothing, because the next one looks back', async () => {
    const introduction = await program.introduce();
    service.hubspot.configure({ searchLagMs: 60_000 });
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.sweep();
    expect(await program.book(introduction)).toEqual([]);
    service.clock.advanceMs(61_000);
    await service.sweep();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
  });

  it('a deal that was won, reopened and won again between two sweeps earns once, on its last winning', async () => {
    const introduction = await program.introduce();
    const { person } = service.hubspot;
    for (const stage of ['closedwon', 'contractsent', 'closedwon']) {
      person.moveDeal(introduction.crmDealId, stage);
      service.clock.advanceMs(1_000);
    }
    await service.sweep();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
  });

  it('a win that was reopened and won again unseen is taken back and earned anew', async () => {
    const introduction = await program.introduce();
    const { person } = service.hubspot;
    person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.sweep();
    service.clock.advanceMs(1_000);
    person.moveDeal(introduction.crmDealId, 'contractsent');
    service.clock.advanceMs(1_000);
    person.updateRecord('deals', introduction.crmDealId, { dealstage: 'closedwon', amount: '15000' });
    await service.sweep();
    expect(await program.book(introduction)).toEqual([
      'commission 1200.00 EUR',
      'reversal -1200.00 EUR',
      'commission 1500.00 EUR',
    ]);
  });

  it('the full read finds that a won deal was deleted, which no sweep can see', async () => {
    const introduction = await program.introduce();
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.sweep();
    service.hubspot.person.archiveRecord('deals', introduction.crmDealId);
    await service.sweep();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
    await service.readAllDeals();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'reversal -1200.00 EUR']);
  });

  it('a sweep costs no further read for what only we wrote', async () => {
    const introduction = await program.introduce();
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.sweep();
    service.hubspot.resetCalls();
    await service.sweep();
    expect(service.hubspot.calls()).toEqual({ 'POST /crm/objects/deals/search 200': 1 });
  });
});
