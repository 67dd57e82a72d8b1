import { AssociationSpecAssociationCategoryEnum as Category } from '@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpec.js';
import { rawCall, refusalOf, useSimulatedHubspot } from '../simulated-hubspot.js';

const hubspot = useSimulatedHubspot();

interface Family {
  readonly deal: string;
  readonly company: string;
  readonly other: string;
  readonly contact: string;
}

function makeFamily(): Family {
  const { person } = hubspot.simulator;
  return {
    deal: person.createRecord('deals', { dealname: 'Brightwater', dealstage: 'qualifiedtobuy' }),
    company: person.createRecord('companies', { domain: 'brightwater.example' }),
    other: person.createRecord('companies', { domain: 'other.example' }),
    contact: person.createRecord('contacts', { email: 'ida@brightwater.example' }),
  };
}

const hubspotDefined = (associationTypeId: number) => ({
  associationCategory: Category.HubspotDefined,
  associationTypeId,
});
const basic = () => hubspot.client.crm.associations.v4.basicApi;
const batch = () => hubspot.client.crm.associations.v4.batchApi;

async function typeIds(from: string, id: string, to: string): Promise<readonly (readonly number[])[]> {
  const { results } = await basic().getPage(from, id, to);
  return results.map(({ associationTypes }) => associationTypes.map(({ typeId }) => typeId).sort((a, b) => a - b));
}

describe('a tie between two records', () => {
  it('is seen from both sides, each under its own type', async () => {
    const { deal, contact } = makeFamily();
    await basic().createDefault('deals', deal, 'contacts', contact);
    expect(await typeIds('deals', deal, 'contacts')).toEqual([[3]]);
    expect(await typeIds('contacts', contact, 'deals')).toEqual([[4]]);
    await basic().archive('contacts', contact, 'deals', deal);
    expect(await typeIds('deals', deal, 'contacts')).toEqual([]);
  });

  it('keeps the unlabelled type beside the primary one, of which a deal has only one', async () => {
    const { deal, company, other } = makeFamily();
    const answer = await basic().create('deals', deal, 'companies', company, [hubspotDefined(5)]);
    expect(answer.labels).toEqual(['Primary']);
    expect(await typeIds('deals', deal, 'companies')).toEqual([[5, 341]]);
    expect(await typeIds('companies', company, 'deals')).toEqual([[6, 342]]);
    await basic().create('companies', other, 'deals', deal, [hubspotDefined(6)]);
    expect(await typeIds('deals', deal, 'companies')).toEqual([[341], [5, 341]]);
  });

  it('is refused to a record that is not there or under a type that does not exist', async () => {
    const { deal, contact } = makeFamily();
    expect((await refusalOf(basic().createDefault('deals', deal, 'contacts', '404'))).code).toBe(404);
    expect((await refusalOf(basic().create('deals', deal, 'contacts', contact, [hubspotDefined(279)]))).code).toBe(400);
  });

  it('replaces its labels, which people can add', async () => {
    const { deal, contact } = makeFamily();
    const labels = '/crm/v4/associations/deals/contacts/labels';
    const made = await rawCall(hubspot.simulator, 'POST', labels, {
      name: 'champion',
      label: 'Champion',
      inverseLabel: 'Champions',
    });
    const [forth] = made.body.results as { typeId: number }[];
    const spec = { associationCategory: Category.UserDefined, associationTypeId: forth?.typeId ?? 0 };
    await basic().create('deals', deal, 'contacts', contact, [spec]);
    expect((await basic().getPage('deals', deal, 'contacts')).results[0]?.associationTypes).toMatchObject([
      { typeId: 3 },
      { label: 'Champion', category: 'USER_DEFINED' },
    ]);
    await basic().create('deals', deal, 'contacts', contact, []);
    expect(await typeIds('deals', deal, 'contacts')).toEqual([[3]]);
    const removed = await rawCall(hubspot.simulator, 'DELETE', `${labels}/${forth?.typeId ?? 0}`);
    expect(removed.status).toBe(204);
    expect((await rawCall(hubspot.simulator, 'GET', labels)).body.results).toHaveLength(1);
  });
});

describe('ties in batches', () => {
  it('are made, read and removed', async () => {
    const { deal, company, contact } = makeFamily();
    const pair = { _from: { id: deal }, to: { id: company } };
    await batch().create('deals', 'companies', { inputs: [{ ...pair, types: [hubspotDefined(5)] }] });
    await batch().createDefault('deals', 'contacts', { inputs: [{ _from: { id: deal }, to: { id: contact } }] });
    const read = await batch().getPage('deals', 'companies', { inputs: [{ id: deal }] });
    expect(read.results[0]?._from.id).toBe(deal);
    // A number, although the client's type says text.
    expect(read.results[0]?.to).toMatchObject([{ toObjectId: Number(company) }]);
    await batch().archiveLabels('deals', 'companies', { inputs: [{ ...pair, types: [hubspotDefined(5)] }] });
    expect(await typeIds('deals', deal, 'companies')).toEqual([[341]]);
    await batch().archive('deals', 'contacts', { inputs: [{ _from: { id: deal }, to: [{ id: contact }] }] });
    const none = await batch().getPage('deals', 'contacts', { inputs: [{ id: deal }] });
    expect(none).toMatchObject({ results: [], numErrors: 1 });
  });

  it('answer 200 on dated paths, where v4 answers 201 and 204', async () => {
    const { deal, contact } = makeFamily();
    const base = '/crm/associations/2026-09/deals/contacts/batch';
    const create = { inputs: [{ from: { id: deal }, to: { id: contact }, types: [hubspotDefined(3)] }] };
    expect((await rawCall(hubspot.simulator, 'POST', `${base}/create`, create)).status).toBe(200);
    const archive = { inputs: [{ from: { id: deal }, to: [{ id: contact }] }] };
    expect((await rawCall(hubspot.simulator, 'POST', `${base}/archive`, archive)).status).toBe(200);
    const single = `/crm/objects/2026-09/deals/${deal}/associations/contacts/${contact}`;
    expect((await rawCall(hubspot.simulator, 'PUT', single, [hubspotDefined(3)])).status).toBe(201);
    expect(
      (await rawCall(hubspot.simulator, 'PUT', `/crm/v3/objects/deals/${deal}/associations/contacts/${contact}`, []))
        .status,
    ).toBe(404);
  });
});
