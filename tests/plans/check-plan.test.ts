import { checkPlan } from '../../src/plans/check-plan.js';

const text = (percent: string) => `plan: standard
effectiveFrom: 2026-01-01
rules:
  - id: new-business
    pay: { percent: ${percent}, of: amount }
`;

describe('checking a plan while it is written', () => {
  it('says which version it would become, and what it promises', () => {
    const check = checkPlan([], 'standard', text('10'));
    expect(check).toMatchObject({ outcome: 'new', version: 'standard@1' });
    expect(check.outcome !== 'refused' && check.sentences.join(' ')).toContain('10 % of the amount');
  });

  it('names the field and the line of what is wrong', () => {
    expect(checkPlan([], 'standard', text('ten'))).toMatchObject({
      outcome: 'refused',
      faults: [{ field: 'rules[0].pay.percent', line: 5 }],
    });
  });

  it('names the line of what is no YAML', () => {
    expect(checkPlan([], 'standard', 'plan: standard\nrules: [')).toMatchObject({
      outcome: 'refused',
      faults: [{ line: 2 }],
    });
  });

  it('says that a plan under another name is another plan', () => {
    expect(checkPlan([], 'gold', text('10'))).toMatchObject({
      outcome: 'refused',
      faults: [{ field: 'plan', line: 1 }],
    });
  });
});
