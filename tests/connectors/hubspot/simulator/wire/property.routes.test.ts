import {
  PropertyCreateFieldTypeEnum as Field,
  PropertyCreateTypeEnum as Type,
} from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import { refusalOf, useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot();
const core = () => hubspot.client.crm.properties.coreApi;
const groups = () => hubspot.client.crm.properties.groupsApi;

const status = {
  name: 'introducer_status',
  label: 'Status',
  groupName: 'introducer',
  type: Type.String,
  fieldType: Field.Text,
};

describe('properties', () => {
  beforeEach(async () => {
    await groups().create('deals', { name: 'introducer', label: 'Introducer' });
  });

  it('are made in a group, once', async () => {
    const made = await core().create('deals', { ...status, hasUniqueValue: true });
    expect(made).toMatchObject({ hasUniqueValue: true, hubspotDefined: false, archived: false });
    expect(made.modificationMetadata).toMatchObject({ archivable: true, readOnlyValue: false });
    expect((await refusalOf(core().create('deals', status))).code).toBe(409);
    expect((await refusalOf(groups().create('deals', { name: 'introducer', label: 'again' }))).code).toBe(409);
    expect((await core().getAll('deals')).results.map(({ name }) => name)).toContain('introducer_status');
    expect((await groups().getAll('0-3')).results.map(({ name }) => name)).toEqual(['dealinformation', 'introducer']);
  });

  it.each([
    [{ ...status, name: 'Not Lowercase' }],
    [{ ...status, fieldType: Field.Number }],
    [{ ...status, groupName: 'nowhere' }],
  ])('are refused when HubSpot would: %j', async (definition) => {
    expect((await refusalOf(core().create('deals', definition))).code).toBe(400);
  });

  it('may have ten unique ones at most', async () => {
    for (let index = 0; index < 10; index += 1) {
      await core().create('deals', { ...status, name: `unique_${index}`, hasUniqueValue: true });
    }
    const eleventh = { ...status, name: 'unique_11', hasUniqueValue: true };
    expect((await refusalOf(core().create('deals', eleventh))).code).toBe(400);
  });

  it('say which values only HubSpot writes', async () => {
    const won = await core().getByName('deals', 'hs_is_closed_won');
    expect(won).toMatchObject({ calculated: true, hubspotDefined: true });
    expect(won.modificationMetadata?.readOnlyValue).toBe(true);
    expect((await refusalOf(core().getByName('deals', 'nope'))).code).toBe(404);
  });

  it('leave with their values when they are deleted, and refuse writes until they are back', async () => {
    const { person } = hubspot.simulator;
    await core().create('deals', status);
    const id = person.createRecord('deals', { dealname: 'a', dealstage: 'closedwon', introducer_status: 'approved' });
    person.deleteProperty('deals', 'introducer_status');
    const write = () => hubspot.client.crm.deals.basicApi.update(id, { properties: { introducer_status: 'won' } });
    expect((await refusalOf(write())).body.errors[0]?.code).toBe('PROPERTY_DOESNT_EXIST');
    const read = () => hubspot.client.crm.deals.basicApi.getById(id, ['introducer_status']);
    expect((await read()).properties).not.toHaveProperty('introducer_status');
    await core().create('deals', status);
    expect((await read()).properties.introducer_status).toBeNull();
    await write();
    expect((await read()).properties.introducer_status).toBe('won');
    await core().archive('deals', 'introducer_status');
    expect((await core().getAll('deals', true)).results.map(({ name }) => name)).toEqual(['introducer_status']);
    expect((await refusalOf(core().archive('deals', 'amount'))).code).toBe(400);
  });

  it('are changed, but not made unique afterwards', async () => {
    await core().create('deals', status);
    const changed = await core().update('deals', 'introducer_status', { label: 'State' });
    expect(changed).toMatchObject({ label: 'State', hasUniqueValue: false, type: 'string' });
    await groups().update('deals', 'introducer', { label: 'Partners' });
    expect((await groups().getByName('deals', 'introducer')).label).toBe('Partners');
    await groups().archive('deals', 'introducer');
    expect((await refusalOf(groups().getByName('deals', 'introducer'))).code).toBe(404);
  });

  it('are made and read in batches, with what failed told apart', async () => {
    const other = { ...status, name: 'introducer_partner' };
    const made = await hubspot.client.crm.properties.batchApi.create('deals', { inputs: [status, other, status] });
    expect(made.results).toHaveLength(2);
    expect(made).toMatchObject({ numErrors: 1, errors: [{ category: 'CONFLICT' }] });
    const read = await hubspot.client.crm.properties.batchApi.read('deals', {
      archived: false,
      inputs: [{ name: 'introducer_partner' }, { name: 'missing' }],
    });
    expect(read.results.map(({ name }) => name)).toEqual(['introducer_partner']);
  });
});
