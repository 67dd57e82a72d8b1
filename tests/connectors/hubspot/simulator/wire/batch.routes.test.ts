import { rawCall, refusalOf, useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot();

/** The property group and the unique property our connector makes. */
async function makeRegistrationProperty(): Promise<void> {
  await rawCall(hubspot.simulator, 'POST', '/crm/v3/properties/deals/groups', {
    name: 'introducer',
    label: 'Introducer',
  });
  await rawCall(hubspot.simulator, 'POST', '/crm/v3/properties/deals', {
    name: 'introducer_registration_id',
    label: 'Registration',
    groupName: 'introducer',
    type: 'string',
    fieldType: 'text',
    hasUniqueValue: true,
  });
}

function seedDeals(count: number): readonly string[] {
  return hubspot.simulator.seed(
    'deals',
    Array.from({ length: count }, (_, index) => ({
      properties: { dealname: `Deal ${index}`, dealstage: 'qualifiedtobuy', amount: index },
    })),
  );
}

const inputs = (ids: readonly string[]) => ids.map((id) => ({ id }));

describe('a batch read', () => {
  const read = (ids: readonly string[], propertiesWithHistory: string[] = [], archived?: boolean) =>
    hubspot.client.crm.deals.batchApi.read(
      { inputs: inputs(ids), properties: ['dealname'], propertiesWithHistory },
      archived,
    );

  it('answers in another order than it was asked, or in the same when told to', async () => {
    const ids = seedDeals(3);
    expect((await read(ids)).results.map(({ id }) => id)).toEqual([...ids].reverse());
    hubspot.simulator.configure({ reverseBatchResults: false });
    expect((await read(ids)).results.map(({ id }) => id)).toEqual(ids);
  });

  it('names the ids it did not find beside what it found', async () => {
    const [id = ''] = seedDeals(1);
    const answer = await read([id, '404', '405']);
    expect(answer.results.map((each) => each.id)).toEqual([id]);
    expect(answer).toMatchObject({
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['404', '405'] } }],
    });
    expect(hubspot.simulator.calls()).toHaveProperty(['POST /crm/objects/deals/batch/read 207'], 1);
  });

  it('takes a hundred ids, and with history only as many as the setting allows', async () => {
    const ids = seedDeals(101);
    expect((await read(ids.slice(0, 100))).results).toHaveLength(100);
    expect((await refusalOf(read(ids))).code).toBe(400);
    expect((await refusalOf(read(ids.slice(0, 51), ['dealstage']))).code).toBe(400);
    const withHistory = await read(ids.slice(0, 50), ['dealstage']);
    expect(withHistory.results[0]?.propertiesWithHistory?.dealstage).toHaveLength(1);
    hubspot.simulator.configure({ historyReadLimit: 100 });
    expect((await read(ids.slice(0, 100), ['dealstage'])).results).toHaveLength(100);
  });

  it('shows archived deals only when asked for them', async () => {
    const [id = ''] = seedDeals(1);
    await hubspot.client.crm.deals.batchApi.archive({ inputs: [{ id }] });
    expect((await read([id])).results).toEqual([]);
    expect((await read([id], [], true)).results).toMatchObject([{ id, archived: true }]);
  });

  it('is done within a few milliseconds for a hundred deals', async () => {
    const ids = seedDeals(100);
    const rounds = 20;
    await read(ids);
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) await read(ids);
    const { user, system } = process.cpuUsage(before);
    // Generous: this counts the client's work too, and that under jest.
    expect((user + system) / 1000 / rounds).toBeLessThan(50);
  });
});

describe('a batch of writes', () => {
  it('makes deals by their registration id once, and says which were new', async () => {
    await makeRegistrationProperty();
    const upsert = (dealname: string) =>
      hubspot.client.crm.deals.batchApi.upsert({
        inputs: ['reg_1', 'reg_2'].map((id) => ({
          id,
          idProperty: 'introducer_registration_id',
          properties: { dealname, dealstage: 'qualifiedtobuy' },
        })),
      });
    const first = await upsert('first');
    expect(first.results.map((each) => each._new)).toEqual([true, true]);
    const second = await upsert('second');
    expect(second.results.map((each) => each._new)).toEqual([false, false]);
    expect(second.results.map(({ id }) => id).sort()).toEqual(first.results.map(({ id }) => id).sort());
    expect(hubspot.simulator.person.records('deals')).toHaveLength(2);
  });

  it('refuses an upsert by a property that is not unique', async () => {
    const upsert = (idProperty: string) =>
      hubspot.client.crm.deals.batchApi.upsert({ inputs: [{ id: 'x', idProperty, properties: { dealname: 'x' } }] });
    for (const name of ['dealname', 'hs_object_id']) {
      expect((await refusalOf(upsert(name))).body.message).toMatch(`non-unique 0-3 property ${name}`);
    }
  });

  it('upserts contacts by e-mail address', async () => {
    const upsert = (firstname: string) =>
      hubspot.client.crm.contacts.batchApi.upsert({
        inputs: [{ id: 'ida@brightwater.example', idProperty: 'email', properties: { firstname } }],
      });
    const [made] = (await upsert('Ida')).results;
    const [found] = (await upsert('Ida B.')).results;
    expect(found).toMatchObject({ id: made?.id, _new: false, properties: { email: 'ida@brightwater.example' } });
  });

  it('refuses a second record with the value of a unique property', async () => {
    await makeRegistrationProperty();
    const create = () =>
      hubspot.client.crm.deals.basicApi.create({
        properties: { dealname: 'a', dealstage: 'qualifiedtobuy', introducer_registration_id: 'reg_1' },
      });
    const { id } = await create();
    expect((await refusalOf(create())).body.category).toBe('VALIDATION_ERROR');
    await hubspot.client.crm.deals.basicApi.archive(id);
    await expect(create()).resolves.toHaveProperty('id');
  });

  it('fails as a whole for one bad input, and in part when every input carries a trace id', async () => {
    const good = { properties: { dealname: 'good', dealstage: 'qualifiedtobuy' }, associations: [] };
    const bad = { properties: { dealname: 'bad', dealstage: 'nowhere' }, associations: [] };
    const create = hubspot.client.crm.deals.batchApi;
    expect((await refusalOf(create.create({ inputs: [good, bad] }))).code).toBe(400);
    expect(hubspot.simulator.person.records('deals')).toEqual([]);
    const answer = await create.create({
      inputs: [
        { ...good, objectWriteTraceId: 'one' },
        { ...bad, objectWriteTraceId: 'two' },
      ],
    });
    expect(answer.results).toMatchObject([{ objectWriteTraceId: 'one', properties: { dealname: 'good' } }]);
    expect(answer).toMatchObject({ numErrors: 1, errors: [{ context: { objectWriteTraceId: ['two'] } }] });
  });

  it('updates what is there and names what is not', async () => {
    const [id = ''] = seedDeals(1);
    const answer = await hubspot.client.crm.deals.batchApi.update({
      inputs: [
        { id, properties: { amount: '99' } },
        { id: '404', properties: { amount: '99' } },
      ],
    });
    expect(answer.results).toMatchObject([{ id, properties: { amount: '99' } }]);
    expect(answer).toMatchObject({ numErrors: 1, errors: [{ context: { ids: ['404'] } }] });
  });

  it('refuses the same record twice in one batch', async () => {
    const [id = ''] = seedDeals(1);
    const twice = [1, 2].map((amount) => ({ id, properties: { amount: String(amount) } }));
    const error = await refusalOf(hubspot.client.crm.deals.batchApi.update({ inputs: twice }));
    expect(error.body.message).toMatch('Duplicate IDs found in batch input');
  });
});
