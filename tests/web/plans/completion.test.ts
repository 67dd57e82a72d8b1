import { planSchema } from '../../../src/plans/plan-schema.js';
import { placeAt } from '../../../src/web/plans/editor/place.js';
import { wordsAt, type Schema } from '../../../src/web/plans/editor/schema-words.js';

const schema = planSchema() as Schema;
const offered = (before: string) => wordsAt(schema, placeAt(before)).map(({ text }) => text);

const head = 'plan: standard\neffectiveFrom: 2026-01-01\n';

describe('what the editor of a plan offers', () => {
  it('offers the fields of a plan that are not written yet', () => {
    expect(offered(head)).toEqual(expect.arrayContaining(['rules', 'holdDays', 'rounding', 'payIn']));
    expect(offered(head)).not.toContain('plan');
    expect(offered(`${head}ro`)).toContain('rounding');
  });

  it('offers the values a field may have', () => {
    expect(offered(`${head}rounding: `)).toEqual(['half-even', 'half-up']);
    expect(offered(`${head}versionBy: w`)).toEqual(['won', 'registered', 'paid']);
  });

  it('offers the fields of a rule, wherever the rule begins', () => {
    for (const rules of [
      'rules:\n  - ',
      'rules:\n- ',
      'rules:\n  - id: a\n    ',
      'rules:\n  - id: a\n  # why\n\n    p',
    ]) {
      expect(offered(head + rules)).toContain('pay');
    }
    expect(offered(`${head}rules:\n  - id: a\n    `)).not.toContain('id');
    expect(offered(`${head}rules:\n  - id: a\n  - `)).toContain('id');
  });

  it('offers what stands in brackets', () => {
    const pay = `${head}rules:\n  - id: a\n    pay: `;
    expect(offered(`${pay}{ `)).toEqual(expect.arrayContaining(['percent', 'flat']));
    expect(offered(`${pay}{ percent: 10, `)).toContain('of');
    expect(offered(`${pay}{ percent: 10, `)).not.toContain('percent');
    expect(offered(`${pay}{ percent: 10, of: `)).toContain('amount');
    expect(offered(`${pay}{ percent: 10, of: amount }\nho`)).toContain('holdDays');
  });

  it('offers nothing where nothing is known', () => {
    expect(offered(`${head}nonsense: { `)).toEqual([]);
    expect(offered(`${head}description: Ten percent`)).toEqual([]);
    expect(offered('- - [ { : }, ]')).toEqual([]);
  });
});
