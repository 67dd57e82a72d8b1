import { partnerProgram, type Introduction, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

describe('a commission plan that changes', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeEach(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
  });
  afterEach(() => service.close());

  const put = async (terms: object) => {
    await service.operator.put('/api/v1/plans/standard', { plan: 'standard', effectiveFrom: '2026-01-01', ...terms });
    await service.settled();
  };
  const win = async (introduction: Introduction) => {
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.settled();
  };
  const percent = (rate: number) => ({ rules: [{ id: 'new-business', pay: { percent: rate, of: 'amount' } }] });
  const today = () => service.clock.now().toISOString().slice(0, 10);

  it('is never edited: a version that corrects another adjusts what was booked, and books that today', async () => {
    await put(percent(10));
    const introduction = await program.introduce();
    await win(introduction);
    await service.letDaysPass(3);
    await put({ ...percent(12.5), corrects: 1 });
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'adjustment 300.00 EUR']);
    const [commission, adjustment] = await program.lines(introduction);
    expect(adjustment).toMatchObject({ earnedOn: today(), payableOn: commission?.payableOn });
    await put({ ...percent(12.5), corrects: 1 });
    expect(await program.lines(introduction)).toHaveLength(2);
  });

  it('leaves what was won before its day as it was', async () => {
    await put(percent(10));
    const before = await program.introduce();
    const after = await program.introduce();
    await win(before);
    await service.letDaysPass(2);
    await put({ ...percent(20), effectiveFrom: today() });
    await win(after);
    expect(await program.book(before)).toEqual(['commission 1200.00 EUR']);
    expect(await program.book(after)).toEqual(['commission 2400.00 EUR']);
  });

  it('credits what was won before there was a plan, as soon as there is one', async () => {
    const introduction = await program.introduce();
    await win(introduction);
    expect(await program.book(introduction)).toEqual([]);
    await put(percent(10));
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
  });

  it('pays a fixed sum for a deal without an amount, at once where it holds nothing back', async () => {
    await put({ holdDays: 0, rules: [{ id: 'finders-fee', pay: { flat: '250 EUR' } }] });
    const introduction = await program.introduce({ amount: '' });
    await win(introduction);
    expect(await program.book(introduction)).toEqual(['commission 250.00 EUR']);
    expect(await program.lines(introduction)).toMatchObject([{ status: 'payable', payableOn: today() }]);
  });

  it('lets a commission become payable on the day its hold ends, and the rep sees so', async () => {
    await put(percent(10));
    const introduction = await program.introduce();
    await win(introduction);
    await service.letDaysPass(29);
    expect(await program.lines(introduction)).toMatchObject([{ status: 'pending' }]);
    await service.letDaysPass(1);
    expect(await program.lines(introduction)).toMatchObject([{ status: 'payable' }]);
    expect(service.hubspot.person.record('deals', introduction.crmDealId)?.properties).toMatchObject({
      introducer_commission: '1200.00',
      introducer_commission_status: 'payable',
    });
  });
});
