import { startSweptSalesforce, type PushedLead, type SweptSalesforce } from '../support/swept-salesforce.js';

const protectionEnds = 91;

describe('two partners and one lead in Salesforce', () => {
  let road: SweptSalesforce;

  beforeAll(async () => {
    road = await startSweptSalesforce();
  });
  afterAll(() => road.service.close());

  const rivalOf = async ({ prospect }: PushedLead) => {
    const { id } = await road.program.rivalOf({ prospect });
    return { registrationId: id, prospect };
  };

  it('who moves up inherits the lead no seller has converted, is shown on it, and is credited for what comes of it', async () => {
    const first = await road.pushLead();
    const shown = road.valuesOf(first.leadId)['Introducer_Partner__c'];
    const second = await rivalOf(first);
    expect((await road.program.registration(second.registrationId)).status).toBe('waiting');
    await road.service.letDaysPass(protectionEnds);
    expect(await road.program.registration(second.registrationId)).toMatchObject({
      status: 'approved',
      crm: { state: 'linked', leadId: first.leadId },
    });
    expect(road.leadsOf(second)).toEqual([first.leadId]);
    const { Introducer_Registration_Id__c: id, Introducer_Partner__c: partner } = road.valuesOf(first.leadId);
    expect(id).toBe(second.registrationId);
    expect(partner).not.toBe(shown);
    const converted = await road.convert({ ...second, leadId: first.leadId });
    road.win(converted.opportunityId);
    await road.look();
    expect(await road.bookOf(second)).toEqual(['commission 1200.00 USD']);
    expect(await road.bookOf(first)).toEqual([]);
    expect(road.stampedWith(second)).toEqual([converted.opportunityId]);
    for (const one of [first, second]) expect(await road.problems(one.registrationId)).toEqual([]);
  });

  it('who knows somebody else at the company gets a lead of their own', async () => {
    const first = await road.pushLead();
    const other = { ...first.prospect.contact, email: `other.${first.prospect.contact.email}` };
    const second = await rivalOf({ ...first, prospect: { ...first.prospect, contact: other } });
    await road.service.letDaysPass(protectionEnds);
    const [own, ...more] = road.leadsOf(second);
    expect(more).toEqual([]);
    expect(own).not.toBe(first.leadId);
    expect((await road.program.registration(second.registrationId)).crm).toMatchObject({ leadId: own });
  });

  it('a lead that was converted meanwhile is followed to its deal by whoever inherits it', async () => {
    const first = await road.pushLead();
    const second = await rivalOf(first);
    const { opportunityId } = road.salesforce.person.convertLead({ leadId: first.leadId });
    await road.service.letDaysPass(protectionEnds);
    await road.look();
    road.win(opportunityId ?? '');
    await road.look();
    expect(await road.bookOf(second)).toEqual(['commission 1200.00 USD']);
    expect(await road.bookOf(first)).toEqual([]);
  });
});
