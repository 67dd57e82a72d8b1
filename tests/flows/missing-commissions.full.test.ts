import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { startSweptSalesforce, type SweptSalesforce } from '../support/swept-salesforce.js';

interface Missing {
  readonly id: string;
  readonly status: string;
  readonly registrationId: string;
  readonly dealId: string;
  readonly crmDealId: string;
  readonly sentences: readonly string[];
  readonly reason: string | null;
}

const missingOf = async (service: RunningService, status = 'open'): Promise<readonly Missing[]> =>
  (await service.operator.get<{ items: readonly Missing[] }>(`/api/v1/missing-commissions?status=${status}`)).items;

describe('a win that a partner introduced and nobody is credited for, in HubSpot', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeEach(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
    await service.operator.put('/api/v1/program', { protectionDays: 5 });
    await service.settled();
  });
  afterEach(() => service.close());

  const records = async (registrationId: string) => {
    const { crm } = await program.registration(registrationId);
    return { contactId: crm?.contactId ?? '', companyId: crm?.companyId ?? '' };
  };
  /** What a rep does: a deal on the company alone, with the contact left out. */
  const winFreshDeal = (companyId: string): string => {
    const deal = service.hubspot.person.createRecord(
      'deals',
      { dealname: 'Fresh', dealstage: 'qualifiedtobuy', amount: '12000.00', deal_currency_code: 'EUR' },
      [{ type: 'companies', id: companyId, primary: true }],
    );
    service.hubspot.person.moveDeal(deal, 'closedwon');
    return deal;
  };
  const afterProtection = async () => {
    const introduction = await program.introduce({ amount: '12000.00' });
    await service.letDaysPass(15);
    expect((await program.registration(introduction.registrationId)).status).toBe('expired');
    return introduction;
  };

  it('is found within one sweep ten days after protection ran out, and linked with one click it is paid once', async () => {
    const introduction = await afterProtection();
    service.hubspot.configure({ webhooks: { targetUrl: null } });
    const fresh = winFreshDeal((await records(introduction.registrationId)).companyId);
    await service.sweep();
    await service.settled();
    const [missing, ...others] = await missingOf(service);
    expect(others).toEqual([]);
    expect(missing).toMatchObject({ registrationId: introduction.registrationId, crmDealId: fresh });
    expect(missing?.sentences).toEqual(
      expect.arrayContaining([
        'It stands on the company that was registered.',
        expect.stringMatching(/^Protection had ended on .*, 10 days before the win\.$/),
        'It has the registered amount.',
      ]),
    );

    const path = `/api/v1/missing-commissions/${missing?.id ?? ''}/link`;
    const clicks = await Promise.all([1, 2].map(() => service.operator.send('POST', path, {})));
    expect(clicks.map((click) => click.status)).toEqual([200, 200]);
    await service.settled();
    const registration = await program.registration(introduction.registrationId);
    expect(registration).toMatchObject({ status: 'won', crm: { crmDealId: fresh } });
    expect(await program.book({ dealId: registration.dealId ?? '' })).toEqual(['commission 1200.00 EUR']);
    expect(await missingOf(service)).toEqual([]);
    expect(await missingOf(service, 'linked')).toHaveLength(1);
  });

  it('is found where the rep made contact and company anew, by address and domain, and is paid when it is linked', async () => {
    const introduction = await afterProtection();
    const { domain } = introduction.prospect.company;
    const { hubspot } = service;
    const contactId = hubspot.person.createRecord('contacts', { email: `a.colleague@${domain}` });
    const companyId = hubspot.person.createRecord('companies', {
      name: 'Typed anew',
      website: `https://www.${domain}/about`,
    });
    const ofSomebodyElse = hubspot.person.createRecord('contacts', { email: 'somebody@gmail.com' });
    const win = (ties: { type: 'contacts' | 'companies'; id: string }[]) => {
      const values = { dealname: 'Anew', dealstage: 'qualifiedtobuy', amount: '12000.00', deal_currency_code: 'EUR' };
      const deal = hubspot.person.createRecord('deals', values, ties);
      hubspot.person.moveDeal(deal, 'closedwon');
      return deal;
    };
    const anew = win([
      { type: 'contacts', id: contactId },
      { type: 'companies', id: companyId },
    ]);
    win([{ type: 'contacts', id: ofSomebodyElse }]);
    await service.settled();
    const [missing, ...others] = await missingOf(service);
    expect(others).toEqual([]);
    expect(missing).toMatchObject({ registrationId: introduction.registrationId, crmDealId: anew });
    expect(missing?.sentences).toContain(
      'It stands on the company that was registered, by its address and under another record.',
    );
    await service.operator.post(`/api/v1/missing-commissions/${missing?.id ?? ''}/link`, {});
    await service.settled();
    const { dealId } = await program.registration(introduction.registrationId);
    expect(await program.book({ dealId: dealId ?? '' })).toEqual(['commission 1200.00 EUR']);
  });

  it('is shown where nobody has answered the registration, and is paid once it is approved onto the deal', async () => {
    await service.operator.put('/api/v1/program', { creditWhen: 'submitted' });
    const partner = await program.addPartner();
    const prospect = program.newProspect();
    const { id } = await program.register(partner, { prospect, amount: '12000.00', currency: 'EUR' });
    await service.settled();
    const companyId = service.hubspot.person.createRecord('companies', {
      name: 'X',
      domain: prospect.company.domain,
    });
    const deal = winFreshDeal(companyId);
    await service.settled();
    const [missing, ...others] = await missingOf(service);
    expect(others).toEqual([]);
    expect(missing).toMatchObject({ registrationId: id, crmDealId: deal });
    const link = await service.operator.send('POST', `/api/v1/missing-commissions/${missing?.id ?? ''}/link`, {});
    expect(link).toMatchObject({ status: 409, body: { detail: expect.stringContaining(missing?.dealId ?? '-') } });
    await service.operator.post(`/api/v1/registrations/${id}/approve`, { dealId: missing?.dealId, reason: 'it was' });
    await service.settled();
    expect(await program.book({ dealId: missing?.dealId ?? '' })).toEqual(['commission 1200.00 EUR']);
    expect(await missingOf(service)).toEqual([]);
  });

  it('is over when the registration is rejected, and judged anew when it is approved without the deal', async () => {
    const partner = await program.addPartner();
    const unanswered = async () => {
      const prospect = program.newProspect();
      const { id } = await program.register(partner, { prospect, amount: '12000.00', currency: 'EUR' });
      await service.settled();
      winFreshDeal(service.hubspot.person.createRecord('companies', { name: 'X', domain: prospect.company.domain }));
      await service.settled();
      expect(await missingOf(service)).toMatchObject([{ registrationId: id }]);
      return id;
    };
    const rejected = await unanswered();
    await service.operator.post(`/api/v1/registrations/${rejected}/reject`, { reason: 'No.', code: 'other' });
    expect(await missingOf(service)).toEqual([]);
    const approved = await unanswered();
    expect((await missingOf(service))[0]?.sentences).toContain('Nobody has answered the registration.');
    await program.approve(approved);
    await service.settled();
    const [missing] = await missingOf(service);
    expect(missing?.sentences).not.toContain('Nobody has answered the registration.');
    expect(missing?.sentences).toContainEqual(expect.stringMatching(/^Protection ran until .* and covers the win\.$/));
  });

  it('is shown where the very deal of the registration is won too late, and is paid when it is honoured', async () => {
    const introduction = await afterProtection();
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.settled();
    expect(await program.book(introduction)).toEqual([]);
    const [missing] = await missingOf(service);
    expect(missing?.sentences[0]).toBe("It is the registration's own deal.");
    await service.operator.post(`/api/v1/missing-commissions/${missing?.id ?? ''}/link`, { reason: 'late by us' });
    await service.settled();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
  });

  it('stays dismissed with its reason however often it is seen, and is over when the deal is lost', async () => {
    const introduction = await afterProtection();
    const { companyId } = await records(introduction.registrationId);
    const dismissed = winFreshDeal(companyId);
    await service.settled();
    const [missing] = await missingOf(service);
    await service.operator.post(`/api/v1/missing-commissions/${missing?.id ?? ''}/dismiss`, { reason: 'a renewal' });
    service.hubspot.person.updateRecord('deals', dismissed, { dealname: 'Fresh, again' });
    await service.settled();
    await service.sweep();
    await service.settled();
    expect(await missingOf(service)).toEqual([]);
    expect(await missingOf(service, 'dismissed')).toMatchObject([{ reason: 'a renewal' }]);

    const lost = winFreshDeal(companyId);
    await service.settled();
    expect(await missingOf(service)).toMatchObject([{ crmDealId: lost }]);
    service.hubspot.person.moveDeal(lost, 'closedlost');
    await service.settled();
    expect(await missingOf(service)).toEqual([]);
  });

  it('is not looked for when protection ran out longer ago than the program says', async () => {
    const introduction = await afterProtection();
    await service.operator.put('/api/v1/program', { missingCommissionDays: 9 });
    winFreshDeal((await records(introduction.registrationId)).companyId);
    await service.settled();
    expect(await missingOf(service, 'all')).toEqual([]);
  });

  it('is no longer a registration’s that was taken off it, and what was paid for it is taken back', async () => {
    const introduction = await program.introduce({ amount: '12000.00' });
    service.hubspot.person.moveDeal(introduction.crmDealId, 'closedwon');
    await service.settled();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
    const path = `/api/v1/registrations/${introduction.registrationId}`;
    const reason = 'the deal is another customer’s';
    for (const insteadOf of [introduction.dealId, undefined]) {
      await service.operator.post(`${path}/unlink`, { reason, insteadOf });
    }
    await service.settled();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR', 'adjustment -1200.00 EUR']);
    const { status, dealId } = await program.registration(introduction.registrationId);
    expect({ status, dealId }).toEqual({ status: 'approved', dealId: null });
    const stamp = service.hubspot.person.record('deals', introduction.crmDealId)?.properties;
    expect(stamp?.['introducer_registration_id'] ?? '').toBe('');
    const moves = await service.operator.get<{ items: readonly unknown[] }>(`${path}/link-moves`);
    expect(moves.items).toMatchObject([{ from: { crmDealId: introduction.crmDealId }, to: null, reason }]);
    expect(await missingOf(service, 'all')).toEqual([]);

    const address = `https://app.hubspot.com/contacts/${String(service.hubspot.portalId)}/record/0-3/${introduction.crmDealId}`;
    await service.operator.post(`${path}/link-moves`, { address, reason: 'it was the right one' });
    await service.settled();
    expect((await program.registration(introduction.registrationId)).status).toBe('won');
    expect((await program.book(introduction)).at(-1)).toBe('commission 1200.00 EUR');
  });
});

describe('a win that a partner introduced and nobody is credited for, in Salesforce', () => {
  let world: SweptSalesforce;

  beforeAll(async () => {
    world = await startSweptSalesforce();
    await world.service.operator.put('/api/v1/program', { protectionDays: 5 });
    await world.service.settled();
  });
  afterAll(() => world.service.close());

  it('is found within one sweep ten days after protection ran out, and linked with one click it is paid once', async () => {
    const { service, salesforce } = world;
    const lead = await world.convert(await world.pushLead());
    await service.letDaysPass(15);
    const today = service.clock.now().toISOString().slice(0, 10);
    const fresh = salesforce.person.create('Opportunity', {
      ...{ Name: 'Fresh', AccountId: lead.accountId, StageName: 'Prospecting', CloseDate: today, Amount: 12_000 },
    });
    world.win(fresh);
    await world.look();
    await service.settled();
    const [missing] = await missingOf(service);
    expect(missing).toMatchObject({ registrationId: lead.registrationId, crmDealId: fresh });
    await service.operator.post(`/api/v1/missing-commissions/${missing?.id ?? ''}/link`, {});
    await service.settled();
    expect(await world.bookOf(lead)).toEqual(['commission 1200.00 USD']);
  });
});
