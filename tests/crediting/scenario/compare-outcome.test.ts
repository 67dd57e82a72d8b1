import { compareOutcome } from '../../../src/crediting/scenario/compare-outcome.js';
import { readScenario } from '../../../src/crediting/scenario/read-scenario.js';
import { runScenario } from '../../../src/crediting/scenario/run-scenario.js';
import { outcomeView } from '../../../src/crediting/scenario/scenario-view.js';

/** How a scenario with one commission of 100 euros for Acme differs from what it expects. */
function differencesFrom(expectation: string): readonly string[] {
  const reading = readScenario(`
plans: [{ plan: p, effectiveFrom: 2026-01-01, rules: [{ id: r, pay: { percent: 10, of: amount } }] }]
deals:
  - { id: d1, partner: acme, amount: 1000, currency: EUR, won: 2026-02-01 }
  - { id: d2, partner: acme, amount: 0, currency: EUR, won: 2026-02-01 }
asOf: 2026-03-31
expect: ${expectation}
`);
  if (reading.kind === 'refused') throw new Error(reading.faults.map(({ message }) => message).join('\n'));
  const { expect: wanted = {} } = reading.document;
  return compareOutcome(wanted, outcomeView(runScenario(reading.document)));
}

describe('what a scenario expects', () => {
  it.each([
    '{ lines: [{ amount: 100 }] }',
    '{ lines: [{ partner: acme, kind: commission, amount: "100.000", earnedOn: 2026-02-01, status: payable }] }',
    '{ balances: [{ partner: acme, currency: EUR, payable: 100 }] }',
    '{ flags: [{ deal: d2, flag: amount-zero }] }',
  ])('is met by what it does not contradict: %s', (expectation) => {
    expect(differencesFrom(expectation)).toEqual([]);
  });

  it.each([
    ['{ lines: [] }', ['unexpected line: partner acme, kind commission']],
    ['{ lines: [{ amount: 100.01 }] }', ['missing line: amount 100.01', 'unexpected line: partner acme']],
    ['{ lines: [{ amount: 100 }, { amount: 100 }] }', ['missing line: amount 100']],
    ['{ flags: [] }', ['unexpected flag: deal d2, flag amount-zero']],
    ['{ balances: [{ partner: acme, currency: EUR, paid: 1 }] }', ['missing balance', 'unexpected balance']],
  ])('is shown where it is not met: %s', (expectation, beginnings) => {
    const differences = differencesFrom(expectation);
    expect(differences).toHaveLength(beginnings.length);
    differences.forEach((difference, index) => expect(difference).toContain(beginnings[index]));
  });
});
