import { formFields, type FormField } from '../../src/program/form-field.api.js';
import { answersOf, crmText, judgeValues, withKeptChoices } from '../../src/registration/form-values.js';

const fields: readonly FormField[] = formFields.parse([
  { name: 'reason', type: 'text', label: 'Why now?', required: true },
  { name: 'story', type: 'long-text', label: 'The story' },
  { name: 'seats', type: 'number', label: 'Seats' },
  { name: 'budget', type: 'money', label: 'Budget' },
  { name: 'start', type: 'date', label: 'Start' },
  { name: 'size', type: 'choice', label: 'Size', choices: [{ value: 's', label: 'Small' }, { value: 'l' }] },
  { name: 'sites', type: 'choices', label: 'Sites', choices: [{ value: 'eu', label: 'Europe' }, { value: 'us' }] },
  { name: 'where', type: 'country', label: 'Where' },
  { name: 'desk', type: 'phone', label: 'Desk' },
]);

type Given = Parameters<typeof judgeValues>[1];

const judge = (given: Given) => judgeValues(fields, { reason: 'Growth', ...given });
const faultsOf = (given: Given) => {
  const judged = judge(given);
  return judged.kind === 'fit' ? [] : judged.faults.map(({ field, expected }) => [field, expected]);
};

describe('answers to the vendor’s own fields', () => {
  it('are kept with their questions, in the order of the form, in words of people', () => {
    const judged = judge({
      ...{ sites: ['eu', 'us'], size: 's', seats: 25, start: '2026-03-31', where: 'de', desk: '+49 30 1234' },
      ...{ budget: { amount: '1200.50', currency: 'eur' }, story: 'one\r\ntwo' },
    });
    if (judged.kind === 'unfit') throw new Error('they fit');
    expect(judged.values.map(({ label, text }) => [label, text])).toEqual([
      ['Why now?', 'Growth'],
      ['The story', 'one\r\ntwo'],
      ['Seats', '25'],
      ['Budget', '1200.50 EUR'],
      ['Start', '2026-03-31'],
      ['Size', 'Small'],
      ['Sites', 'Europe, us'],
      ['Where', 'DE'],
      ['Desk', '+49 30 1234'],
    ]);
    expect(answersOf(judged.values)).toMatchObject({ sites: ['eu', 'us'], size: 's', where: 'DE' });
    expect(judged.values.map(({ value }) => crmText(value))).toEqual(
      expect.arrayContaining(['eu;us', '1200.50', 's', '25']),
    );
  });

  it.each<[Given, string, string]>([
    [{ reason: ' ' }, 'fields.reason', 'a text'],
    [{ reason: 'a\nb' }, 'fields.reason', 'text on one line'],
    [{ seats: 'many' }, 'fields.seats', 'a number without separators'],
    [{ seats: '1,000' }, 'fields.seats', 'a number without separators'],
    [{ seats: ['1'] }, 'fields.seats', 'a number without separators'],
    [{ budget: '5 EUR' }, 'fields.budget', 'an object'],
    [{ budget: { amount: '5' } }, 'fields.budget.currency', 'a text'],
    [{ budget: { amount: '5.5', currency: 'JPY' } }, 'fields.budget.amount', 'at most 0 decimals'],
    [{ start: '2026-02-30' }, 'fields.start', 'a day, YYYY-MM-DD'],
    [{ size: 'xl' }, 'fields.size', 'one of s, l'],
    [{ size: 'Small' }, 'fields.size', 'one of s, l'],
    [{ sites: ['eu', 'mars'] }, 'fields.sites[1]', 'one of eu, us'],
    [{ sites: ['eu', 'eu'] }, 'fields.sites', 'each choice at most once'],
    [{ sites: 'eu' }, 'fields.sites', 'a list'],
    [{ where: 'ZZ' }, 'fields.where', 'country code'],
    [{ desk: 'call me' }, 'fields.desk', 'a phone number'],
    [{ unheard: 'of' }, 'fields.unheard', 'no such field'],
    [{ toString: 'x' }, 'fields.toString', 'no such field'],
  ])('are refused with the field and what is expected: %j', (given, field, expected) => {
    expect(faultsOf(given)).toEqual([[field, expect.stringContaining(expected)]]);
  });

  it('may be left out, or left empty in any way, where they are not required', () => {
    const empty = { story: null, seats: '', sites: [], size: '  ', budget: { amount: '', currency: 'EUR' } };
    expect(judge(empty)).toMatchObject({ kind: 'fit', values: [{ name: 'reason' }] });
    expect(judgeValues(fields, {})).toMatchObject({ kind: 'unfit', faults: [{ field: 'fields.reason' }] });
  });
});

describe('the form’s fields, as the program’s settings name them', () => {
  it.each([
    ['a name twice', [{ name: 'a' }, { name: 'a' }], ['1', 'name']],
    ['choices of what has none', [{ name: 'a', choices: [{ value: 'x' }] }], ['0', 'choices']],
    ['a choice without choices', [{ name: 'a', type: 'choice' }], ['0', 'choices']],
    [
      'a choice twice',
      [{ name: 'a', type: 'choice', choices: [{ value: 'x' }, { value: 'x' }] }],
      ['0', 'choices', '1', 'value'],
    ],
    [
      'a choice that CRMs take for two',
      [{ name: 'a', type: 'choices', choices: [{ value: 'x;y' }] }],
      ['0', 'choices', '0', 'value'],
    ],
    ['a question of two lines', [{ name: 'a', label: 'One\nTwo' }], ['0', 'label']],
  ])('cannot have %s', (_, given, path) => {
    const result = formFields.safeParse(given.map((field) => ({ type: 'text', label: 'A question', ...field })));
    expect(result.error?.issues[0]?.path.map(String)).toEqual(path);
  });
});

describe('answers that were chosen from a list of the CRM', () => {
  const choicesFrom = { connection: 'hubspot', record: 'company', field: 'industry' } as const;
  const choices = [{ value: 'b', label: 'B' }];
  const kept = { name: 'a', label: 'A', type: 'choices', value: ['gone', 'b'], text: 'Was, B' } as const;
  const field = { name: 'a', type: 'choices', label: 'A', choices, choicesFrom } as const;

  it('may stay when the list has them no more, in the words they were given in', () => {
    const judged = judgeValues(withKeptChoices([field], [kept]), { a: ['gone', 'b'] });
    expect(judged).toMatchObject({ kind: 'fit', values: [{ value: ['gone', 'b'], text: 'Was, B' }] });
    expect(judgeValues([field], { a: ['gone', 'b'] })).toMatchObject({ kind: 'unfit' });
  });

  it('go by their value where words cannot be told apart', () => {
    const odd = { ...kept, text: 'Was, or not, B' };
    expect(judgeValues(withKeptChoices([field], [odd]), { a: ['gone', 'b'] })).toMatchObject({
      values: [{ text: 'gone, B' }],
    });
  });

  it('are no further choices where the vendor listed them', () => {
    const listed = { name: 'a', type: 'choices', label: 'A', choices } as const;
    expect(withKeptChoices([listed], [kept])).toEqual([listed]);
  });
});
