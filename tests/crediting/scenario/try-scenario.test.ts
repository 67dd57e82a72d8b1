import { tryScenario } from '../../../src/crediting/scenario/try-scenario.js';

const plan = `plan: standard
effectiveFrom: 2026-01-01
rules:
  - id: new-business
    pay: { percent: 10, of: amount }
`;
const scenario = (amount: number) => `deals:
  - { id: a, partner: northwind, amount: 8000, currency: EUR, won: 2026-01-05 }
asOf: 2026-03-31
expect:
  lines:
    - { deal: a, amount: ${String(amount)} }
`;

describe('trying a scenario on the plan beside it', () => {
  it('says that it comes out as expected, with the working of each line', () => {
    const trial = tryScenario({ plan, scenario: scenario(800) });
    expect(trial).toMatchObject({ kind: 'run', differences: [], view: { lines: [{ amount: '800.00' }] } });
  });

  it('says where it is not what was expected', () => {
    const trial = tryScenario({ plan, scenario: scenario(900) });
    expect(trial.kind === 'run' && trial.differences?.join(' ')).toMatch(/900/);
  });

  it('tries a plan that puts a stored version right as if it were the first', () => {
    const correcting = plan.replace('rules:', 'corrects: 1\nrules:');
    expect(tryScenario({ plan: correcting, scenario: scenario(800) })).toMatchObject({ kind: 'run', differences: [] });
  });

  it('is refused where it takes longer than others can wait', () => {
    const deals = Array.from({ length: 200 }, (_, number) => {
      const won = `2026-01-${String((number % 28) + 1).padStart(2, '0')}`;
      return `  - { id: d${String(number)}, partner: northwind, amount: 8000, currency: EUR, won: ${won} }\n`;
    });
    const rules = Array.from(
      { length: 10 },
      (_, number) => `  - { id: r${String(number)}, pay: { percent: 1, of: amount } }\n`,
    );
    const many = `plan: standard\neffectiveFrom: 2026-01-01\nrules:\n${rules.join('')}`;
    const trial = tryScenario({ plan: many, scenario: `deals:\n${deals.join('')}asOf: 2026-03-31\n` });
    expect(trial).toMatchObject({ kind: 'refused', document: 'scenario' });
    expect(trial.kind === 'refused' && trial.faults[0]?.message).toMatch(/introducer plan test/);
  });

  it('keeps to the plans that a scenario names itself', () => {
    const own = `plans:\n  - ${plan.trim().replaceAll('\n', '\n    ').replace('10', '20')}\n${scenario(1600)}`;
    expect(tryScenario({ plan, scenario: own })).toMatchObject({ kind: 'run', differences: [] });
  });

  it('says which of the two cannot be read, and in which line', () => {
    expect(tryScenario({ plan: plan.replace('10', 'ten'), scenario: scenario(800) })).toMatchObject({
      kind: 'refused',
      document: 'plan',
      faults: [{ line: 5 }],
    });
    expect(tryScenario({ plan, scenario: scenario(800).replace('won:', 'wonn:') })).toMatchObject({
      kind: 'refused',
      document: 'scenario',
      faults: [{ line: 2 }],
    });
    expect(tryScenario({ plan, scenario: plan })).toMatchObject({ kind: 'refused', document: 'scenario' });
  });
});
