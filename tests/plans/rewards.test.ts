import { memoryBook } from '../crediting/book.js';
import { position } from '../../src/plans/position.js';
import { factsOf, partner, registration, deal, versions } from './sample-facts.js';

const rule = (text: string) => versions(`plan: standard\neffectiveFrom: 2026-01-01\nrules:\n  - { id: r, ${text} }\n`);
const earned = (planVersions: ReturnType<typeof versions>) => {
  const partners = [partner({ recruitedBy: 'par_2' }), partner({ id: 'par_2' })];
  const { lines } = position(factsOf({ planVersions, partners, registrations: [registration()], deals: [deal()] }));
  return lines.map(({ component, amountMinor }) => [component, amountMinor]);
};

describe("a customer's reward and a recruiter's bonus", () => {
  it.each([
    ['to: customer, pay: { percent: 10, of: amount }, cap: 40 EUR', 4000n],
    ['to: customer, pay: { percent: 10, of: amount }, floor: 140 EUR', 14000n],
    ['on: { recruit: 1 }, pay: { flat: 100 USD }, cap: 40 USD', 4000n],
  ])('keep to the limits of a deal: %s', (text, cents) => {
    expect(earned(rule(text))).toEqual([['r', cents]]);
  });

  it('are paid in instalments where the rule says so', () => {
    expect(
      earned(
        rule('to: customer, pay: { flat: 100 EUR }, instalments: [{ percent: 50 }, { percent: 50, afterDays: 30 }]'),
      ),
    ).toEqual([
      ['r/1', 5000n],
      ['r/2', 5000n],
    ]);
  });

  it('of a band are no part of the commission that the limits of a deal hold', () => {
    const tiers = 'pay: { tiers: { of: amount, bands: [{ from: 0, percent: 10, bonus: 70 EUR }] } }';
    expect(earned(rule(`${tiers}, cap: 40 EUR`))).toEqual([
      ['r', 4000n],
      ['r/bonus-1', 7000n],
    ]);
  });

  it('are taken from whom a corrected plan no longer pays them to, and given to whom it does', () => {
    const text = (to: string) => `plan: standard\neffectiveFrom: 2026-01-01\n${to}    pay: { flat: 10 EUR }\n`;
    const asReward = text('rules:\n  - id: r\n    to: customer\n');
    const asCommission = text('corrects: 1\nrules:\n  - id: r\n');
    const book = memoryBook();
    book.credit(factsOf({ planVersions: versions(asReward) }));
    book.credit(factsOf({ planVersions: versions(asReward, asCommission), asOf: '2026-03-05' }));
    expect(book.lines().map(({ payee, amountMinor }) => [payee, amountMinor])).toEqual([
      ['customer', 1000n],
      ['customer', -1000n],
      ['partner', 1000n],
    ]);
  });

  it('are no part of what the plan limits of all that a partner earns', () => {
    const planVersions = versions(`
plan: standard
effectiveFrom: 2026-01-01
cap: { deal: 120 EUR }
floor: { month: 110 EUR }
rules:
  - { id: commission, pay: { percent: 10, of: amount } }
  - { id: reward, to: customer, pay: { flat: 30 EUR } }
`);
    const { lines } = position(factsOf({ planVersions, asOf: '2026-04-01' }));
    expect(lines.map(({ payee, component, amountMinor }) => [payee, component, amountMinor]).toSorted()).toEqual([
      ['customer', 'reward', 3000n],
      ['partner', 'commission', 10000n],
      ['partner', 'commission/plan-floor-month', 1000n],
    ]);
  });
});
