import { readScenario } from '../../../src/crediting/scenario/read-scenario.js';

const plans = 'plans: [{ plan: p, effectiveFrom: 2026-01-01, rules: [{ id: new-business, pay: { flat: 5 EUR } }] }]';
const deal = 'deals: [{ id: d, partner: acme, amount: 10, currency: EUR, won: 2026-02-01 }]';
const partners = 'partners: [{ id: acme }, { id: northwind }]';
const registered = 'registrations: [{ id: r1, partner: acme, submitted: 2026-02-01 }]';
const paid = 'payments: [{ id: a, deal: d, amount: 5, on: 2026-03-01 }]';

/** What is said about a scenario with one plan and, unless another is written, one deal; this begins in its fourth line. */
function saidOf(rest: string, dealsText = deal): readonly string[] {
  const reading = readScenario(`${plans}\n${dealsText}\nasOf: 2026-12-31\n${rest}\n`);
  return reading.kind === 'scenario' ? [] : reading.faults.map(({ message }) => message);
}

/** A deal with this beside its id. */
function dealWith(fields: string): string {
  return `deals: [{ id: d, ${fields} }]`;
}

describe('a name that is nobody in the scenario', () => {
  it.each([
    [
      `${partners}\npayouts: [{ on: 2026-04-01, partner: acmee }]`,
      'line 5: payouts[0].partner is "acmee"; expected a partner of the scenario (did you mean acme?).',
    ],
    [
      `${partners}\nregistrations: [{ partner: nortwind, submitted: 2026-01-01 }]`,
      'line 5: registrations[0].partner is "nortwind"; expected a partner of the scenario (did you mean northwind?).',
    ],
    [
      `${partners}\nregistrations: [{ partner: acme, shares: { acme: 50, norhtwind: 50 }, submitted: 2026-01-01 }]`,
      'registrations[0].shares.norhtwind is "norhtwind"; expected a partner of the scenario (did you mean northwind?).',
    ],
    [
      `${partners}\ndecisions: [{ on: 2026-03-01, partner: northwnd, add: 5 EUR }]`,
      'decisions[0].partner is "northwnd"; expected a partner of the scenario (did you mean northwind?).',
    ],
    [
      `${partners}\nmetrics: [{ partner: Acme, name: m, period: 2026, value: 1 }]`,
      'metrics[0].partner is "Acme"; expected a partner of the scenario (did you mean acme?).',
    ],
    [
      'partners: [{ id: northwind, recruitedBy: souhtwind }, { id: southwind }]',
      'partners[0].recruitedBy is "souhtwind"; expected a partner of the scenario (did you mean southwind?).',
    ],
    [
      'expect: { lines: [{ partner: acne }] }',
      'expect.lines[0].partner is "acne"; expected a partner of the scenario (did',
    ],
    [
      'payouts: [{ on: 2026-04-01, partner: nobody }]',
      'payouts[0].partner is "nobody"; expected a partner of the scenario.',
    ],
  ])('is refused where it is a slip, or can do nothing: %s', (rest, end) => {
    expect(saidOf(rest)).toEqual([expect.stringContaining(end)]);
  });

  it('is refused in a deal, and in a split and the audience of a plan', () => {
    expect(saidOf(partners, dealWith('partner: acne'))).toEqual([
      'line 2: deals[0].partner is "acne"; expected a partner of the scenario (did you mean acme?).',
    ]);
    const terms = 'effectiveFrom: 2026-01-01, for: { partner: acmee }';
    const split = 'split: [{ partner: registrant, percent: 50 }, { partner: northwnd, percent: 50 }]';
    const text = `plans: [{ plan: p, ${terms}, rules: [{ id: r, pay: { flat: 5 EUR }, ${split} }] }]\n${partners}\nasOf: 2026-12-31`;
    const reading = readScenario(text);
    expect(reading.kind === 'refused' && reading.faults.map(({ field }) => field)).toEqual([
      'plans[0].for.partner',
      'plans[0].rules[0].split[1].partner',
    ]);
  });

  it.each([
    ['partners: [{ id: partner-a }]', 'partner: partner-b'],
    ['partners: [{ id: north1 }]', 'partner: north2'],
    ['partners: [{ id: par }]', 'partner: bar'],
    ['partners: [{ id: acme }]', 'partner: contoso'],
    ['metrics: [{ partner: contoso, name: m, period: 2026, value: 1 }]', 'partner: acme'],
  ])('is a partner of its own where it is no slip: %s, %s', (rest, fields) => {
    expect(saidOf(rest, dealWith(fields))).toEqual([]);
  });
});

describe('an id that is not there, or is there twice', () => {
  it.each([
    [
      'decisions: [{ on: 2026-03-01, partner: acme, deal: x, add: 5 EUR }]',
      'decisions[0].deal is "x"; expected the id of a deal',
    ],
    [
      'decisions: [{ on: 2026-03-01, partner: acme, deal: d, rule: new-busines, set: 5 EUR }]',
      'decisions[0].rule is "new-busines"; expected the id of a rule of the plans, with what follows a / where it is a part of it (did you mean new-business?).',
    ],
    [
      'refunds: [{ deal: d, of: x, amount: 5, on: 2026-03-01 }]',
      'refunds[0].of is "x"; expected the id of a payment of the',
    ],
    [
      'payments: [{ registration: x, amount: 5, on: 2026-03-01 }]',
      'payments[0].registration is "x"; expected the id of a reg',
    ],
    ['expect: { lines: [{ deal: dd }] }', 'expect.lines[0].deal is "dd"; expected the id of a deal of the scenario.'],
    ['expect: { flags: [{ deal: x, flag: amount-zero }] }', 'expect.flags[0].deal is "x"; expected the id of a deal'],
    ['partners: [{ id: acme }, { id: acme }]', 'partners[1].id is "acme"; expected an id that no other partner has.'],
    [
      `${registered.slice(0, -1)}, { id: r1, partner: b, submitted: 2026-02-01 }]`,
      'registrations[1].id is "r1"; expected an id',
    ],
    [
      `${paid}\nrefunds: [{ id: a, deal: d, amount: 1, on: 2026-04-01 }]`,
      'refunds[0].id is "a"; expected an id that no other payment',
    ],
    [
      'payments: [{ deal: d, amount: 5, on: 2026-03-01 }, { id: payment-1, deal: d, amount: 5, on: 2026-03-01 }]',
      'payments[1].id is "payment-1"; expected an id that no other payment or refund has.',
    ],
  ])('is refused: %s', (rest, end) => {
    expect(saidOf(rest)).toEqual([expect.stringContaining(end)]);
  });

  it('may be a part of a rule', () => {
    const part = 'decisions: [{ on: 2026-03-01, partner: acme, deal: d, rule: new-business/2, set: 5 EUR }]';
    expect(saidOf(part)).toEqual([]);
  });
});

describe('what cannot have happened', () => {
  it.each([
    [
      'registrations: [{ partner: acme, submitted: 2026-02-01, approved: 2026-01-31 }]',
      'registrations[0].approved is "2026-01-31"; expected a moment that is not before it was submitted, 2026-02-01.',
    ],
    [
      'registrations: [{ partner: acme, submitted: 2026-02-01T12:00, approved: 2026-02-01T11:00 }]',
      'registrations[0].approved is "2026-02-01T11:00"; expected a moment that is not before it was submitted',
    ],
    [
      'registrations: [{ partner: acme, submitted: 2026-02-01, ended: 2026-01-31 }]',
      'registrations[0].ended is "2026-01-31"; expected a moment that is not before it was submitted',
    ],
    [
      'registrations: [{ partner: acme, submitted: 2026-01-01, approved: 2026-02-01, protectedUntil: 2026-01-31 }]',
      'registrations[0].protectedUntil is "2026-01-31"; expected a day that is not before it was approved',
    ],
    [
      'payments: [{ deal: d, amount: 5, on: 2026-03-01, knownOn: 2026-02-28 }]',
      'payments[0].knownOn is "2026-02-28"; expected a day that is not before it happened, 2026-03-01.',
    ],
    [
      `${paid}\nrefunds: [{ deal: d, of: a, amount: 5, on: 2026-02-28 }]`,
      'refunds[0].on is "2026-02-28"; expected a day that is not before the payment, 2026-03-01.',
    ],
    [
      `${paid}\nrefunds: [{ deal: d, of: a, amount: 5.01, on: 2026-04-01 }]`,
      'refunds[0].amount is "5.01"; expected at most 5, which',
    ],
    [
      `${registered}\n${paid}\nrefunds: [{ registration: r1, of: a, amount: 5, currency: EUR, on: 2026-04-01 }]`,
      'refunds[0].registration is "r1"; expected d, what it was paid for.',
    ],
  ])('is refused: %s', (rest, end) => {
    expect(saidOf(rest)).toEqual([expect.stringContaining(end)]);
  });

  it.each([
    [
      'partner: a, won: 2026-02-01, history: [{ at: 2026-02-01, outcome: lost }]',
      'deals[0].won is "2026-02-01"; expected a moment of its own',
    ],
    [
      'partner: a, history: [{ at: 2026-02-01, amount: 1 }, { at: 2026-02-01, amount: 2 }]',
      'deals[0].history[1].at is "2026-02-01"; expected a',
    ],
    [
      'partner: a, won: 2026-02-03, history: [{ at: 2026-02-01, outcome: won }]',
      'deals[0].won is "2026-02-03"; expected 2026-02-01, when it was won',
    ],
    [
      'partner: a, won: 2026-02-01, churned: 2026-01-31',
      'deals[0].churned is "2026-01-31"; expected a day that is not before it was won, 2026-02-01.',
    ],
    ['partner: a, churned: 2026-01-31', 'deals[0].churned is "2026-01-31"; expected a deal that was won before.'],
    ['partner: a, partners: { a: 50, b: 50 }', 'deals[0].partner is "a"; expected partner or partners, one of them.'],
  ])('is refused in a deal: %s', (fields, end) => {
    expect(saidOf('', dealWith(fields))).toEqual([expect.stringContaining(end)]);
  });

  it.each([
    'partner: a, won: 2026-02-03, history: [{ at: 2026-01-01, outcome: lost }, { at: 2026-03-01, amount: 5 }]',
    'partner: a, won: 2026-02-03, history: [{ at: 2026-01-01, outcome: won }, { at: 2026-01-05, outcome: open }]',
    'partner: a, won: 2026-02-03, churned: 2026-02-03',
    'partner: a, history: [{ at: 2026-02-03, outcome: won }, { at: 2026-02-03, stage: Live }]',
  ])('is told from what can: %s', (fields) => {
    expect(saidOf('', dealWith(fields))).toEqual([]);
  });

  it('is refused where the clocks of the program leave the moment out, and taken where they show it', () => {
    const inNewYork = (won: string): readonly string[] =>
      saidOf(
        'program: { timeZone: America/New_York }',
        dealWith(`partner: a, history: [{ at: ${won}, outcome: won }]`),
      );
    expect(inNewYork('2026-03-08T02:30')).toEqual([
      'line 2: deals[0].history[0].at is "2026-03-08T02:30"; expected a moment that the clocks of America/New_York show.',
    ]);
    for (const shown of [
      '2026-03-08T01:59',
      '2026-03-08T03:00',
      '2026-11-01T01:30',
      '2026-03-08T02:30:00Z',
      '2026-03-08',
    ]) {
      expect(inNewYork(shown)).toEqual([]);
    }
  });

  it('is told from a registration that is approved on the day it was submitted, and from many small refunds', () => {
    expect(saidOf('registrations: [{ partner: acme, submitted: 2026-02-01T15:00, approved: 2026-02-01 }]')).toEqual([]);
    expect(saidOf(`${paid}\nrefunds: [{ deal: d, of: a, amount: 5, on: 2026-03-01 }]`)).toEqual([]);
  });
});

describe('what is told twice', () => {
  it.each([
    [
      'registrations: [{ partner: acme, deal: d, submitted: 2026-01-01 }]',
      'line 2: deals[0].partner is "acme"; expected no `partner`: registrations[0] says when it registered the deal.',
    ],
    [
      'partners: [{ id: acme, history: [{ since: 2026-01-01, tier: a }, { since: 2026-01-01, tier: b }] }]',
      'history[1].since is',
    ],
    [
      'metrics: [{ partner: acme, name: m, period: 2026, value: 5 }, { partner: acme, name: m, period: 2026, value: 6 }]',
      'metrics[1].period is "2026"; expected a metric that was not told before, or `knownOn` later.',
    ],
    [
      'rates: [{ base: EUR, day: 2026-01-01, rates: { USD: 1 } }, { base: EUR, day: 2026-01-01, rates: { USD: 2 } }]',
      'rates[1].day is "2026-01-01"; expected a day that no other rates of EUR have, or `knownOn` later.',
    ],
  ])('is refused: %s', (rest, end) => {
    expect(saidOf(rest)).toEqual([expect.stringContaining(end)]);
  });
});

describe('a file of another kind', () => {
  it('is called what it is', () => {
    const reading = readScenario('plan: p\neffectiveFrom: 2026-01-01\nrules: []\n');
    expect(reading.kind === 'refused' && reading.faults.map(({ message }) => message)).toEqual([
      'line 1: plan is "p"; expected a scenario, which has plans: this is a plan itself.',
    ]);
    expect(saidOf('', '- a')).toEqual([expect.stringContaining('line 2: "- a" is not readable')]);
  });
});
