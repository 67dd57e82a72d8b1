import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface StatementView {
  readonly final: boolean;
  readonly currencies: readonly {
    readonly currency: string;
    readonly opening: string;
    readonly lines: readonly object[];
    readonly closing: string;
  }[];
}

describe('the statement of a partner', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
  });
  afterAll(() => service.close());

  const thisMonth = (): string => service.clock.now().toISOString().slice(0, 'YYYY-MM'.length);

  it('tells what was earned, paid and lost, and carries what is owed into the next month', async () => {
    const euros = await program.introduce();
    const yen = await program.introduce({ partner: euros.partner, amount: '12345', currency: 'JPY' });
    for (const { crmDealId } of [euros, yen]) {
      service.hubspot.person.updateRecord('deals', crmDealId, { dealstage: 'closedwon' });
    }
    await service.settled();
    const first = thisMonth();
    const path = `/api/v1/statements/${euros.partner.id}`;
    const [line] = await program.lines(euros);
    expect(await euros.partner.api.get<StatementView>(`${path}/${first}`)).toMatchObject({
      final: false,
      currencies: [
        { currency: 'EUR', lines: [{ id: line?.id, rule: 'new-business', status: 'pending' }], closing: '1200.00' },
        { currency: 'JPY', closing: '1234' },
      ],
    });
    await service.operator.post('/api/v1/payouts/external', {
      lines: [line?.id],
      paidOn: service.clock.now().toISOString().slice(0, 'YYYY-MM-DD'.length),
      reference: '=cmd()',
    });
    const csv = await euros.partner.api.send<string>('GET', `${path}/${first}`, undefined, { accept: 'text/csv' });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toContain(`statement-${euros.partner.id}-${first}.csv`);
    expect(csv.headers.get('vary')).toContain('Accept');
    expect(csv.body.split('\r\n').map((row) => row.split(',', 3).join(' '))).toEqual([
      'row currency amount',
      'opening EUR 0.00',
      'line EUR 1200.00',
      'payout EUR -1200.00',
      'closing EUR 0.00',
      'opening JPY 0',
      'line JPY 1234',
      'closing JPY 1234',
      '',
    ]);
    expect(csv.body).toContain(",'=cmd()");

    await service.letDaysPass(32);
    service.hubspot.person.updateRecord('deals', euros.crmDealId, { dealstage: 'closedlost' });
    await service.settled();
    expect(await service.operator.get(`${path}/${thisMonth()}`)).toMatchObject({
      currencies: [
        {
          currency: 'EUR',
          opening: '0.00',
          adjustments: [{ kind: 'clawback' }],
          closing: '-1200.00',
          carriedDebt: '1200.00',
        },
        { currency: 'JPY', opening: '1234', closing: '1234' },
      ],
    });
    expect(await service.operator.send('GET', `${path}/${first}?format=csv`)).toMatchObject({ body: csv.body });
  });

  it('is described as JSON and as CSV', async () => {
    const { paths } = await service.operator.get<{
      paths: Record<string, { get: { responses: Record<string, { content: object }> } }>;
    }>('/api/v1/openapi.json');
    const content = paths['/api/v1/statements/{partner}/{period}']?.get.responses['200']?.content ?? {};
    expect(Object.keys(content)).toEqual(['application/json', 'text/csv']);
  });

  it('is for the partner itself and for operators, and does not exist for anybody else', async () => {
    const [own, other] = [await program.addPartner(), await program.addPartner()];
    const statusFor = async (api: typeof own.api, partner: string): Promise<number> =>
      (await api.send('GET', `/api/v1/statements/${partner}/${thisMonth()}`)).status;
    expect(await statusFor(own.api, own.id)).toBe(200);
    expect(await statusFor(service.operator, own.id)).toBe(200);
    expect(await statusFor(own.api, other.id)).toBe(404);
    expect(await statusFor(service.operator, 'par_unknown')).toBe(404);
    expect(await statusFor(service.as(null), own.id)).toBe(401);
  });

  it.each([
    ['9999-12', 422, 'period'],
    ['2026-13', 400, 'period'],
    ['2026', 400, 'period'],
    ['2026-03?format=pdf', 400, 'format'],
  ])('is refused for %s', async (period, status, field) => {
    const { id } = await program.addPartner();
    expect(await service.operator.send('GET', `/api/v1/statements/${id}/${period}`)).toMatchObject({
      status,
      body: { errors: [{ field }] },
    });
  });
});
