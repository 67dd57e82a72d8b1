import { CrmUnauthorised } from '../../../connectors/contract.js';
import { createObserved, hubspot, pipelines } from './fake-hubspot.js';

/** Bodies written from the facts sheet, section 7. */
const property = (name: string, type: string, fieldType: string, more: object = {}) => ({
  name,
  label: `Label of ${name}`,
  type,
  fieldType,
  groupName: 'companyinformation',
  options: [],
  calculated: false,
  archived: false,
  modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
  ...more,
});
const option = (value: string, displayOrder: number, hidden = false) => ({
  label: `${value} in words`,
  value,
  displayOrder,
  hidden,
});

async function fieldsOf(results: readonly object[]) {
  hubspot().get('/crm/v3/properties/companies').reply(200, { results });
  return (await createObserved().connector.fields('company')) ?? [];
}

describe('the properties of HubSpot', () => {
  it.each([
    ['string', 'text', 'text'],
    ['string', 'phonenumber', 'text'],
    ['string', 'textarea', 'long-text'],
    ['string', 'html', 'long-text'],
    ['string', 'file', 'other'],
    ['number', 'number', 'number'],
    ['bool', 'booleancheckbox', 'boolean'],
    ['date', 'date', 'date'],
    ['datetime', 'date', 'datetime'],
    ['enumeration', 'select', 'choice'],
    ['enumeration', 'radio', 'choice'],
    ['enumeration', 'checkbox', 'choices'],
    ['object_coordinates', 'text', 'other'],
  ])('of type %s shown as %s are %s', async (type, fieldType, expected) => {
    expect(await fieldsOf([property('a', type, fieldType)])).toMatchObject([{ name: 'a', type: expected }]);
  });

  it('offer the choices that are not hidden, in their order', async () => {
    const options = [option('b', 2), option('unplaced', -1), option('gone', 0, true), option('a', 1)];
    expect(await fieldsOf([property('a', 'enumeration', 'select', { options })])).toMatchObject([
      {
        choices: [
          { value: 'a', label: 'a in words' },
          { value: 'b', label: 'b in words' },
          { value: 'unplaced', label: 'unplaced in words' },
        ],
      },
    ]);
  });

  it('that HubSpot computes take no value, and ours are told apart', async () => {
    const fields = await fieldsOf([
      property('sum', 'number', 'number', { calculated: true }),
      property('fixed', 'string', 'text', { modificationMetadata: { readOnlyValue: true } }),
      property('introducer_registration_id', 'string', 'text'),
    ]);
    expect(fields.map(({ name, writable, ours }) => [name, writable, ours])).toEqual([
      ['sum', false, false],
      ['fixed', false, false],
      ['introducer_registration_id', true, true],
    ]);
  });

  it('that our token may not read are refused in HubSpot’s words', async () => {
    hubspot().get('/crm/v3/properties/companies').reply(403, {
      status: 'error',
      category: 'MISSING_SCOPES',
      message: 'This app hasn’t been granted all required scopes',
    });
    const asked = createObserved().connector.fields('company');
    await expect(asked).rejects.toThrow(CrmUnauthorised);
    await expect(asked).rejects.toThrow(/granted all required scopes/);
  });

  it('tell pipelines by their labels, in their order', async () => {
    hubspot().get('/crm/v3/pipelines/deals').reply(200, pipelines);
    const told = await createObserved().connector.pipelines();
    expect(told.map(({ id, label, stages }) => [id, label, stages.map((stage) => stage.outcome)])).toEqual([
      ['default', 'Sales', ['open', 'open', 'won', 'lost', 'open']],
      ['77', 'Renewals', ['open', 'won', 'lost']],
    ]);
  });
});
