import { createTestClock } from '../../../../support/test-clock.js';
import { refusalOf, useSimulatedHubspot } from '../simulated-hubspot.js';

const clock = createTestClock();
const hubspot = useSimulatedHubspot({ clock });
const basic = () => hubspot.client.crm.deals.basicApi;

async function twoDeals() {
  const { person } = hubspot.simulator;
  const contact = person.createRecord('contacts', { email: 'ida@brightwater.example' });
  const first = person.createRecord('deals', { dealname: 'First', dealstage: 'qualifiedtobuy' });
  clock.advanceMs(1000);
  const second = person.createRecord('deals', { dealname: 'Second', dealstage: 'closedwon', amount: '700' }, [
    { type: 'contacts', id: contact },
  ]);
  const merged = await basic().merge({ primaryObjectId: first, objectIdToMerge: second });
  return { contact, first, second, merged };
}

describe('two merged deals', () => {
  it('become a third with a new id, which both old ids lead to in single reads and writes', async () => {
    const { first, second, merged } = await twoDeals();
    expect([first, second]).not.toContain(merged.id);
    expect(merged.properties).toMatchObject({
      dealname: 'First',
      dealstage: 'qualifiedtobuy',
      amount: '700',
      hs_object_id: merged.id,
      hs_merged_object_ids: `${first};${second}`,
      hs_projected_amount: '280',
    });
    for (const old of [first, second]) expect((await basic().getById(old)).id).toBe(merged.id);
    const renamed = await basic().update(second, { properties: { dealname: 'Renamed' } });
    expect(renamed.id).toBe(merged.id);
  });

  it('are not followed by batches, unless a switch makes batch reads do so', async () => {
    const { first, merged } = await twoDeals();
    const update = await hubspot.client.crm.deals.batchApi.update({
      inputs: [{ id: first, properties: { amount: '1' } }],
    });
    expect(update).toMatchObject({ results: [], numErrors: 1 });
    const read = () =>
      hubspot.client.crm.deals.batchApi.read({ inputs: [{ id: first }], properties: [], propertiesWithHistory: [] });
    expect((await read()).results).toEqual([]);
    hubspot.simulator.configure({ mergedIdsInBatchRead: 'redirect' });
    expect((await read()).results.map(({ id }) => id)).toEqual([merged.id]);
  });

  it('give their associations to the survivor; an old id has none', async () => {
    const { contact, second, merged } = await twoDeals();
    const ties = async (id: string) =>
      (await hubspot.client.crm.associations.v4.basicApi.getPage('deals', id, 'contacts')).results.length;
    expect([await ties(merged.id), await ties(second)]).toEqual([1, 0]);
    expect(hubspot.simulator.person.associated('contacts', contact, 'deals')).toEqual([merged.id]);
  });

  it('mix their histories', async () => {
    const { merged } = await twoDeals();
    const read = await basic().getById(merged.id, undefined, ['dealstage']);
    expect(read.propertiesWithHistory?.dealstage?.map(({ value }) => value)).toEqual(['closedwon', 'qualifiedtobuy']);
  });

  it('can be merged again, and remember every id they ever had', async () => {
    const { first, second, merged } = await twoDeals();
    const third = hubspot.simulator.person.createRecord('deals', { dealname: 'Third', dealstage: 'qualifiedtobuy' });
    const survivor = await basic().merge({ primaryObjectId: third, objectIdToMerge: merged.id });
    expect(survivor.properties.hs_merged_object_ids?.split(';').sort()).toEqual(
      [first, second, merged.id, third].sort(),
    );
    expect((await basic().getById(first)).id).toBe(survivor.id);
    const again = refusalOf(basic().merge({ primaryObjectId: third, objectIdToMerge: merged.id }));
    expect((await again).code).toBe(404);
  });
});

describe('two merged contacts', () => {
  it('keep the second address as an additional one', async () => {
    const { person } = hubspot.simulator;
    const ida = person.createRecord('contacts', { email: 'ida@brightwater.example' });
    const old = person.createRecord('contacts', { email: 'old@brightwater.example', firstname: 'Ida' });
    const id = person.mergeRecords('contacts', ida, old);
    expect(person.record('contacts', old)).toMatchObject({
      id,
      properties: {
        email: 'ida@brightwater.example',
        hs_additional_emails: 'old@brightwater.example',
        firstname: 'Ida',
      },
    });
    const again = hubspot.client.crm.contacts.basicApi.create({ properties: { email: 'old@brightwater.example' } });
    expect((await refusalOf(again)).body.message).toBe(`Contact already exists. Existing ID: ${id}`);
  });
});
