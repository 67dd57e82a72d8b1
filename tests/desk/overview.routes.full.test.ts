import { partnerProgram, type PartnerProgram, type TestPartner } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface Month {
  readonly month: string;
  readonly [figure: string]: unknown;
}

interface Overview {
  readonly unanswered: number;
  readonly expiring: { readonly count: number; readonly until: string };
  readonly openPipeline: readonly object[];
  readonly months: readonly Month[];
}

describe('the overview', () => {
  let service: RunningService;
  let program: PartnerProgram;
  let owner: TestPartner;
  let won: string;
  const ids = async (query: string) =>
    (await service.operator.get<{ items: readonly { id: string }[] }>(`/api/v1/registrations?${query}`)).items.map(
      ({ id }) => id,
    );

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
    owner = await program.addPartner();
    const registered = async (amount: string) =>
      (await program.register(owner, { prospect: program.newProspect(), amount, currency: 'EUR' })).id;
    const open = await registered('3000.00');
    won = await registered('12000.00');
    await registered('7000.00');
    for (const id of [open, won]) await program.approve(id);
    await service.settled();
    const { crm } = await program.registration(won);
    service.hubspot.person.moveDeal(crm?.crmDealId ?? '', 'closedwon');
    await service.settled();
  });
  afterAll(() => service.close());

  it('shows what waits, what is open, and what the month brought and cost', async () => {
    const overview = await service.operator.get<Overview>('/api/v1/overview?months=2');
    expect(overview).toMatchObject({
      unanswered: 1,
      overdue: 0,
      openPipeline: [{ amount: '3000.00', currency: 'EUR' }],
    });
    expect(overview.months).toHaveLength(2);
    expect(overview.months[0]).toMatchObject({
      submitted: 3,
      approved: 2,
      rejected: 0,
      pipeline: [{ amount: '15000.00', currency: 'EUR' }],
      cohort: { won: 1, lost: 0, open: 1 },
      winRate: '100.0',
      won: 1,
      revenue: [{ amount: '12000.00', currency: 'EUR' }],
      commission: [{ amount: '1200.00', currency: 'EUR' }],
      cost: [{ currency: 'EUR', percent: '10.0' }],
    });
    expect(overview.months[1]).toMatchObject({ submitted: 0, winRate: null, answerHours: null, revenue: [] });
  });

  it('has the rows behind each figure', async () => {
    const { months, expiring } = await service.operator.get<Overview>('/api/v1/overview');
    const month = months[0]?.month ?? '';
    const days = `from=${month}-01&to=${month}-28`;
    expect(await ids(`by=won&${days}`)).toEqual([won]);
    expect(await ids(`by=approved&${days}`)).toHaveLength(2);
    expect(await ids(`by=submitted&${days}`)).toHaveLength(3);
    const asPartner = await owner.api.get<{ items: readonly { id: string }[] }>(`/api/v1/registrations?by=won&${days}`);
    expect(asPartner.items.map(({ id }) => id)).toEqual([won]);
    expect(await ids('by=won&to=2020-01-01')).toEqual([]);
    expect(await ids(`by=protected&to=${expiring.until}`)).toHaveLength(expiring.count);
    expect(await ids('by=protected&to=2999-01-01')).toHaveLength(2);
  });

  it('refuses a day that is none, by its field', async () => {
    const answer = await service.operator.send('GET', '/api/v1/registrations?from=2026-02-30');
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ field: 'from', value: '"2026-02-30"' }] });
  });

  it('is no partner’s', async () => {
    const partner = await program.addPartner();
    expect((await partner.api.send('GET', '/api/v1/overview')).status).toBe(403);
  });
});
