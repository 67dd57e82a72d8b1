import { startSweptSalesforce, type SweptSalesforce } from '../support/swept-salesforce.js';

describe('an opportunity that came of a registration', () => {
  let road: SweptSalesforce;

  beforeAll(async () => {
    road = await startSweptSalesforce({ settings: { multiCurrency: true, personAccounts: true } });
  });
  afterAll(() => road.service.close());

  it('is reversed when it is deleted, and earned again when it comes back, by the sweep alone', async () => {
    const converted = await road.convert(await road.pushLead());
    road.win(converted.opportunityId);
    await road.look();
    road.salesforce.person.delete(converted.opportunityId);
    await road.look();
    expect(await road.bookOf(converted)).toEqual(['commission 1200.00 USD', 'reversal -1200.00 USD']);
    expect((await road.program.registration(converted.registrationId)).crm?.presence).toBe('archived');
    road.salesforce.person.undelete(converted.opportunityId);
    await road.look();
    await road.look();
    expect(await road.bookOf(converted)).toEqual([
      'commission 1200.00 USD',
      'reversal -1200.00 USD',
      'commission 1200.00 USD',
    ]);
    expect((await road.program.registration(converted.registrationId)).crm?.presence).toBe('present');
  });

  it('is found lost when the recycle bin was emptied before anybody looked', async () => {
    const converted = await road.convert(await road.pushLead());
    road.win(converted.opportunityId);
    await road.look();
    road.salesforce.person.delete(converted.opportunityId);
    road.salesforce.person.emptyRecycleBin();
    await road.service.readAllDeals('salesforce');
    expect(await road.bookOf(converted)).toEqual(['commission 1200.00 USD', 'reversal -1200.00 USD']);
  });

  it('is credited in its own currency, whatever the partner had thought', async () => {
    const converted = await road.convert(await road.pushLead({ currency: 'USD' }));
    road.salesforce.person.update(converted.opportunityId, { CurrencyIsoCode: 'EUR' });
    road.win(converted.opportunityId);
    await road.look();
    expect(await road.bookOf(converted)).toEqual(['commission 1200.00 EUR']);
    expect(road.valuesOf(converted.opportunityId)).toMatchObject({ Introducer_Commission_Currency__c: 'EUR' });
  });

  it('is followed from a Lead that a queue owned', async () => {
    const { people } = road.salesforce;
    road.salesforce.configure({ leadAssignment: people.queue });
    const lead = await road.pushLead();
    road.salesforce.configure({ leadAssignment: null });
    expect(road.valuesOf(lead.leadId)['OwnerId']).toBe(people.queue);
    const converted = await road.convert(lead, people.rep);
    road.win(converted.opportunityId);
    await road.look();
    expect(await road.bookOf(converted)).toEqual(['commission 1200.00 USD']);
  });

  it('is followed from a Lead that became a person account', async () => {
    const lead = await road.pushLead();
    road.salesforce.person.update(lead.leadId, { Company: null });
    const converted = await road.convert(lead);
    expect(road.valuesOf(converted.accountId)['IsPersonAccount']).toBe(true);
    road.win(converted.opportunityId);
    await road.look();
    expect(await road.bookOf(converted)).toEqual(['commission 1200.00 USD']);
    expect(road.stampedWith(converted)).toEqual([converted.opportunityId]);
  });

  it('is credited once to each of two Leads that were merged, as far as it can be one registration’s', async () => {
    const [first, second] = [await road.pushLead(), await road.pushLead()];
    road.salesforce.person.merge(first.leadId, [second.leadId]);
    await road.look();
    const converted = await road.convert(first);
    road.win(converted.opportunityId);
    await road.look();
    expect(await road.bookOf(first)).toEqual(['commission 1200.00 USD']);
    expect(await road.bookOf(second)).toEqual([]);
    expect((await road.problems(second.registrationId)).map(({ work }) => work)).toEqual(['conversion-guard']);
    expect(road.stampedWith(first)).toEqual([converted.opportunityId]);
  });
});
