import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

const daysOfProtection = 90;

describe('two partners and one customer', () => {
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

  it('the second waits, learns only that the customer is taken, and earns nothing from the first one’s deal', async () => {
    const first = await program.introduce();
    const second = await program.rivalOf({ prospect: first.prospect });
    expect(second.availability).toBe('taken');
    expect((await program.registration(second.id)).status).toBe('waiting');
    await win(first.crmDealId);
    expect(await program.book(first)).toEqual(['commission 1200.00 EUR']);
    const own = JSON.stringify(await second.partner.api.get(`/api/v1/registrations/${second.id}`));
    for (const secret of [first.partner.id, first.registrationId, first.crmDealId]) expect(own).not.toContain(secret);
  });

  it('the second moves up when the first one’s protection ends, inherits the deal, and is credited for it', async () => {
    const first = await program.introduce();
    const second = await program.rivalOf({ prospect: first.prospect });
    await service.letDaysPass(daysOfProtection);
    expect((await program.registration(first.registrationId)).status).toBe('approved');
    await service.letDaysPass(1);
    expect((await program.registration(first.registrationId)).status).toBe('expired');
    const movedUp = await program.registration(second.id);
    expect(movedUp).toMatchObject({ status: 'approved', dealId: first.dealId, crm: { crmDealId: first.crmDealId } });
    expect(service.hubspot.person.record('deals', first.crmDealId)?.properties).toMatchObject({
      introducer_registration_id: second.id,
    });
    await win(first.crmDealId);
    const lines = await program.lines(first);
    expect(lines.map((line) => [line.kind, line.partnerId])).toEqual([['commission', second.partner.id]]);
  });

  it('the second moves up when the first withdraws', async () => {
    const first = await program.introduce();
    const second = await program.rivalOf({ prospect: first.prospect });
    await first.partner.api.post(`/api/v1/registrations/${first.registrationId}/withdraw`, {});
    await service.settled();
    expect(await program.registration(second.id)).toMatchObject({ status: 'approved', dealId: first.dealId });
  });

  it('whoever is approved first waits while an earlier registration is undecided, and moves up when that one is rejected', async () => {
    const prospect = program.newProspect();
    const first = await program.addPartner();
    const earlier = await program.register(first, { prospect });
    const second = await program.rivalOf({ prospect });
    expect(second.availability).toBe('under_review');
    expect((await program.registration(second.id)).status).toBe('waiting');
    await service.operator.post(`/api/v1/registrations/${earlier.id}/reject`, { reason: 'too_early' });
    await service.settled();
    expect(await program.registration(second.id)).toMatchObject({ status: 'approved' });
    const told = JSON.stringify(await first.api.get(`/api/v1/registrations/${earlier.id}`));
    expect(told).not.toContain('too_early');
    expect(await program.registration(earlier.id)).toMatchObject({ status: 'rejected', code: 'too_early' });
  });

  it('an extension asked for in time keeps the claim, one asked for afterwards is refused', async () => {
    const inTime = await program.introduce();
    const tooLate = await program.introduce();
    await service.letDaysPass(daysOfProtection - 1);
    await inTime.partner.api.post(`/api/v1/registrations/${inTime.registrationId}/extend`, { reason: 'legal review' });
    await service.letDaysPass(2);
    expect((await program.registration(inTime.registrationId)).status).toBe('approved');
    expect((await program.registration(tooLate.registrationId)).status).toBe('expired');
    const refused = await tooLate.partner.api.send(
      'POST',
      `/api/v1/registrations/${tooLate.registrationId}/extend`,
      {},
    );
    expect(refused.status).toBe(409);
    await service.operator.post(`/api/v1/registrations/${inTime.registrationId}/extend`, { days: 30 });
    await service.letDaysPass(10);
    expect((await program.registration(inTime.registrationId)).status).toBe('approved');
  });

  it('each sees only its own: another’s registration, line, deal, balance and partner page answer 404', async () => {
    const first = await program.introduce();
    await win(first.crmDealId);
    const stranger = await program.addPartner();
    const [line] = await program.lines(first);
    const reads = [
      `/api/v1/registrations/${first.registrationId}`,
      `/api/v1/registrations/${first.registrationId}/why`,
      `/api/v1/commissions/${line?.id ?? ''}/explanation`,
      `/api/v1/deals/${first.dealId}/why?partnerId=${first.partner.id}`,
      `/api/v1/partners/${first.partner.id}`,
      `/api/v1/partners/${first.partner.id}/balances`,
    ];
    for (const path of reads) {
      expect([path, (await first.partner.api.send('GET', path)).status]).toEqual([path, 200]);
      expect([path, (await stranger.api.send('GET', path)).status]).toEqual([path, 404]);
    }
    for (const act of ['withdraw', 'extend', 'resubmit']) {
      const path = `/api/v1/registrations/${first.registrationId}/${act}`;
      expect([path, (await stranger.api.send('POST', path, {})).status]).toEqual([path, 404]);
    }
    for (const path of ['/api/v1/registrations', '/api/v1/commissions']) {
      expect(await stranger.api.get(path)).toEqual({ items: [], nextCursor: null });
      const named = await stranger.api.send<{ items?: readonly unknown[] }>(
        'GET',
        `${path}?partnerId=${first.partner.id}`,
      );
      expect([path, named.status === 404 ? [] : named.body.items]).toEqual([path, []]);
    }
  });

  it('neither may do what only rev ops may', async () => {
    const { partner, registrationId, dealId } = await program.introduce();
    const attempts = [
      ['POST', `/api/v1/registrations/${registrationId}/approve`],
      ['POST', `/api/v1/registrations/${registrationId}/reject`],
      ['POST', '/api/v1/partners'],
      ['POST', '/api/v1/api-keys'],
      ['PUT', '/api/v1/program'],
      ['PUT', '/api/v1/plans/standard'],
      ['POST', '/api/v1/payouts/external'],
      ['GET', '/api/v1/problems'],
      ['GET', '/api/v1/audit'],
    ] as const;
    for (const [method, path] of attempts) {
      const body = method === 'GET' ? undefined : {};
      expect([path, (await partner.api.send(method, path, body)).status]).toEqual([path, 403]);
    }
    expect(await program.book({ dealId })).toEqual([]);
  });
});
