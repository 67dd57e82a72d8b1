import {
  partnerProgram,
  type Introduction,
  type PartnerProgram,
  type TestPartner,
} from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

/** Each deal brings 12000.00 EUR: the second of a month reaches the upper tier. */
const tiers = {
  plan: 'standard',
  effectiveFrom: '2026-01-01',
  rules: [
    {
      id: 'volume',
      pay: {
        tiers: {
          of: 'amount',
          per: 'year',
          mode: 'retroactive',
          bands: [
            { from: 0, percent: 5 },
            { from: 20_000, percent: 10 },
          ],
        },
      },
    },
  ],
};

describe('the deals of a partner under tiers of a year', () => {
  let service: RunningService;
  let program: PartnerProgram;
  let partner: TestPartner;

  beforeEach(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await service.operator.put('/api/v1/plans/standard', tiers);
    await service.settled();
    partner = await program.addPartner();
  });
  afterEach(() => service.close());

  const move = async (stage: string, ...introductions: readonly Introduction[]) => {
    for (const { crmDealId } of introductions) service.hubspot.person.moveDeal(crmDealId, stage);
    await service.settled();
  };

  const net = async (introduction: Introduction) =>
    (await program.lines(introduction)).reduce((sum, { amount }) => sum + Number(amount), 0);
  const become = async (status: string) => {
    const { status: answer } = await service.operator.send('PATCH', `/api/v1/partners/${partner.id}`, { status });
    expect(answer).toBe(200);
    await service.settled();
  };

  it('rise together when one more reaches a tier, stay while it holds, and fall together', async () => {
    const [first, second, third] = [
      await program.introduce({ partner }),
      await program.introduce({ partner }),
      await program.introduce({ partner }),
    ];
    await move('closedwon', first);
    expect(await program.book(first)).toEqual(['commission 600.00 EUR']);
    await move('closedwon', second);
    expect(await program.book(first)).toEqual(['commission 600.00 EUR', 'adjustment 600.00 EUR']);
    await move('closedwon', third);
    await move('contractsent', second);
    expect(await program.book(first)).toHaveLength(2);
    expect(await program.book(second)).toEqual(['commission 1200.00 EUR', 'reversal -1200.00 EUR']);
    await move('contractsent', third);
    expect(await program.book(first)).toEqual([
      'commission 600.00 EUR',
      'adjustment 600.00 EUR',
      'adjustment -600.00 EUR',
    ]);
    expect(await program.book(third)).toEqual(['commission 1200.00 EUR', 'reversal -1200.00 EUR']);
  });

  it('rise together although the CRM says of both at once that they are won', async () => {
    const [first, second] = [await program.introduce({ partner }), await program.introduce({ partner })];
    await move('closedwon', first, second);
    expect(await Promise.all([net(first), net(second)])).toEqual([1200, 1200]);
  });

  it('earn nothing while the partner has left, and all of it once it is back', async () => {
    const [first, second] = [await program.introduce({ partner }), await program.introduce({ partner })];
    await move('closedwon', first);
    await service.letDaysPass(1);
    await become('inactive');
    await service.letDaysPass(1);
    await move('closedwon', second);
    expect(await program.book(first)).toEqual(['commission 600.00 EUR']);
    expect(await program.book(second)).toEqual([]);
    await become('active');
    expect(await net(first)).toBe(1200);
    expect(await program.book(second)).toEqual(['commission 1200.00 EUR']);
  });
});
