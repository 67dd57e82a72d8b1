import type { Currency } from '../../src/money/currency.js';
import { ratio } from '../../src/money/ratio.js';
import type { PaymentFacts } from '../../src/plans/facts.js';
import { position } from '../../src/plans/position.js';
import { netOf } from '../../src/plans/wanted-line.js';
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

describe('a cap of a month', () => {
  it('holds each deal to the limit of its own version, whatever of it an earlier version has used up', () => {
    const rule = (cap: string) => `rules: [{ id: r, pay: { percent: 10, of: amount }, cap: { month: ${cap} } }]`;
    const later = `plan: standard\neffectiveFrom: 2026-03-15\n${rule('250 EUR')}`;
    const planVersions = versions(plan(rule('120 EUR')), later);
    const sample = { planVersions, ...won(['03-20', '2000'], ['03-01', '1000']) };
    const expected = [
      ['deal_1', 'r', 15000n],
      ['deal_2', 'r', 10000n],
    ];
    expect(earned(sample).toSorted()).toEqual(expected);
    expect(earned({ ...sample, deals: sample.deals.toReversed() }).toSorted()).toEqual(expected);
  });

  it('is kept to the cent by what is left after refunds', () => {
    const planVersions = versions(
      plan('rounding: half-up\nrules: [{ id: r, pay: { percent: 10, of: amount }, cap: { month: 20 EUR } }]'),
    );
    const given = {
      dealId: 'deal_1',
      registrationId: null,
      currency: 'EUR' as Currency,
      receivedOn: asDay('2026-03-05'),
    };
    const payments = [
      {
        ...given,
        id: 'ref_1',
        kind: 'refund' as const,
        amountMinor: 5003n,
        taxMinor: null,
        servicePeriod: null,
        refundOf: null,
      },
    ];
    const facts = factsOf({
      planVersions,
      payments,
      asOf: '2026-04-30',
      ...won(['03-01', '100.06'], ['03-10', '1000']),
    });
    // 10.006 is 10.01, of which 5.01 is left after half is taken back.
    expect(position(facts).lines.map((line) => netOf(line))).toEqual([501n, 1499n]);
  });
});

describe('a cap of a month, to the cent', () => {
  const capped = (terms: string) =>
    versions(plan(`rules: [{ id: r, pay: { percent: 10, of: amount }, cap: { month: 100 EUR }${terms} }]`));
  const refund = (amountMinor: bigint): PaymentFacts => ({
    id: 'ref_1',
    dealId: 'deal_1',
    registrationId: null,
    kind: 'refund',
    amountMinor,
    currency: 'EUR' as Currency,
    taxMinor: null,
    receivedOn: asDay('2026-03-05'),
    servicePeriod: null,
    refundOf: null,
  });
  const booked = (facts: SampleFacts) =>
    position(factsOf({ asOf: '2026-06-30', ...facts })).lines.reduce((sum, line) => sum + netOf(line), 0n);

  it('counts what is left of each instalment, not of their sum', () => {
    const planVersions = capped(', instalments: [{ percent: 50 }, { percent: 50, afterDays: 10 }]');
    for (const given of [8335n, 8336n, 10_000n, 10_001n, 16_665n, 16_700n, 20_000n]) {
      expect(booked({ planVersions, payments: [refund(given)], ...won(['03-01', '333.30'], ['03-10', '9000']) })).toBe(
        10_000n,
      );
    }
  });

  it('counts what is left of the part of each partner', () => {
    const split =
      ', split: [{ partner: registrant, percent: 34 }, { partner: par_2, percent: 33 }, { partner: par_3, percent: 33 }]';
    for (const given of [5007n, 8335n, 10_015n, 16_665n]) {
      const sample = won(['03-01', '500'], ['03-10', '9000']);
      expect(booked({ planVersions: capped(split), payments: [refund(given)], ...sample })).toBe(10_000n);
    }
  });

  it('counts lines as they are rounded in the currency they are paid in', () => {
    const planVersions = versions(
      `plan: standard\neffectiveFrom: 2026-01-01\npayIn: EUR\nrules: [{ id: r, pay: { percent: 10, of: amount }, cap: { month: 100 EUR } }]`,
    );
    const { deals, registrations } = won(['03-01', '666.70'], ['03-02', '666.70'], ['03-10', '9000']);
    const rateSheets = [
      { base: 'EUR' as Currency, day: asDay('2026-01-01'), rates: new Map([['USD' as Currency, ratio(2n)]]) },
    ];
    const inDollars = deals.map((one) => ({ ...one, currency: 'USD' }));
    // 33.335 is 33.34, twice; 33.32 are left for the third.
    expect(booked({ planVersions, rateSheets, deals: inDollars, registrations })).toBe(10_000n);
  });
});

describe('a floor of a month', () => {
  it('of a rule and one of all rules each make up what is wanting, in lines of their own', () => {
    const planVersions = versions(
      plan(`floor: { month: 200 EUR }
rules: [{ id: r, pay: { percent: 10, of: amount }, floor: { month: 150 EUR } }]`),
    );
    const { lines } = position(factsOf({ planVersions, asOf: '2026-04-01' }));
    expect(lines.map(({ amountMinor }) => amountMinor)).toEqual([10000n, 5000n, 5000n]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(3);
  });

  it('is made up month by month for a payment that is earned over several', () => {
    const planVersions = versions(
      plan(`rules:
  - id: r
    pay: { revshare: { percent: 10, recognise: straight-line } }
    floor: { month: 20 EUR }`),
    );
    const payment = {
      id: 'pay_1',
      dealId: 'deal_1',
      registrationId: null,
      kind: 'payment' as const,
      amountMinor: 20000n,
      currency: 'EUR' as Currency,
      taxMinor: null,
      receivedOn: asDay('2026-03-01'),
      servicePeriod: { from: asDay('2026-03-01'), to: asDay('2026-04-30') },
      refundOf: null,
    };
    const { lines } = position(factsOf({ planVersions, payments: [payment], asOf: '2026-05-01' }));
    expect(lines.map(({ component, amountMinor }) => [component, amountMinor])).toEqual([
      ['r/2026-03', 1000n],
      ['r/floor-month', 1000n],
      ['r/2026-04', 1000n],
      ['r/floor-month', 1000n],
    ]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(4);
  });
});
