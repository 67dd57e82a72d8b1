import { readFields } from '../../../connectors/salesforce/fields.js';
import { readPipelines } from '../../../connectors/salesforce/stages.js';
import { createObserved } from './fake-salesforce.js';
import { answerStages, describeObject, hideObject } from './recorded-org.js';

/** As `describe` tells them: facts sheet, section 3. */
const picklist = (value: string, more: object = {}) => ({ value, label: `${value} in words`, active: true, ...more });
const call = () => createObserved().call;

describe('the fields of Salesforce', () => {
  it.each([
    ['string', 'text'],
    ['email', 'text'],
    ['phone', 'text'],
    ['textarea', 'long-text'],
    ['currency', 'number'],
    ['percent', 'number'],
    ['int', 'number'],
    ['boolean', 'boolean'],
    ['date', 'date'],
    ['datetime', 'datetime'],
    ['picklist', 'choice'],
    ['combobox', 'choice'],
    ['multipicklist', 'choices'],
    ['reference', 'reference'],
    ['address', 'other'],
    ['id', 'other'],
  ])('of type %s are %s', async (type, expected) => {
    describeObject('Account', [{ name: 'A', label: 'The A', type }]);
    expect(await readFields(call(), 'company')).toMatchObject([{ name: 'A', label: 'The A', type: expected }]);
  });

  it('offer the picklist values in use, and by their own value where they have no label', async () => {
    const picklistValues = [picklist('Hot'), picklist('Old', { active: false }), picklist('Cold', { label: null })];
    describeObject('Lead', [{ name: 'Rating', type: 'picklist', picklistValues }]);
    const [rating] = (await readFields(call(), 'lead')) ?? [];
    expect(rating?.choices).toEqual([
      { value: 'Hot', label: 'Hot in words' },
      { value: 'Cold', label: 'Cold' },
    ]);
  });

  it.each([
    ['may be empty', { nillable: true }, false],
    ['may not be empty', { nillable: false }, true],
    ['fills itself', { nillable: false, defaultedOnCreate: true }, false],
    ['is filled by Salesforce alone', { nillable: false, createable: false }, false],
    ['is a checkbox', { nillable: false, type: 'boolean' }, false],
  ])('are required, or not, of a new record: one that %s', async (_, more, required) => {
    describeObject('Contact', [{ name: 'Region__c', ...more }]);
    expect(await readFields(call(), 'contact')).toMatchObject([{ required }]);
  });

  it('take a value where our user may give one, and ours are told apart', async () => {
    describeObject('Opportunity', [{ name: 'IsWon', createable: false }, 'Introducer_Partner__c']);
    const fields = (await readFields(call(), 'deal')) ?? [];
    expect(fields.map(({ name, writable, ours }) => [name, writable, ours])).toEqual([
      ['IsWon', false, false],
      ['Introducer_Partner__c', true, true],
    ]);
  });

  it('of an object that our user may not see are none', async () => {
    hideObject('Lead');
    expect(await readFields(call(), 'lead')).toBeNull();
  });

  it('come with record types as pipelines, and one without a name where there are none', async () => {
    describeObject('Opportunity', ['Id']);
    answerStages();
    expect(await readPipelines(call())).toMatchObject([
      {
        id: '012000000000000AAA',
        label: null,
        stages: [{ id: 'Prospecting' }, { id: 'Angebot', label: 'Proposal' }, { outcome: 'won' }, { outcome: 'lost' }],
      },
    ]);
  });
});
