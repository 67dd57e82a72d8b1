import { formFields } from '../../../src/program/form-field.api.js';
import {
  draftsOf,
  faultsOfDrafts,
  moved,
  newQuestion,
  previewOf,
  questionsOf,
  withStored,
  type QuestionDraft,
} from '../../../src/web/form/form-draft.js';

const from = { connection: 'hubspot', record: 'company', field: 'industry' } as const;
const stored = formFields.parse([
  { name: 'seats', type: 'number', label: 'How many seats?', help: 'Roughly', required: true },
  { name: 'size', type: 'choice', label: 'Size', choices: [{ value: 's', label: 'Small' }, { value: 'Large' }] },
  { name: 'industry', type: 'choices', label: 'Industry', choicesFrom: from, crm: [from] },
]);
const draft = (more: Partial<QuestionDraft>): QuestionDraft => ({ ...newQuestion('new', 'hubspot'), ...more });

describe('the questions of the form as they are edited', () => {
  it('come out as they went in', () => {
    expect(questionsOf(draftsOf(stored, 'hubspot'))).toEqual(stored);
  });

  it.each([
    ['How many seats?', 'howManySeats'],
    ['  Größe & Übergabe ', 'groEUbergabe'],
    ['3 sites?', 'question3Sites'],
    ['業種', 'question'],
  ])('%s is called %s when it is new', (label, name) => {
    const [question] = questionsOf([draft({ label })]);
    expect(question?.name).toBe(name);
    expect(formFields.safeParse([question]).success).toBe(true);
  });

  it('keep their names for good, and new ones never take one that is there', () => {
    const [seats] = draftsOf(stored, 'hubspot');
    const renamed = { ...seats!, label: 'Users?' };
    const names = questionsOf([renamed, draft({ label: 'Seats' }), draft({ id: 'b', label: 'seats' })]).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['seats', 'seats2', 'seats3']);
  });

  it('keep the value of a choice whose words change, and give a new one a value that a CRM can hold', () => {
    const choices = [
      { id: '1', label: 'Tiny', value: 's' },
      { id: '2', label: 'a;b', value: '' },
    ];
    expect(questionsOf([draft({ label: 'Size', type: 'choice', choices })])[0]?.choices).toEqual([
      { value: 's', label: 'Tiny' },
      { value: 'a,b', label: 'a;b' },
    ]);
  });

  it('keep what was stored of them, wherever they were moved, and whatever went or came, while they were saved', () => {
    const choices = [
      { id: '1', label: 'Tiny', value: '' },
      { id: '2', label: 'Huge', value: 'l' },
    ];
    const sent = [draft({ id: 'a', label: 'A' }), draft({ id: 'b', label: 'B', type: 'choice', choices })];
    const added = draft({ id: 'c', label: 'C' });
    const edited = [{ id: '3', label: 'Middle', value: '' }, { ...choices[1]!, label: 'Big' }, choices[0]!];
    const now = [added, { ...sent[1]!, label: 'Bee', choices: edited }];
    const saved = withStored(now, sent, questionsOf(sent));
    expect(saved.map(({ name }) => name)).toEqual(['', 'b']);
    expect(saved[1]?.choices.map(({ value }) => value)).toEqual(['', 'l', 'Tiny']);
    const relabelled = { ...saved[1]!, choices: saved[1]!.choices.map((one) => ({ ...one, label: `${one.label}!` })) };
    expect(questionsOf([relabelled])[0]).toMatchObject({
      name: 'b',
      choices: [{ value: 'Middle!' }, { value: 'l', label: 'Big!' }, { value: 'Tiny', label: 'Tiny!' }],
    });
  });

  it('take no choices along into another kind of answer', () => {
    const [, size] = draftsOf(stored, 'hubspot');
    expect(questionsOf([{ ...size!, type: 'text' }])[0]).toEqual({ name: 'size', type: 'text', label: 'Size' });
  });

  it('are told what they lack before anything is sent', () => {
    const twice = [
      { id: '1', label: 'A', value: '' },
      { id: '2', label: 'A', value: '' },
      { id: '3', label: ' ', value: '' },
    ];
    expect(
      faultsOfDrafts([
        draft({ id: 'a', crm: [{ id: 'x', connection: 'hubspot', record: 'deal', field: '' }] }),
        draft({ id: 'b', label: 'B', type: 'choice', choices: twice }),
        draft({ id: 'c', label: 'C', type: 'choices' }),
        draft({ id: 'd', label: 'D', type: 'choice', source: 'crm' }),
      ]),
    ).toEqual({
      'a label': 'missing',
      'a crm x': 'missing',
      'b choice 2': 'twice',
      'b choice 3': 'missing',
      'c choices': 'no-choices',
      'd choicesFrom': 'missing',
    });
    expect(faultsOfDrafts(draftsOf(stored, 'hubspot'))).toEqual({});
  });

  it('move by one place, and stay at either end', () => {
    const list = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    const ids = (id: string, by: -1 | 1) => moved(list, id, by).map((one) => one.id);
    expect([ids('b', -1).join(''), ids('b', 1).join(''), ids('a', -1).join(''), ids('c', 1).join('')]).toEqual([
      ...['bac', 'acb', 'abc', 'abc'],
    ]);
  });

  it('show as a partner sees them, without those of which nothing can be chosen', () => {
    const drafts = draftsOf(stored, 'hubspot');
    expect(previewOf(drafts, () => []).map(({ label }) => label)).toEqual(['How many seats?', 'Size']);
    const offered = [{ value: 'RETAIL', label: 'Retail' }];
    expect(previewOf(drafts, () => offered).at(-1)).toMatchObject({ type: 'choices', choices: offered });
  });
});
