import { gatesThatBlock, partnerProgram, type Introduction, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface Proposal {
  readonly id: string;
  readonly registrationId: string;
  readonly crmDealId: string;
  readonly status: string;
  readonly likelihood: number;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
}

describe('a deal that a sales rep makes in place of the pushed one', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
  });
  afterAll(() => service.close());

  const recordsOf = async ({ registrationId }: Introduction) => {
    const { crm } = await program.registration(registrationId);
    return { contactId: crm?.contactId ?? '', companyId: crm?.companyId ?? '' };
  };
  /** What a rep does: a new deal from the contact's page. */
  const makeFreshDeal = async (introduction: Introduction, amount = '12000.00'): Promise<string> => {
    const { contactId, companyId } = await recordsOf(introduction);
    return service.hubspot.person.createRecord(
      'deals',
      { dealname: 'Fresh', dealstage: 'qualifiedtobuy', amount, deal_currency_code: 'EUR' },
      [
        { type: 'contacts', id: contactId },
        { type: 'companies', id: companyId, primary: true },
      ],
    );
  };
  const proposals = async ({ registrationId }: Introduction, status = 'open'): Promise<readonly Proposal[]> => {
    const { items } = await service.operator.get<{ items: readonly Proposal[] }>(
      `/api/v1/link-proposals?registrationId=${registrationId}&status=${status}`,
    );
    return items;
  };
  const alarms = async ({ registrationId }: Introduction): Promise<readonly string[]> =>
    (await program.problems(registrationId)).map((problem) => problem.work);
  const crmDealOf = async ({ registrationId }: Introduction) =>
    (await program.registration(registrationId)).crm?.crmDealId ?? null;
  const stampOf = (crmDealId: string) =>
    service.hubspot.person.record('deals', crmDealId)?.properties['introducer_registration_id'];

  it('is proposed with its evidence and an alarm, and accepted, won and credited once', async () => {
    const introduction = await program.introduce();
    const fresh = await makeFreshDeal(introduction);
    await service.settled();
    const [proposal, ...others] = await proposals(introduction);
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({
      crmDealId: fresh,
      likelihood: 100,
      evidence: { sameContact: true, sameCompany: true, madeDaysAfterPush: 0, amount: 'same', contested: false },
    });
    expect(await alarms(introduction)).toEqual(['conversion-guard']);

    await service.operator.post(`/api/v1/link-proposals/${proposal?.id ?? ''}/accept`, {
      reason: 'the rep began anew',
    });
    await service.settled();
    expect(await alarms(introduction)).toEqual([]);
    expect(await crmDealOf(introduction)).toBe(fresh);
    expect(stampOf(fresh)).toBe(introduction.registrationId);
    expect(stampOf(introduction.crmDealId) ?? '').toBe('');

    for (const id of [fresh, introduction.crmDealId]) service.hubspot.person.moveDeal(id, 'closedwon');
    await service.settled();
    const { dealId, status } = await program.registration(introduction.registrationId);
    expect(status).toBe('won');
    expect(await program.book({ dealId: dealId ?? '' })).toEqual(['commission 1200.00 EUR']);
    expect(await program.book(introduction)).toEqual([]);
    expect(await proposals(introduction)).toEqual([]);
    const log = await service.operator.get<{ items: readonly unknown[] }>(
      `/api/v1/audit?action=registration.relink&subjectId=${introduction.registrationId}`,
    );
    expect(log.items).toMatchObject([
      { details: { from: introduction.dealId, to: dealId, reason: 'the rep began anew' } },
    ]);
  });

  it('is credited when it was won before anybody looked, and two who click at once are one', async () => {
    const introduction = await program.introduce();
    service.hubspot.person.moveDeal(await makeFreshDeal(introduction), 'closedwon');
    await service.settled();
    const [proposal] = await proposals(introduction);
    const path = `/api/v1/link-proposals/${proposal?.id ?? ''}/accept`;
    const clicks = await Promise.all([1, 2, 3].map(() => service.operator.send('POST', path, {})));
    expect(clicks.map((click) => click.status)).toEqual([200, 200, 200]);
    await service.settled();
    const { dealId } = await program.registration(introduction.registrationId);
    expect(await program.book({ dealId: dealId ?? '' })).toEqual(['commission 1200.00 EUR']);
    expect(await gatesThatBlock(service.operator, introduction.registrationId)).toEqual(['hold-over: hold-runs']);
  });

  it('takes over by itself when the pushed one is deleted and no other can be meant', async () => {
    const introduction = await program.introduce();
    const fresh = await makeFreshDeal(introduction, '8000.00');
    service.hubspot.person.archiveRecord('deals', introduction.crmDealId);
    await service.settled();
    expect(await crmDealOf(introduction)).toBe(fresh);
    expect(await alarms(introduction)).toEqual([]);
    expect(stampOf(fresh)).toBe(introduction.registrationId);
    service.hubspot.person.moveDeal(fresh, 'closedwon');
    await service.settled();
    const { dealId } = await program.registration(introduction.registrationId);
    expect(await program.book({ dealId: dealId ?? '' })).toEqual(['commission 800.00 EUR']);
  });

  it('is a choice of two when the pushed one is deleted and two could be meant', async () => {
    const introduction = await program.introduce();
    const likely = await makeFreshDeal(introduction);
    const other = await makeFreshDeal(introduction, '5.00');
    service.hubspot.person.archiveRecord('deals', introduction.crmDealId);
    await service.settled();
    expect((await proposals(introduction)).map((proposal) => proposal.crmDealId)).toEqual([likely, other]);
    expect(await crmDealOf(introduction)).toBe(introduction.crmDealId);
    const [, second] = await proposals(introduction);
    await service.operator.post(`/api/v1/link-proposals/${second?.id ?? ''}/accept`, {});
    await service.settled();
    expect(await crmDealOf(introduction)).toBe(other);
    expect((await proposals(introduction, 'superseded')).map((proposal) => proposal.crmDealId)).toEqual([likely]);
  });

  it('is not proposed again once it was rejected', async () => {
    const introduction = await program.introduce();
    const fresh = await makeFreshDeal(introduction);
    await service.settled();
    const [proposal] = await proposals(introduction);
    await service.operator.post(`/api/v1/link-proposals/${proposal?.id ?? ''}/reject`, { reason: 'another project' });
    expect(await alarms(introduction)).toEqual([]);
    for (const stage of ['contractsent', 'closedwon']) service.hubspot.person.moveDeal(fresh, stage);
    service.hubspot.person.archiveRecord('deals', introduction.crmDealId);
    await service.settled();
    expect(await proposals(introduction)).toEqual([]);
    expect(await alarms(introduction)).toEqual([]);
    expect(await proposals(introduction, 'rejected')).toMatchObject([{ crmDealId: fresh, reason: 'another project' }]);
    const accepting = await service.operator.send('POST', `/api/v1/link-proposals/${proposal?.id ?? ''}/accept`, {});
    expect(accepting.status).toBe(409);
  });

  it('is found by the sweep when no webhook told of it', async () => {
    const introduction = await program.introduce();
    service.hubspot.configure({ webhooks: { lostShare: 1 } });
    const fresh = await makeFreshDeal(introduction);
    service.hubspot.configure({ webhooks: { lostShare: 0 } });
    service.hubspot.flushSearch();
    await service.sweep();
    expect((await proposals(introduction)).map((proposal) => proposal.crmDealId)).toEqual([fresh]);
  });

  it('is needless once the pushed one is won, and credits nothing beside it', async () => {
    const introduction = await program.introduce();
    const fresh = await makeFreshDeal(introduction);
    await service.settled();
    expect(await alarms(introduction)).toEqual(['conversion-guard']);
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.settled();
    service.hubspot.person.moveDeal(fresh, 'closedwon');
    await service.settled();
    expect([await proposals(introduction), await alarms(introduction)]).toEqual([[], []]);
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
  });

  it('is no business of the partner', async () => {
    const { partner } = await program.introduce();
    expect((await partner.api.send('GET', '/api/v1/link-proposals', undefined)).status).toBe(403);
  });

  it('is left alone once the registration has ended', async () => {
    const introduction = await program.introduce();
    await makeFreshDeal(introduction);
    await service.settled();
    await service.operator.post(`/api/v1/registrations/${introduction.registrationId}/withdraw`, { reason: 'gone' });
    await service.settled();
    expect(await proposals(introduction)).toEqual([]);
    expect(await alarms(introduction)).toEqual([]);
    await makeFreshDeal(introduction);
    await service.settled();
    expect(await proposals(introduction)).toEqual([]);
  });
});
