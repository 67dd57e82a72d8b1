import { proveBooks } from '../../src/prove-books.js';
import {
  partnerProgram,
  type Introduction,
  type PartnerProgram,
  type TestPartner,
} from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

describe('what the customer and the partner do after a deal is introduced', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeEach(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
  });
  afterEach(async () => {
    expect(await proveBooks(service.db)).toMatchObject({ ok: true });
    await service.close();
  });

  const put = async (terms: object) => {
    await service.operator.put('/api/v1/plans/standard', { plan: 'standard', effectiveFrom: '2026-01-01', ...terms });
    await service.settled();
  };
  const move = async (introduction: Introduction, stage: string) => {
    service.hubspot.person.moveDeal(introduction.crmDealId, stage);
    await service.settled();
  };
  const tell = async (path: string, body: object) => {
    await (path.startsWith('/api/v1/deals') ? service.operator.put(path, body) : service.operator.post(path, body));
    await service.settled();
  };
  const today = () => service.clock.now().toISOString().slice(0, 10);
  const linesOf = async (partner: TestPartner) => {
    const { items } = await partner.api.get<{
      items: readonly { kind: string; component: string; amount: string; dealId: string | null }[];
    }>('/api/v1/commissions');
    return items.map(
      ({ kind, component, amount, dealId }) => `${kind} ${component} ${amount}${dealId === null ? ' no deal' : ''}`,
    );
  };

  it('earns a share of each payment, and gives its part of a refund back', async () => {
    await put({ rules: [{ id: 'share', pay: { revshare: { percent: 20, of: 'net-of-tax', months: 12 } } }] });
    const introduction = await program.introduce();
    await move(introduction, 'closedwon');
    expect(await program.book(introduction)).toEqual([]);
    const invoice = {
      externalId: 'INV-1',
      dealId: introduction.dealId,
      amount: '119.00',
      tax: '19.00',
      currency: 'EUR',
    };
    await tell('/api/v1/payments', { ...invoice, kind: 'payment', receivedOn: today() });
    expect(await program.book(introduction)).toEqual(['revshare 20.00 EUR']);
    await tell('/api/v1/payments', { ...invoice, kind: 'payment', receivedOn: today() });
    const refund = {
      externalId: 'R-1',
      dealId: introduction.dealId,
      amount: '59.50',
      currency: 'EUR',
      refundOf: 'INV-1',
    };
    await tell('/api/v1/payments', { ...refund, kind: 'refund', receivedOn: today() });
    expect(await program.book(introduction)).toEqual(['revshare 20.00 EUR', 'reversal -10.00 EUR']);
    const [line] = await program.lines(introduction);
    const explanation = await introduction.partner.api.get<{ sentences: readonly string[] }>(
      `/api/v1/commissions/${line?.id ?? ''}/explanation`,
    );
    expect(explanation.sentences.join(' ')).toContain('The net-of-tax of the payment is 100');
  });

  it('keeps what was paid for a deal when that deal is merged into another', async () => {
    await put({ rules: [{ id: 'share', pay: { revshare: { percent: 20 } } }] });
    const [first, second] = [await program.introduce(), await program.introduce()];
    const survivor = service.hubspot.person.mergeRecords('deals', second.crmDealId, first.crmDealId);
    await service.settled();
    const payment = { dealId: second.dealId, amount: '100.00', currency: 'EUR', kind: 'payment', receivedOn: today() };
    await move({ ...first, crmDealId: survivor }, 'closedwon');
    await tell('/api/v1/payments', { ...payment, externalId: 'INV-1' });
    expect(await program.book(first)).toEqual(['revshare 20.00 EUR']);
  });

  it('tells each partner what its own plan promises, and nobody who the others are', async () => {
    const [partner, other] = [await program.addPartner(), await program.addPartner()];
    await put({ rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }] });
    await service.operator.put('/api/v1/plans/special', {
      plan: 'special',
      for: { partner: [partner.id, other.id] },
      effectiveFrom: '2026-01-01',
      rules: [{ id: 'new-business', pay: { percent: 12, of: 'amount' } }],
    });
    const planOf = (who: TestPartner, whose: TestPartner) =>
      who.api.send<{ version: string; sentences: readonly string[] }>('GET', `/api/v1/partners/${whose.id}/plan`);
    const { body } = await planOf(partner, partner);
    expect(body).toMatchObject({ version: 'special@1' });
    expect(body.sentences).toContain('Rule new-business pays 12 % of the amount of a deal that is won.');
    expect(body.sentences.join(' ')).not.toContain(other.id);
    expect((await planOf(partner, other)).status).toBe(404);
    const third = await program.addPartner();
    expect((await planOf(third, third)).body).toMatchObject({ version: 'standard@1' });
  });

  it('books what a person decides as a line with author and reason, with and without a deal', async () => {
    await put({ rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }] });
    const introduction = await program.introduce();
    await move(introduction, 'closedwon');
    const { id: partnerId } = introduction.partner;
    const set = { amount: '1000.00', currency: 'EUR' };
    const about = { partnerId, dealId: introduction.dealId, rule: 'new-business' };
    await tell('/api/v1/decisions', { ...about, set, reason: 'agreed with the partner' });
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'adjustment -200.00 EUR']);
    const adjustment = (await program.lines(introduction)).at(-1);
    const { sentences } = await introduction.partner.api.get<{ sentences: readonly string[] }>(
      `/api/v1/commissions/${adjustment?.id ?? ''}/explanation`,
    );
    expect(sentences.join(' ')).toContain('agreed with the partner');
    await tell('/api/v1/decisions', { partnerId, add: { amount: '-5.00', currency: 'EUR' }, reason: 'bank fee' });
    expect(await linesOf(introduction.partner)).toContain('adjustment manual -5.00 no deal');
    await tell('/api/v1/decisions', { ...about, set: { amount: '0.00', currency: 'EUR' }, reason: 'given up' });
    const last = (await program.lines(introduction)).at(-1);
    expect(last).toMatchObject({ kind: 'adjustment', amount: '-1000.00' });
    const refused = await service.operator.send<{ errors: readonly { field: string }[] }>('POST', '/api/v1/decisions', {
      partnerId: 'par_nobody',
      set,
      reason: 'none',
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ field }) => field)).toEqual(['dealId', 'rule', 'partnerId']);
  });

  it('divides a commission between the partners that share a registration', async () => {
    await put({ rules: [{ id: 'new-business', pay: { percent: 10, of: 'amount' } }] });
    const introduction = await program.introduce({ amount: '100.10' });
    const other = await program.addPartner();
    await move(introduction, 'closedwon');
    const path = `/api/v1/registrations/${introduction.registrationId}/shares`;
    const shares = [
      { partnerId: introduction.partner.id, percent: '50' },
      { partnerId: other.id, percent: '50' },
    ];
    await service.operator.put(path, { shares, reason: 'both brought it' });
    await service.settled();
    expect(await linesOf(other)).toEqual(['commission new-business 5.00']);
    expect(await program.book(introduction)).toEqual([
      'commission 10.01 EUR',
      'adjustment -5.00 EUR',
      'commission 5.00 EUR',
    ]);
    expect(await service.operator.get(path)).toMatchObject({ shares });
    await service.operator.put(path, { shares: [], reason: 'a mistake' });
    await service.settled();
    expect((await program.book(introduction)).slice(3).toSorted()).toEqual([
      'adjustment -5.00 EUR',
      'adjustment 5.00 EUR',
    ]);
    const bad = await service.operator.send('PUT', path, { shares: [shares[1]], reason: 'half' });
    expect(bad.status).toBe(422);
  });

  it('waits for a metric, and earns by it once it is told', async () => {
    await put({
      rules: [
        { id: 'new-business', pay: { percent: 10, of: 'amount' }, multiply: [{ metric: 'satisfaction', target: 100 }] },
      ],
    });
    const introduction = await program.introduce();
    await move(introduction, 'closedwon');
    expect(await program.flags(introduction.registrationId)).toEqual(['metric-missing']);
    const period = today().slice(0, 7);
    await tell('/api/v1/metrics', { partnerId: introduction.partner.id, name: 'satisfaction', period, value: '90' });
    expect(await program.book(introduction)).toEqual(['commission 1080.00 EUR']);
    await tell('/api/v1/metrics', { partnerId: introduction.partner.id, name: 'satisfaction', period, value: '100' });
    expect(await program.book(introduction)).toEqual(['commission 1080.00 EUR', 'adjustment 120.00 EUR']);
  });

  it('goes by the tier that the partner had, and by what was told of the deal beside the CRM', async () => {
    await put({
      rules: [
        { id: 'gold', when: { 'partner.tier': 'gold' }, pay: { percent: 10, of: 'margin' }, churn: { months: 12 } },
        { id: 'others', when: { not: { 'partner.tier': 'gold' } }, pay: { percent: 1, of: 'amount' } },
      ],
    });
    const introduction = await program.introduce();
    await move(introduction, 'closedwon');
    expect(await program.book(introduction)).toEqual(['commission 120.00 EUR']);
    await service.operator.send('PATCH', `/api/v1/partners/${introduction.partner.id}`, {
      tier: 'gold',
      since: '2026-01-01',
    });
    await tell(`/api/v1/deals/${introduction.dealId}/supplement`, { fields: { cost: '8000.00' } });
    expect(await program.book(introduction)).toEqual([
      'commission 120.00 EUR',
      'adjustment -120.00 EUR',
      'commission 400.00 EUR',
    ]);
    await tell(`/api/v1/deals/${introduction.dealId}/supplement`, { churnedOn: today() });
    expect((await program.book(introduction)).at(-1)).toBe('reversal -400.00 EUR');
  });

  it('pays for a lead that qualified and for one that gets on, without any deal being won', async () => {
    await put({
      holdDays: 0,
      rules: [
        { id: 'lead', on: 'approved', pay: { flat: '30 EUR' } },
        { id: 'quote', on: { stage: 'contractsent' }, pay: { flat: '70 EUR' } },
      ],
    });
    const introduction = await program.introduce();
    expect(await linesOf(introduction.partner)).toContainEqual(expect.stringMatching(/^commission lead 30\.00/));
    await move(introduction, 'contractsent');
    expect(await program.book(introduction)).toContain('commission 70.00 EUR');
    await move(introduction, 'qualifiedtobuy');
    await move(introduction, 'contractsent');
    expect((await linesOf(introduction.partner)).length).toBe(2);
    const { balances } = await introduction.partner.api.get<{ balances: readonly { payable: string }[] }>(
      `/api/v1/partners/${introduction.partner.id}/balances`,
    );
    expect(balances).toMatchObject([{ payable: '100.00' }]);
  });

  it('tells a recruiter nothing of whom its recruit registered, and pays it also when it is named late', async () => {
    await put({
      rules: [
        {
          id: 'new-business',
          when: { 'customer.domain': { exists: true } },
          pay: { percent: 10, of: 'amount' },
          overrides: [{ percent: 10 }],
        },
      ],
    });
    const recruiter = await program.addPartner();
    const introduction = await program.introduce();
    await move(introduction, 'closedwon');
    const { id } = introduction.partner;
    await service.operator.send('PATCH', `/api/v1/partners/${id}`, { recruitedBy: recruiter.id });
    await service.settled();
    expect(await linesOf(recruiter)).toEqual(['override new-business/override-1 120.00']);
    const lines = await program.lines(introduction);
    const told = async (partner: TestPartner) => {
      const own = lines.find(({ partnerId }) => partnerId === partner.id);
      return JSON.stringify(await partner.api.get(`/api/v1/commissions/${own?.id ?? ''}/explanation`));
    };
    expect(await told(introduction.partner)).toContain(introduction.prospect.company.domain);
    expect(await told(recruiter)).not.toContain(introduction.prospect.company.domain);
  });

  it('credits payments by the plan of their own day, also when that plan comes later than the win', async () => {
    const rules = (percent: number) => [{ id: 'share', pay: { revshare: { percent } } }];
    await put({ versionBy: 'paid', rules: rules(10) });
    const introduction = await program.introduce();
    await move(introduction, 'closedwon');
    await service.letDaysPass(5);
    const payment = { dealId: introduction.dealId, amount: '100.00', currency: 'EUR', kind: 'payment' };
    await tell('/api/v1/payments', { ...payment, externalId: 'INV-1', receivedOn: today() });
    await put({ versionBy: 'paid', effectiveFrom: today(), rules: rules(20) });
    expect(await program.book(introduction)).toEqual(['revshare 10.00 EUR', 'adjustment 10.00 EUR']);
  });

  it('pays the recruiter on top, and rewards the customer apart from what partners are owed', async () => {
    await put({
      rules: [
        { id: 'new-business', pay: { percent: 10, of: 'amount' }, overrides: [{ percent: 10 }] },
        { id: 'recruit', on: { recruit: 1 }, pay: { flat: '25 EUR' } },
        { id: 'thanks', to: 'customer', pay: { flat: '50 EUR' } },
      ],
    });
    const recruiter = await program.addPartner();
    const partner = await program.addPartner();
    await service.operator.send('PATCH', `/api/v1/partners/${partner.id}`, { recruitedBy: recruiter.id });
    const introduction = await program.introduce({ partner });
    await move(introduction, 'closedwon');
    expect((await linesOf(recruiter)).toSorted()).toEqual([
      'bonus recruit 25.00',
      'override new-business/override-1 120.00',
    ]);
    expect((await program.book(introduction)).toSorted()).toEqual([
      'bonus 25.00 EUR',
      'bonus 50.00 EUR',
      'commission 1200.00 EUR',
      'override 120.00 EUR',
    ]);
    const { payouts } = await service.operator.post<{ payouts: readonly { amount: string }[] }>(
      '/api/v1/payouts/external',
      {
        lines: (await program.lines(introduction)).map(({ id }) => id),
        paidOn: today(),
        reference: 'transfer 1',
      },
    );
    expect(payouts.map(({ amount }) => amount).toSorted()).toEqual(['1200.00', '145.00', '50.00']);
    await move(introduction, 'closedlost');
    const sums = (await program.lines(introduction)).map(({ amount }) => Number(amount));
    expect(sums.reduce((a, b) => a + b, 0)).toBe(0);
  });
});
