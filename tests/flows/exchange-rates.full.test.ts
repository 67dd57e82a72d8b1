import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/commands.js';
import { partnerProgram, type Introduction, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

describe('a plan that pays in one currency', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeEach(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
  });
  afterEach(() => service.close());

  const today = () => service.clock.now().toISOString().slice(0, 10);
  const writePlan = (terms: object = {}) =>
    service.operator.put('/api/v1/plans/standard', {
      plan: 'standard',
      effectiveFrom: '2026-01-01',
      payIn: 'EUR',
      rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }],
      ...terms,
    });
  const win = async (terms: { amount: string; currency: string }): Promise<Introduction> => {
    const introduction = await program.introduce(terms);
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.settled();
    return introduction;
  };
  const pay = async ({ dealId }: Introduction, kind: 'payment' | 'refund', amount: string): Promise<void> => {
    const money = { externalId: `${kind} of ${dealId}`, dealId, kind, amount, currency: 'USD', receivedOn: today() };
    await service.operator.post('/api/v1/payments', money);
    await service.settled();
  };
  const putRates = async (rates: Readonly<Record<string, string>>, day = today()) => {
    await service.operator.put('/api/v1/exchange-rates', { base: 'EUR', day, rates });
    await service.settled();
  };

  it('waits for the rate of the day a deal was won, and says so; then the line comes by itself', async () => {
    await writePlan();
    const introduction = await win({ amount: '1234.56', currency: 'USD' });
    expect(await program.book(introduction)).toEqual([]);
    expect(await program.flags(introduction.registrationId)).toEqual(['exchange-rate-missing']);
    await putRates({ USD: '1.0856' });
    expect(await program.book(introduction)).toEqual(['commission 113.72 EUR']);
    expect(await program.flags(introduction.registrationId)).toEqual([]);
    const [line] = await program.lines(introduction);
    const { steps } = await service.operator.get<{ steps: readonly { step: string; rateDay?: string }[] }>(
      `/api/v1/commissions/${line?.id ?? ''}/explanation`,
    );
    expect(steps.find(({ step }) => step === 'exchange')).toMatchObject({ from: 'USD', to: 'EUR', rateDay: today() });
  });

  it('takes the last rate that was published before, and books a difference when a rate is put right', async () => {
    await putRates({ JPY: '160' }, '2026-01-02');
    await writePlan();
    const introduction = await win({ amount: '160000', currency: 'JPY' });
    expect(await program.book(introduction)).toEqual(['commission 100.00 EUR']);
    await putRates({ JPY: '160' }, '2026-01-02');
    expect(await program.book(introduction)).toEqual(['commission 100.00 EUR']);
    await putRates({ JPY: '128' }, '2026-01-02');
    expect(await program.book(introduction)).toEqual(['commission 100.00 EUR', 'adjustment 25.00 EUR']);
  });

  it('books a payment once its rate is known, however long ago the deal was won', async () => {
    await writePlan({ rules: [{ id: 'share', pay: { revshare: { percent: 10 } } }] });
    const introduction = await win({ amount: '1000.00', currency: 'USD' });
    await service.letDaysPass(60);
    await pay(introduction, 'payment', '125.00');
    expect(await program.flags(introduction.registrationId)).toEqual(['exchange-rate-missing']);
    await putRates({ USD: '1.25' });
    expect(await program.book(introduction)).toEqual(['revshare 10.00 EUR']);
    expect(await program.flags(introduction.registrationId)).toEqual([]);
  });

  it('takes back a refund in another currency under a plan that names none', async () => {
    await putRates({ USD: '1.25' }, '2026-01-02');
    await writePlan({ payIn: undefined });
    const introduction = await win({ amount: '1000.00', currency: 'EUR' });
    await pay(introduction, 'refund', '250.00');
    expect(await program.book(introduction)).toEqual(['commission 100.00 EUR', 'reversal -20.00 EUR']);
  });

  it('may go by the rate of the end of the month, and waits until the month is over', async () => {
    await putRates({ USD: '1.25' }, '2026-01-02');
    await writePlan({ exchangeOn: 'month-end' });
    const introduction = await win({ amount: '1000.00', currency: 'USD' });
    expect(await program.book(introduction)).toEqual([]);
    await service.letDaysPass(31);
    expect(await program.book(introduction)).toEqual(['commission 80.00 EUR']);
  });

  it('takes the reference rates of the European Central Bank from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rates-'));
    const said: string[] = [];
    const output = { stdout: (text: string) => said.push(text), stderr: (text: string) => said.push(text) };
    const importFile = async (text: string) => {
      await writeFile(join(folder, 'rates.csv'), text);
      const { foundations, composition } = service.internals;
      const line = { argv: ['rates', 'import', 'rates.csv'], cwd: folder };
      return runCommand(line, output, () => Promise.resolve({ foundations, composition }));
    };
    try {
      expect(await importFile('Date,USD,\n2026-03-06,1.0856,\n')).toBe(0);
      expect(await importFile('Date,USD,\n2026-03-06,1.0856,\n')).toBe(0);
      expect(await importFile('Date,USD,\nyesterday,1.0856,\n')).toBe(1);
    } finally {
      await rm(folder, { recursive: true });
    }
    expect(said.map((text) => text.trim())).toEqual([
      'Rates stored; the earliest new one is of 2026-03-06.',
      'All rates were known.',
      'rates.csv, line 2: Date is "yesterday"; expected a day such as 2026-03-31.',
    ]);
    const stored = { base: 'EUR', day: '2026-03-06', rates: { USD: '1.0856' } };
    expect(await service.operator.get('/api/v1/exchange-rates')).toEqual({ items: [stored], nextCursor: null });
  });

  it.each([
    [{ base: 'EUR', day: '2026-02-30', rates: { USD: '1' } }, 'day'],
    [{ base: 'EUR', day: '2026-03-01', rates: {} }, 'rates'],
    [{ base: 'EUR', day: '2026-03-01', rates: { EUR: '1' } }, 'rates'],
    [{ base: 'EUR', day: '2026-03-01', rates: { USD: '0' } }, 'rates.USD'],
    [{ base: 'EUR', day: '2026-03-01', rates: { USD: 1.1 } }, 'rates.USD'],
    [{ base: 'EURO', day: '2026-03-01', rates: { USD: '1' } }, 'base'],
  ])('refuses %j and names %s', async (body, field) => {
    const answer = await service.operator.send<{ errors: readonly { field: string }[] }>(
      'PUT',
      '/api/v1/exchange-rates',
      body,
    );
    expect([answer.status, answer.body.errors.map((fault) => fault.field)]).toEqual([422, [field]]);
  });
});
