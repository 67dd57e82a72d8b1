import type { ApiClient } from '../support/api-client.js';
import { gatesThatBlock, partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';
import { solvedForm } from '../support/solved-form.js';

describe('a deal that is won', () => {
  let service: RunningService;
  let program: PartnerProgram;

  beforeAll(async () => {
    service = await startRunningService();
    program = partnerProgram(service);
    await program.writeStandardPlan();
  });
  afterAll(() => service.close());

  const win = (crmDealId: string) => service.hubspot.person.moveDeal(crmDealId, 'closedwon');

  it('credits the partner who filled in the form, and shows the rep what it costs', async () => {
    const partner = await program.addPartner();
    const { company, contact } = program.newProspect();
    const page = await (await fetch(partner.personalUrl)).text();
    const answer = await fetch(partner.personalUrl, {
      method: 'POST',
      body: new URLSearchParams({
        ...solvedForm(page),
        'company.name': company.name,
        'company.domain': `https://www.${company.domain}/about`,
        'contact.firstName': contact.firstName,
        'contact.lastName': contact.lastName,
        'contact.email': contact.email,
        'deal.amount': '12000.00',
        'deal.currency': 'EUR',
        attestation: 'yes',
      }),
    });
    expect(await answer.text()).toMatch(/sha256:[0-9a-f]{64}/);
    const { items } = await partner.api.get<{ items: readonly { id: string }[] }>('/api/v1/registrations');
    const registrationId = items[0]?.id ?? '';
    await program.approve(registrationId);
    await service.settled();
    const { dealId, crm } = await program.registration(registrationId);
    win(crm?.crmDealId ?? '');
    await service.settled();

    expect(await program.book({ dealId: dealId ?? '' })).toEqual(['commission 1200.00 EUR']);
    expect((await program.registration(registrationId)).status).toBe('won');
    expect(service.hubspot.person.record('deals', crm?.crmDealId ?? '')?.properties).toMatchObject({
      introducer_status: 'won',
      introducer_commission: '1200.00',
      introducer_commission_currency: 'EUR',
      introducer_commission_status: 'pending',
    });
    const own = await partner.api.get<{ items: readonly { id: string }[] }>('/api/v1/commissions');
    expect(own.items).toHaveLength(1);
    const { sentences } = await partner.api.get<{ sentences: readonly string[] }>(
      `/api/v1/commissions/${own.items[0]?.id ?? ''}/explanation`,
    );
    expect(sentences.join(' ')).toContain('10 % of 12000.00 EUR is 1200.00 EUR');
  });

  it('credits once when its deliveries arrive twice, out of order and late', async () => {
    service.hubspot.configure({
      webhooks: { duplicateShare: 1, shuffle: true, delayMs: 200, batchSize: 2, collidingEventIds: true },
    });
    try {
      const introduction = await program.introduce();
      for (const stage of ['qualifiedtobuy', 'contractsent', 'closedwon'])
        service.hubspot.person.moveDeal(introduction.crmDealId, stage);
      await service.settled();
      expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
    } finally {
      service.hubspot.configure({
        webhooks: { duplicateShare: 0, shuffle: false, delayMs: 0, batchSize: 100, collidingEventIds: false },
      });
    }
  });

  it('is recognised in a pipeline whose won stage has any id', async () => {
    const pipeline = service.hubspot.person.addPipeline('Renewals', [
      { label: 'Talking', probability: '0.5' },
      { label: 'Signed', probability: '1.0' },
      { label: 'Lost', probability: '0.0' },
    ]);
    const [, signed] = pipeline.stages;
    const introduction = await program.introduce();
    service.hubspot.person.updateRecord('deals', introduction.crmDealId, {
      pipeline: pipeline.id,
      dealstage: signed?.id ?? '',
    });
    await service.settled();
    expect(await program.book(introduction)).toEqual(['commission 1200.00 EUR']);
  });

  it('credits nobody when nobody introduced it', async () => {
    const { total } = await countLines(service.operator);
    const id = service.hubspot.person.createRecord('deals', {
      dealname: 'Own find',
      dealstage: 'qualifiedtobuy',
      amount: '5000',
    });
    win(id);
    await service.settled();
    expect((await countLines(service.operator)).total).toBe(total);
  });

  it('credits nobody when the registration was approved only after it was won, and says so', async () => {
    const prospect = program.newProspect();
    const { person } = service.hubspot;
    const companyId = person.createRecord('companies', {
      name: prospect.company.name,
      domain: prospect.company.domain,
    });
    const crmDealId = person.createRecord(
      'deals',
      { dealname: 'Fast', dealstage: 'qualifiedtobuy', amount: '900', deal_currency_code: 'EUR' },
      [{ type: 'companies', id: companyId, primary: true }],
    );
    const { id } = await program.register(await program.addPartner(), { prospect });
    await service.settled();
    const conflict = (await program.registration(id)).conflicts?.find((one) => one.reference === crmDealId);
    win(crmDealId);
    await service.settled();
    await program.approve(id, conflict?.dealId ?? '');
    await service.settled();
    expect(await program.book({ dealId: conflict?.dealId ?? '' })).toEqual([]);
    expect(await gatesThatBlock(service.operator, id)).toEqual(['in-time: approved-after-winning']);
  });

  it('is shown to the rep as lost when it is lost, although nobody was ever credited with it', async () => {
    const { crmDealId } = await program.introduce();
    service.hubspot.person.moveDeal(crmDealId, 'closedlost');
    await service.settled();
    expect(service.hubspot.person.record('deals', crmDealId)?.properties).toMatchObject({ introducer_status: 'lost' });
  });

  it('names what is still missing while it is open', async () => {
    const { registrationId } = await program.introduce();
    expect(await gatesThatBlock(service.operator, registrationId)).toEqual(['deal-won: deal-open']);
  });
});

async function countLines(operator: ApiClient): Promise<{ readonly total: number }> {
  const { items } = await operator.get<{ items: readonly unknown[] }>('/api/v1/commissions?limit=200');
  return { total: items.length };
}
