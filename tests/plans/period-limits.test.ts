import { position } from '../../src/plans/position.js';
import { asDay, deal, factsOf, registration, versions, type SampleFacts } from './sample-facts.js';

const plan = (body: string) => `plan: standard\neffectiveFrom: 2026-01-01\n${body}`;
const earned = (sample: SampleFacts) =>
  position(factsOf({ asOf: '2026-06-30', ...sample })).lines.map((line) => [
    line.deal?.id,
    line.component,
    line.amountMinor,
  ]);
/** Deals won on days of 2026 with their amounts, all registered by one partner. */
const won = (...deals: readonly (readonly [day: string, amount: string])[]) => {
  const facts = deals.map(([day, amount], index) =>
    deal({ id: `deal_${index + 1}`, amount, wonAt: `2026-${day}T10:00:00.000Z`, wonOn: asDay(`2026-${day}`) }),
  );
  return { deals: facts, registrations: facts.map(({ id }) => registration({ id: `reg_${id}`, dealId: id })) };
};

describe('a cap over all rules', () => {
  it('is used up in the order of the rules, whatever they pay by', () => {
    const planVersions = versions(
      plan(`cap: 150 EUR
rules:
  - { id: first, pay: { tiers: { of: amount, bands: [{ from: 0, percent: 10 }] } } }
  - { id: second, pay: { percent: 10, of: amount } }
`),
    );
    expect(earned({ planVersions, ...won(['03-01', '1000']) }).toSorted()).toEqual([
      ['deal_1', 'first', 10000n],
      ['deal_1', 'second', 5000n],
    ]);
  });
});
