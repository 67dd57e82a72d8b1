import { formFields } from '../../src/program/form-field.api.js';
import { askedFields, choicePlaces, faultsOfFormFields } from '../../src/program/form-fields.js';

const from = { connection: 'hubspot', record: 'company', field: 'industry' } as const;
const industry = { name: 'industry', type: 'choice', label: 'Industry', required: true, choicesFrom: from } as const;
const seats = { name: 'seats', type: 'number', label: 'Seats' } as const;
const read = { ...from, choices: [{ value: 'RETAIL', label: 'Retail' }], readAt: new Date(0) };

describe('the fields of the form', () => {
  it('offer what was read from the CRM', () => {
    expect(askedFields([industry, seats], [{ ...read, field: 'other' }, read])).toEqual([
      { ...industry, choices: [{ value: 'RETAIL', label: 'Retail' }] },
      seats,
    ]);
  });

  it.each([
    ['were never read', []],
    ['were read somewhere else', [{ ...read, connection: 'salesforce' }]],
    ['are none', [{ ...read, choices: [] }]],
  ])('are left out where their choices %s, required or not', (_, known) => {
    expect(askedFields([industry, seats], known)).toEqual([seats]);
  });

  it('name each place of the CRM once', () => {
    const twice = { ...industry, name: 'again' };
    const other = { ...industry, name: 'other', choicesFrom: { ...from, field: 'type' } };
    expect(choicePlaces([industry, seats, twice, other])).toEqual([from, { ...from, field: 'type' }]);
  });

  it('take choices only from connections and records that there are', () => {
    const hubspot = { id: 'hubspot', hasLeads: false };
    expect(faultsOfFormFields([industry], [hubspot])).toEqual([]);
    const lead = { ...industry, choicesFrom: { ...from, record: 'lead' } } as const;
    expect(faultsOfFormFields([seats, lead], [hubspot])).toMatchObject([{ field: 'formFields[1].choicesFrom.record' }]);
    expect(faultsOfFormFields([industry], [])).toMatchObject([{ field: 'formFields[0].choicesFrom.connection' }]);
  });

  const listed = { name: 'a', type: 'choice', label: 'A', choices: [{ value: 'x' }] };
  it.each<[string, object, string]>([
    ['neither a list nor a source of choices', { ...listed, choices: undefined }, '0.choices'],
    ['both', { ...listed, choicesFrom: from }, '0.choicesFrom'],
    ['a source of choices for a text', { name: 'a', type: 'text', label: 'A', choicesFrom: from }, '0.choicesFrom'],
    ['a field that is no name', { ...industry, choicesFrom: { ...from, field: 'a b' } }, '0.choicesFrom.field'],
  ])('are refused with %s', (_, field, path) => {
    const { error } = formFields.safeParse([field]);
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});
