import { withChosenBefore } from '../../../src/web/own/own-fields.js';

const field = {
  name: 'industry',
  type: 'choice',
  label: 'Industry',
  help: null,
  required: true,
  choices: [{ value: 'RETAIL', label: 'Retail' }],
} as const;
const fields = [{ ...field, choices: [...field.choices] }];
const answer = { name: 'industry', label: 'Industry', type: 'choice', value: 'BANKING', text: 'Banking' } as const;

describe('a question that is answered anew', () => {
  it('still shows what was chosen before, in its words, although it is offered no more', () => {
    expect(withChosenBefore(fields, [answer])[0]?.choices).toEqual([
      { value: 'RETAIL', label: 'Retail' },
      { value: 'BANKING', label: 'Banking' },
    ]);
  });

  it('shows each of several by its value', () => {
    const several = [{ ...fields[0]!, type: 'choices' as const }];
    const before = { ...answer, type: 'choices' as const, value: ['RETAIL', 'OLD'], text: 'Retail, Was' };
    expect(withChosenBefore(several, [before])[0]?.choices.map(({ label }) => label)).toEqual(['Retail', 'OLD']);
  });

  it('is as it is where it was not answered, or what was chosen is offered still', () => {
    expect(withChosenBefore(fields, [])).toEqual(fields);
    expect(withChosenBefore(fields, [{ ...answer, value: 'RETAIL' }])).toEqual(fields);
  });
});
