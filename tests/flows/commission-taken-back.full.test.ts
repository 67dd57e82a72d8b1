import { runCommand } from '../../src/commands.js';
import type { Introduction, LeadTerms, PartnerProgram } from '../support/partner-program.js';
import { partnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

describe('a won deal that changes', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
  });
  afterAll(() => service.close());

  const change = async ({ crmDealId }: Introduction, properties: Readonly<Record<string, string>>) => {
    service.hubspot.person.updateRecord('deals', crmDealId, properties);
    await service.settled();
  };
  const won = async (terms?: LeadTerms): Promise<Introduction> => {
    const introduction = await program.introduce(terms);
    await change(introduction, { dealstage: 'closedwon' });
    return introduction;
  };
  const pay = async (introduction: Introduction) => {
    const lines = (await program.lines(introduction)).map((line) => line.id);
    await service.operator.post('/api/v1/payouts/external', {
      lines,
      paidOn: today(),
      reference: `BANK ${lines[0] ?? ''}`,
    });
  };
  const introducer = async (...argv: readonly string[]) => {
    let said = '';
    const say = (text: string) => {
      said += text;
    };
    const code = await runCommand({ argv, cwd: '.' }, { stdout: say, stderr: say }, () =>
      Promise.resolve(service.internals),
    );
    return { code, said };
  };
  const today = () => service.clock.now().toISOString().slice(0, 10);

  it('has its commission reversed when it is reopened, and earns anew when it is won again at another amount', async () => {
    const introduction = await won();
    await change(introduction, { dealstage: 'contractsent' });
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'reversal -1200.00 EUR']);
    await change(introduction, { dealstage: 'closedwon', amount: '15000.00' });
    expect(await program.book(introduction)).toEqual([
      'commission 1200.00 EUR',
      'reversal -1200.00 EUR',
      'commission 1500.00 EUR',
    ]);
    expect(service.hubspot.person.record('deals', introduction.crmDealId)?.properties).toMatchObject({
      introducer_commission: '1500.00',
    });
  });

  it('has its commission reversed when it is lost after all, and the rep sees so', async () => {
    const introduction = await won();
    await change(introduction, { dealstage: 'closedlost' });
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'reversal -1200.00 EUR']);
    expect(service.hubspot.person.record('deals', introduction.crmDealId)?.properties).toMatchObject({
      introducer_status: 'lost',
      introducer_commission: '0.00',
      introducer_commission_status: 'reversed',
    });
  });

  it('leaves lines that come out the same when they are recomputed, over HTTP and at the command line', async () => {
    const introduction = await won();
    await change(introduction, { amount: '15000.00' });
    const [line] = await program.lines(introduction);
    expect(await service.operator.get(`/api/v1/commissions/${line?.id ?? ''}/recompute`)).toMatchObject({
      sound: true,
      inputsHash: { matches: true },
      amounts: [{ currency: 'EUR', due: '1500.00', booked: '1500.00' }],
      working: [],
    });
    expect((await introduction.partner.api.send('GET', `/api/v1/commissions/${line?.id ?? ''}/recompute`)).status).toBe(
      403,
    );
    expect(await introducer('recompute', line?.id ?? '')).toMatchObject({
      code: 0,
      said: expect.stringContaining('1500.00 EUR. Booked: 1500.00 EUR.'),
    });
    expect(await introducer('recompute', 'line_9')).toEqual({ code: 1, said: 'There is no commission line line_9.\n' });
  });

  it('has what was paid clawed back when it is reopened, payable today, so that the partner owes it', async () => {
    const introduction = await won();
    await pay(introduction);
    await change(introduction, { dealstage: 'contractsent' });
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'clawback -1200.00 EUR']);
    expect((await program.lines(introduction)).at(-1)).toMatchObject({ payableOn: today() });
    const { balances } = await introduction.partner.api.get<{ balances: readonly object[] }>(
      `/api/v1/partners/${introduction.partner.id}/balances`,
    );
    expect(balances).toEqual([expect.objectContaining({ currency: 'EUR', owedBack: '1200.00' })]);
  });

  it('is adjusted by the difference when its amount is amended, maturing with the line it adjusts', async () => {
    const introduction = await won();
    await change(introduction, { amount: '10000.00' });
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'adjustment -200.00 EUR']);
    const [commission, adjustment] = await program.lines(introduction);
    expect(adjustment?.payableOn).toBe(commission?.payableOn);
  });

  it('is adjusted at once when its commission was paid before its amount was amended', async () => {
    const introduction = await won();
    await pay(introduction);
    await change(introduction, { amount: '13000.00' });
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'adjustment 100.00 EUR']);
    expect((await program.lines(introduction)).at(-1)).toMatchObject({ payableOn: today() });
  });

  it('earns by itself once its missing amount is filled in', async () => {
    const introduction = await won({ amount: '' });
    expect(await program.book(introduction)).toEqual([]);
    expect(await program.flags(introduction.registrationId)).toEqual(['amount-missing']);
    await change(introduction, { amount: '4000.00', deal_currency_code: 'EUR' });
    expect(await program.book(introduction)).toEqual(['commission 400.00 EUR']);
    expect(await program.flags(introduction.registrationId)).toEqual([]);
  });

  it('earns by itself once the program knows its currency', async () => {
    await service.operator.put('/api/v1/program', { knownCurrencies: ['EUR', 'JPY', 'KWD'] });
    const introduction = await won({ amount: '1000.00', currency: 'CHF' });
    expect(await program.book(introduction)).toEqual([]);
    expect(await program.flags(introduction.registrationId)).toEqual(['currency-unknown']);
    await service.operator.put('/api/v1/program', { knownCurrencies: null });
    await service.settled();
    expect(await program.book(introduction)).toEqual(['commission 100.00 CHF']);
  });

  it('earns in its new currency and loses what it earned in the old one', async () => {
    const introduction = await won();
    await change(introduction, { deal_currency_code: 'GBP' });
    expect(await program.book(introduction)).toEqual([
      'commission 1200.00 EUR',
      'adjustment -1200.00 EUR',
      'commission 1200.00 GBP',
    ]);
  });

  it('earns exactly, whatever the smallest unit of its currency is', async () => {
    const cases = [
      ['JPY', '12345', ['commission 1234 JPY']],
      ['JPY', '12355', ['commission 1236 JPY']],
      ['KWD', '1234.567', ['commission 123.457 KWD']],
      ['EUR', '999999999999.99', ['commission 100000000000.00 EUR']],
      ['EUR', '0.05', []],
    ] as const;
    const booked = await Promise.all(
      cases.map(async ([currency, amount]) => [currency, amount, await program.book(await won({ amount, currency }))]),
    );
    expect(booked).toEqual(cases);
  });

  it('earns nothing at an amount of zero or less, and is flagged', async () => {
    const flagsAt = async (amount: string) => {
      const introduction = await program.introduce();
      await change(introduction, { amount, dealstage: 'closedwon' });
      return [await program.book(introduction), await program.flags(introduction.registrationId)];
    };
    expect(await Promise.all([flagsAt('0'), flagsAt('-50')])).toEqual([
      [[], ['amount-zero']],
      [[], ['amount-negative']],
    ]);
  });
});
