import { AssociationSpecAssociationCategoryEnum as Category } from '@hubspot/api-client/lib/codegen/crm/deals/models/AssociationSpec.js';
import { createTestClock } from '../../../../support/test-clock.js';
import { rawCall, refusalOf, useSimulatedHubspot } from '../simulated-hubspot.js';

const clock = createTestClock('2026-03-02T09:00:00.000Z');
const hubspot = useSimulatedHubspot({ clock, homeCurrency: 'USD', currencies: { USD: '1.0', EUR: '1.1' } });

function newDeal(properties: Record<string, string> = {}) {
  return hubspot.client.crm.deals.basicApi.create({
    properties: { dealname: 'Brightwater', dealstage: 'qualifiedtobuy', ...properties },
  });
}

describe('a deal made through the API', () => {
  it('answers with strings for every value and works out stage, amount and currency', async () => {
    const deal = await newDeal({ amount: '1500.00', deal_currency_code: 'EUR' });
    expect(Number(deal.id)).toBeGreaterThan(2 ** 31);
    expect(deal.createdAt).toEqual(clock.now());
    expect(deal.properties).toMatchObject({
      dealname: 'Brightwater',
      pipeline: 'default',
      amount: '1500.00',
      hs_exchange_rate: '1.1',
      amount_in_home_currency: '1650',
      hs_is_closed: 'false',
      hs_is_closed_won: 'false',
      hs_deal_stage_probability: '0.4',
      hs_object_id: deal.id,
      hs_v2_date_entered_qualifiedtobuy: '2026-03-02T09:00:00.000Z',
    });
  });

  it('reads the default properties, null where there is none, and leaves unknown names out', async () => {
    const { id } = await newDeal();
    const read = await hubspot.client.crm.deals.basicApi.getById(id);
    expect(Object.keys(read.properties).sort()).toEqual([
      'amount',
      'closedate',
      'createdate',
      'dealname',
      'dealstage',
      'hs_lastmodifieddate',
      'hs_object_id',
      'pipeline',
    ]);
    expect(read.properties.amount).toBeNull();
    const chosen = await hubspot.client.crm.deals.basicApi.getById(id, ['dealname', 'no_such_property']);
    expect(chosen.properties).not.toHaveProperty('no_such_property');
  });

  it('reads the same under the type id, a comma list and a dated path', async () => {
    const { id } = await newDeal({ amount: '12' });
    for (const path of [
      `/crm/v3/objects/0-3/${id}?properties=amount,dealname`,
      `/crm/v3/objects/deals/${id}?properties=amount&properties=dealname`,
      `/crm/objects/2026-09/deals/${id}?properties=amount,dealname`,
      `/crm/objects/2026-03/0-3/${id}?properties=amount,dealname`,
    ]) {
      const answer = await rawCall(hubspot.simulator, 'GET', path);
      expect(answer.body.properties).toMatchObject({ amount: '12', dealname: 'Brightwater' });
      expect(answer.headers.get('content-type')).toMatch('application/json');
    }
    expect(hubspot.simulator.calls()).toEqual({
      'GET /crm/objects/deals/{id} 200': 4,
      'POST /crm/objects/deals 201': 1,
    });
  });

  it('keeps the history of a property, newest first, with who changed it', async () => {
    const { id } = await newDeal();
    clock.advanceMs(60_000);
    hubspot.simulator.person.moveDeal(id, 'closedwon');
    const read = await hubspot.client.crm.deals.basicApi.getById(id, undefined, ['dealstage', 'hs_is_closed_won']);
    expect(read.propertiesWithHistory?.dealstage).toMatchObject([
      { value: 'closedwon', sourceType: 'CRM_UI', updatedByUserId: 5001, timestamp: clock.now() },
      { value: 'qualifiedtobuy', sourceType: 'INTEGRATION', sourceId: String(hubspot.simulator.appId) },
    ]);
    expect(read.propertiesWithHistory?.hs_is_closed_won?.[0]).toMatchObject({
      value: 'true',
      sourceType: 'CALCULATED',
    });
  });

  it('gets a close date when a person wins it, and none when the API does', async () => {
    const [byPerson, byApi] = [await newDeal(), await newDeal()];
    hubspot.simulator.person.moveDeal(byPerson.id, 'closedwon');
    await hubspot.client.crm.deals.basicApi.update(byApi.id, { properties: { dealstage: 'closedwon' } });
    const closeDate = async (id: string) => (await hubspot.client.crm.deals.basicApi.getById(id)).properties.closedate;
    expect(await closeDate(byPerson.id)).toBe(clock.now().toISOString());
    expect(await closeDate(byApi.id)).toBeNull();
  });

  it('changes nothing and remembers nothing when a value is written again', async () => {
    const deal = await newDeal({ amount: '5' });
    clock.advanceMs(1000);
    const same = await hubspot.client.crm.deals.basicApi.update(deal.id, { properties: { amount: '5' } });
    expect(same.updatedAt).toEqual(deal.updatedAt);
    const cleared = await hubspot.client.crm.deals.basicApi.update(deal.id, { properties: { amount: '' } });
    expect(cleared.properties).not.toHaveProperty('amount');
    expect(cleared.properties.hs_lastmodifieddate).toBe(clock.now().toISOString());
  });
});

describe('a write that HubSpot refuses', () => {
  it.each([
    [{ no_such_property: 'x' }, 'PROPERTY_DOESNT_EXIST', 'Property "no_such_property" does not exist'],
    [{ hs_is_closed_won: 'true' }, 'READ_ONLY_VALUE', 'read only'],
    [{ dealtype: 'gift' }, 'INVALID_OPTION', 'allowed options'],
    [{ deal_currency_code: 'XAU' }, 'INVALID_OPTION', 'XAU'],
    [{ dealstage: 'no_such_stage' }, 'INVALID_OPTION', 'no_such_stage'],
    [{ amount: 'a lot' }, 'INVALID_INTEGER', 'number'],
    [{ hubspot_owner_id: '5001' }, 'INVALID_OPTION', '5001'],
  ])('says why: %j', async (properties, code, words) => {
    const error = await refusalOf(newDeal(properties));
    expect(error.code).toBe(400);
    expect(error.body.category).toBe('VALIDATION_ERROR');
    expect(error.body.message).toMatch('Property values were not valid: [{"isValid":false');
    expect(error.body.message.replaceAll('\\"', '"')).toContain(words);
    expect(error.body.errors[0]?.code).toBe(code);
    expect(hubspot.simulator.person.records('deals')).toEqual([]);
  });

  it('names the properties a new deal needs', async () => {
    const error = await refusalOf(hubspot.client.crm.deals.basicApi.create({ properties: { amount: '1' } }));
    expect(error.body).toMatchObject({
      message: 'Error creating DEAL. Some required properties were not set.',
      context: { properties: ['dealname', 'dealstage'] },
    });
  });

  it("enforces an administrator's rules on 2026-09 paths, and elsewhere only when told to", async () => {
    const { simulator } = hubspot;
    simulator.person.requireProperties({ objectType: 'deals', properties: ['dealtype'] });
    simulator.person.requireProperties({ objectType: 'deals', properties: ['amount'], whenStage: 'won' });
    const body = { properties: { dealname: 'a', dealstage: 'closedwon', dealtype: 'newbusiness' } };
    const deal = await newDeal();
    const onDated = await rawCall(simulator, 'POST', '/crm/objects/2026-09/deals', body);
    expect(onDated.status).toBe(400);
    expect(onDated.body).toMatchObject({ context: { properties: ['amount'] } });
    const moved = await rawCall(simulator, 'PATCH', `/crm/objects/2026-09/deals/${deal.id}`, {
      properties: { dealstage: 'closedwon' },
    });
    expect(moved.body.message).toBe('Error updating DEAL. Some required properties were not set.');

    simulator.configure({ enforceRequired: 'always' });
    expect((await refusalOf(newDeal())).body).toMatchObject({ context: { properties: ['dealtype'] } });
    simulator.person.clearRequired();
    await expect(newDeal()).resolves.toHaveProperty('id');
  });

  it('answers 404 for what is not there and 400 for what is not JSON', async () => {
    expect((await refusalOf(hubspot.client.crm.deals.basicApi.getById('1'))).body.category).toBe('OBJECT_NOT_FOUND');
    expect((await refusalOf(hubspot.client.crm.deals.basicApi.update('1', { properties: { amount: '1' } }))).code).toBe(
      404,
    );
    const response = await fetch(`${hubspot.simulator.url}/crm/v3/objects/deals`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${hubspot.simulator.accessToken}`, 'Content-Type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(400);
    await response.text();
  });
});

describe('a contact', () => {
  const create = (properties: Record<string, string>) => hubspot.client.crm.contacts.basicApi.create({ properties });

  it('is refused with the existing id when its address is taken, also as an additional one', async () => {
    const first = await create({ email: 'Ida@Brightwater.example' });
    await hubspot.client.crm.contacts.basicApi.update(first.id, {
      properties: { hs_additional_emails: 'ida.b@brightwater.example;i@brightwater.example' },
    });
    for (const email of ['ida@brightwater.example', 'i@brightwater.example']) {
      const error = await refusalOf(create({ email }));
      expect(error.code).toBe(409);
      expect(error.body.message).toBe(`Contact already exists. Existing ID: ${first.id}`);
    }
  });

  it('is found by its address; by an additional one only when the switch says so', async () => {
    const { id } = await create({ email: 'ida@brightwater.example', hs_additional_emails: 'i@brightwater.example' });
    const byEmail = (email: string) =>
      hubspot.client.crm.contacts.basicApi.getById(email, undefined, undefined, undefined, false, 'email');
    expect((await byEmail('ida@brightwater.example')).id).toBe(id);
    expect((await refusalOf(byEmail('i@brightwater.example'))).code).toBe(404);
    hubspot.simulator.configure({ findBySecondaryEmail: true });
    expect((await byEmail('i@brightwater.example')).id).toBe(id);
  });

  it('can share its id with a deal', async () => {
    expect((await create({ email: 'a@b.example' })).id).toBe((await newDeal()).id);
  });

  it('is gone for good after a privacy request', async () => {
    const { id } = await create({ email: 'a@b.example' });
    await hubspot.client.crm.contacts.basicApi.purge({ objectId: 'a@b.example', idProperty: 'email' });
    expect(
      (await refusalOf(hubspot.client.crm.contacts.basicApi.getById(id, undefined, undefined, undefined, true))).code,
    ).toBe(404);
  });
});

describe('lists and ties', () => {
  it('pages through records and stops without a next page', async () => {
    for (let index = 0; index < 5; index += 1) await newDeal();
    const first = await hubspot.client.crm.deals.basicApi.getPage(3);
    expect(first.results).toHaveLength(3);
    const second = await hubspot.client.crm.deals.basicApi.getPage(3, first.paging?.next?.after);
    expect(second.results).toHaveLength(2);
    expect(second.paging?.next).toBeUndefined();
    expect((await refusalOf(hubspot.client.crm.deals.basicApi.getPage(101))).code).toBe(400);
  });

  it('ties a new deal to its company and contact in the same call, and shows a primary company twice', async () => {
    const company = await hubspot.client.crm.companies.basicApi.create({
      properties: { domain: 'brightwater.example' },
    });
    const contact = await hubspot.client.crm.contacts.basicApi.create({
      properties: { email: 'ida@brightwater.example' },
    });
    const tie = (id: string, associationTypeId: number) => ({
      to: { id },
      types: [{ associationCategory: Category.HubspotDefined, associationTypeId }],
    });
    const deal = await hubspot.client.crm.deals.basicApi.create({
      properties: { dealname: 'Brightwater', dealstage: 'qualifiedtobuy' },
      associations: [tie(company.id, 5), tie(contact.id, 3)],
    });
    const read = await hubspot.client.crm.deals.basicApi.getById(deal.id, undefined, undefined, [
      'companies',
      'contacts',
    ]);
    expect(read.associations?.contacts?.results).toEqual([{ id: contact.id, type: 'deal_to_contact' }]);
    expect(read.associations?.companies?.results.map(({ type }) => type).sort()).toEqual([
      'deal_to_company',
      'deal_to_company_unlabeled',
    ]);
  });

  it('makes nothing when the record to tie to is not there', async () => {
    const error = await refusalOf(
      hubspot.client.crm.deals.basicApi.create({
        properties: { dealname: 'a', dealstage: 'qualifiedtobuy' },
        associations: [
          { to: { id: '1' }, types: [{ associationCategory: Category.HubspotDefined, associationTypeId: 3 }] },
        ],
      }),
    );
    expect(error.code).toBe(400);
    expect(hubspot.simulator.person.records('deals')).toEqual([]);
  });
});

describe('deletion', () => {
  it('hides a deal from default reads, shows it when asked for archived ones, and can be undone', async () => {
    const { id } = await newDeal();
    await hubspot.client.crm.deals.basicApi.archive(id);
    await hubspot.client.crm.deals.basicApi.archive(id);
    expect((await refusalOf(hubspot.client.crm.deals.basicApi.getById(id))).code).toBe(404);
    const archived = await hubspot.client.crm.deals.basicApi.getById(id, undefined, undefined, undefined, true);
    expect(archived).toMatchObject({ archived: true, archivedAt: clock.now() });
    expect((await hubspot.client.crm.deals.basicApi.getPage()).results).toEqual([]);
    hubspot.simulator.person.restoreRecord('deals', id);
    expect((await hubspot.client.crm.deals.basicApi.getById(id)).archived).toBe(false);
  });
});
