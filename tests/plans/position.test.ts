import type { Currency } from '../../src/money/currency.js';
import type { DealFacts } from '../../src/plans/facts.js';
import { sentenceOfGate, type Gate } from '../../src/plans/gate.js';
import type { PlanVersion } from '../../src/plans/plan.js';
import { gateReports, position, reportWithoutDeal, reportWithoutRegistration } from '../../src/plans/position.js';
import { describeTrail } from '../../src/plans/step.js';
import { asDay, deal, factsOf, registration, tenPercent, versions, type SampleFacts, partner } from './sample-facts.js';

const earned = (sample: SampleFacts = {}): readonly [string, bigint, string][] =>
  position(factsOf(sample)).lines.map(({ partnerId, amountMinor, currency }) => [partnerId, amountMinor, currency]);
const flags = (sample: SampleFacts): readonly string[] => position(factsOf(sample)).flags.map(({ kind }) => kind);
const blockedOf = (gates: readonly Gate[] | undefined): readonly (string | undefined)[] =>
  (gates ?? []).flatMap((gate) => (gate.kind === 'blocked' ? [gate.reason] : []));
const blockedGates = (sample: SampleFacts = {}, registrationId = 'reg_1'): readonly (string | undefined)[] =>
  blockedOf(gateReports(factsOf(sample)).find((report) => report.registrationId === registrationId)?.gates);
const plan = (body: string): string => `plan: standard\neffectiveFrom: 2026-01-01\n${body}`;
const oneRule = (pay: string, more = ''): readonly PlanVersion[] =>
  versions(plan(`${more}rules:\n  - { id: r, pay: ${pay} }\n`));

describe('what a won deal earns', () => {
  it('is ten percent for the partner who registered it, earned that day and payable after the hold', () => {
    expect(position(factsOf()).lines).toMatchObject([
      {
        partnerId: 'par_1',
        kind: 'commission',
        component: 'new-business',
        amountMinor: 10000n,
        currency: 'EUR',
        earnedOn: '2026-03-01',
        payableOn: '2026-03-31',
      },
    ]);
  });

  it('is explained by its arithmetic, which a person can follow by hand', () => {
    const [line] = position(factsOf({ deals: [deal({ amount: '1234.56' })] })).lines;
    expect(describeTrail(line?.trail ?? null).map(({ sentence }) => sentence)).toEqual([
      'The amount of the deal is 1234.56 EUR.',
      '10 % of 1234.56 EUR is 123.456 EUR.',
      'Rounded (half-even) to the smallest unit of EUR: 123.46 EUR.',
    ]);
  });

  it.each([
    ['0.05', 'half-even', 0n],
    ['0.15', 'half-even', 2n],
    ['0.25', 'half-even', 2n],
    ['0.05', 'half-up', 1n],
    ['0.25', 'half-up', 3n],
    ['1000.005', 'half-even', 10000n],
  ])('rounds 10 %% of %s by %s to %d cents', (amount, rounding, cents) => {
    const planVersions = oneRule('{ percent: 10, of: amount }', `rounding: ${rounding}\n`);
    expect(earned({ deals: [deal({ amount })], planVersions })).toEqual(cents === 0n ? [] : [['par_1', cents, 'EUR']]);
  });

  it.each([
    ['JPY', '1234', '10', 123n],
    ['JPY', '1235', '10', 124n],
    ['KWD', '1.234', '10', 123n],
    ['KWD', '1234.567', '12.5', 154321n],
  ])('is exact in %s: %s at %s %%', (currency, amount, percent, minor) => {
    const planVersions = oneRule(`{ percent: ${percent}, of: amount }`);
    expect(earned({ deals: [deal({ amount, currency })], planVersions })).toEqual([['par_1', minor, currency]]);
  });

  it('is a fixed sum in its own currency, whatever the deal is worth', () => {
    const planVersions = oneRule('{ flat: 250 USD }');
    for (const changes of [{}, { amount: null }, { amount: '-5' }, { currency: null, amount: null }]) {
      expect(earned({ deals: [deal(changes)], planVersions })).toEqual([['par_1', 25000n, 'USD']]);
      expect(flags({ deals: [deal(changes)], planVersions })).toEqual([]);
    }
  });

  it('is taken on a CRM field where the plan says so', () => {
    const planVersions = oneRule('{ percent: 50, of: { field: first_year } }');
    expect(earned({ deals: [deal({ amount: null, fields: { first_year: '80.10' } })], planVersions })).toEqual([
      ['par_1', 4005n, 'EUR'],
    ]);
    expect(position(factsOf({ planVersions })).flags).toMatchObject([
      { kind: 'amount-missing', about: 'field first_year' },
    ]);
  });

  it('takes a field for missing that only every object has', () => {
    const planVersions = oneRule('{ percent: 50, of: { field: constructor } }');
    expect(flags({ planVersions })).toEqual(['amount-missing']);
  });

  it('is a line for each rule of the plan', () => {
    const planVersions = versions(
      plan('rules:\n  - { id: a, pay: { percent: 10, of: amount } }\n  - { id: b, pay: { flat: 5 EUR } }'),
    );
    expect(
      position(factsOf({ planVersions })).lines.map(({ component, amountMinor }) => [component, amountMinor]),
    ).toEqual([
      ['a', 10000n],
      ['b', 500n],
    ]);
  });

  it('of a flat sum is not held up by an amount that another rule waits for', () => {
    const planVersions = versions(
      plan('rules:\n  - { id: a, pay: { percent: 10, of: amount } }\n  - { id: b, pay: { flat: 5 EUR } }'),
    );
    const facts = factsOf({ planVersions, deals: [deal({ amount: null })] });
    expect(position(facts).lines.map(({ component }) => component)).toEqual(['b']);
    expect(gateReports(facts)[0]).toMatchObject({ isEarning: true });
    expect(blockedOf(gateReports(facts)[0]?.gates)).toEqual(['amount-missing', 'hold-runs']);
  });

  it('comes under another identity when the deal is won again', () => {
    const again = deal({ wonAt: '2026-03-05T10:00:00.000Z', wonOn: asDay('2026-03-05') });
    const keys = [deal(), again].map((won) => position(factsOf({ deals: [won] })).lines[0]?.key);
    expect(keys[0]).not.toBe(keys[1]);
    expect(position(factsOf({ deals: [deal({ amount: '7.00' })] })).lines[0]?.key).toBe(keys[0]);
  });
});

describe('what holds a commission up', () => {
  it.each<[string, Partial<DealFacts>, string]>([
    ['has no amount', { amount: null }, 'amount-missing'],
    ['has an empty amount', { amount: '' }, 'amount-missing'],
    ['is worth nothing', { amount: '0.00' }, 'amount-zero'],
    ['is worth less than nothing', { amount: '-10' }, 'amount-negative'],
    ['has an amount nobody can read', { amount: '1,000' }, 'amount-unreadable'],
    ['has an amount beyond belief', { amount: '99999999999999999' }, 'amount-out-of-range'],
    ['has no currency', { currency: null }, 'currency-missing'],
    ['has a currency that does not exist', { currency: 'XYZ' }, 'currency-unknown'],
  ])('is flagged when the deal %s, and no line is made', (_what, changes, flag) => {
    const sample = { deals: [deal(changes)] };
    expect(earned(sample)).toEqual([]);
    expect(flags(sample)).toEqual([flag]);
    expect(blockedGates({ ...sample, asOf: '2026-12-31' })).toEqual([flag]);
  });

  it('is flagged when the program does not deal in the currency', () => {
    expect(flags({ currencies: ['USD'] })).toEqual(['currency-unknown']);
    expect(earned({ currencies: ['USD', 'EUR'] })).toHaveLength(1);
  });

  it('is flagged when the plan pays in another currency and no rate is known', () => {
    const planVersions = oneRule('{ percent: 10, of: amount }', 'payIn: USD\n');
    expect(flags({ planVersions })).toEqual(['exchange-rate-missing']);
    expect(earned({ planVersions, deals: [deal({ currency: 'USD' })] })).toEqual([['par_1', 10000n, 'USD']]);
    expect(blockedGates({ planVersions, asOf: '2026-12-31' })).toEqual(['exchange-rate-missing']);
  });

  it('is exchanged exactly before the one rounding, and its working names the rate and its day', () => {
    const planVersions = oneRule('{ percent: 10, of: amount }', 'payIn: JPY\n');
    const rates = new Map([['JPY' as Currency, { numerator: 16055n, denominator: 100n }]]);
    const rateSheets = [{ base: 'EUR' as Currency, day: asDay('2026-02-27'), rates }];
    const [line] = position(factsOf({ planVersions, rateSheets, deals: [deal({ amount: '33.33' })] })).lines;
    expect(line).toMatchObject({ amountMinor: 535n, currency: 'JPY' });
    expect(describeTrail(line?.trail ?? null).map(({ sentence }) => sentence)).toContain(
      '3.333 EUR is 535.11315 JPY at the rate of 2026-02-27, 160.55 JPY for 1 EUR.',
    );
  });

  it('is said when it is less than the smallest coin', () => {
    expect(blockedGates({ deals: [deal({ amount: '0.01' })], asOf: '2026-12-31' })).toEqual(['rounds-to-nothing']);
  });

  it('is not flagged on a deal that is not won, or that nobody is credited with', () => {
    expect(flags({ deals: [deal({ outcome: 'open', amount: null, wonAt: null, wonOn: null })] })).toEqual([]);
    expect(flags({ deals: [deal({ amount: null })], registrations: [] })).toEqual([]);
  });
});

describe('who is credited', () => {
  const inMarch = (hour: string): string => `2026-03-01T${hour}:00.000Z`;

  it.each<[string, SampleFacts, readonly string[]]>([
    ['was approved the moment it was won', { registrations: [registration({ approvedAt: inMarch('10:00') })] }, []],
    [
      'was approved a moment after it was won',
      { registrations: [registration({ approvedAt: inMarch('10:01') })] },
      ['approved-after-winning'],
    ],
    [
      'was never approved',
      { registrations: [registration({ approvedAt: null, protectedUntil: null })] },
      ['not-approved', 'not-approved', 'not-approved'],
    ],
    ['ran out the day it was won', { registrations: [registration({ protectedUntil: asDay('2026-03-01') })] }, []],
    [
      'ran out the day before',
      { registrations: [registration({ protectedUntil: asDay('2026-02-28') })] },
      ['protection-over'],
    ],
    ['was withdrawn before', { registrations: [registration({ endedAt: inMarch('09:00') })] }, ['ended']],
    ['was withdrawn after it had been won', { registrations: [registration({ endedAt: inMarch('11:00') })] }, []],
    [
      'belongs to a partner who left before',
      { partners: [partner({ deactivatedAt: inMarch('09:00') })] },
      ['partner-inactive'],
    ],
    ['belongs to a partner who left after', { partners: [partner({ deactivatedAt: inMarch('11:00') })] }, []],
    ['belongs to a partner who is not there', { partners: [] }, ['partner-inactive']],
    ['comes before any plan', { planVersions: versions(tenPercent.replace('2026-01-01', '2026-03-02')) }, ['no-plan']],
    ['is of a deal that is open', { deals: [deal({ outcome: 'open', wonAt: null, wonOn: null })] }, ['deal-open']],
    ['is of a deal that is lost', { deals: [deal({ outcome: 'lost', wonAt: null, wonOn: null })] }, ['deal-lost']],
    ['is of a deal that was archived', { deals: [deal({ archived: true })] }, ['deal-archived']],
  ])('a registration that %s', (_what, sample, reasons) => {
    const later = { asOf: '2026-04-30', ...sample };
    expect(blockedGates(later)).toEqual(reasons);
    expect(earned(later)).toHaveLength(reasons.length === 0 ? 1 : 0);
  });

  it('credits a registration submitted in time and approved later, only where the plan says so', () => {
    const late = { registrations: [registration({ approvedAt: '2026-03-03T08:00:00.000Z' })], asOf: '2026-04-30' };
    const bySubmission = oneRule('{ percent: 10, of: amount }', 'creditWhen: submitted\n');
    expect(earned(late)).toEqual([]);
    expect(earned({ ...late, planVersions: bySubmission })).toHaveLength(1);
    const tooLate = [registration({ submittedAt: '2026-03-01T10:00:01.000Z', approvedAt: '2026-03-03T08:00:00.000Z' })];
    expect(blockedGates({ ...late, planVersions: bySubmission, registrations: tooLate })).toEqual([
      'submitted-after-winning',
    ]);
  });

  it('is the earliest to submit of those who qualify, and nobody else', () => {
    const registrations = [
      registration({ id: 'reg_2', partnerId: 'par_2', submittedAt: '2026-02-02T08:00:00.000Z' }),
      registration({ id: 'reg_1', partnerId: 'par_1', submittedAt: '2026-02-01T08:00:00.000Z' }),
      registration({
        id: 'reg_3',
        partnerId: 'par_3',
        submittedAt: '2026-01-01T08:00:00.000Z',
        endedAt: '2026-02-01T00:00:00.000Z',
      }),
    ];
    const sample = { registrations, asOf: '2026-12-31' };
    expect(earned(sample)).toEqual([['par_1', 10000n, 'EUR']]);
    expect(blockedGates(sample, 'reg_1')).toEqual([]);
    expect(blockedGates(sample, 'reg_2')).toEqual(['earlier-registration']);
    expect(blockedGates(sample, 'reg_3')).toEqual(['ended', 'earlier-registration']);
  });

  it('does not move on to the next registration when the first partner left the program', () => {
    const registrations = [
      registration(),
      registration({ id: 'reg_2', partnerId: 'par_2', submittedAt: '2026-02-02T08:00:00.000Z' }),
    ];
    const partners = [partner({ id: 'par_1', deactivatedAt: '2026-02-20T00:00:00.000Z' }), partner({ id: 'par_2' })];
    expect(earned({ registrations, partners })).toEqual([]);
    expect(flags({ registrations, partners })).toEqual(['partner-inactive']);
  });
});

describe('which version counts', () => {
  const byRegistration = 'versionBy: registered\n';
  const twoVersions = (first: string, second: string): readonly PlanVersion[] => [
    ...versions(
      plan(`${first}rules:\n  - { id: r, pay: { percent: 10, of: amount } }`),
      `plan: standard\neffectiveFrom: 2026-02-15\n${second}rules:\n  - { id: r, pay: { percent: 20, of: amount } }`,
    ),
  ];

  it.each([
    ['the day it was won by default', '', '', 20000n],
    ['the day of registration where both versions say so', byRegistration, byRegistration, 10000n],
    ['the version that promised so to those who registered under it', byRegistration, '', 10000n],
    ['the day of registration where the later version says so', '', byRegistration, 10000n],
  ])('is that of %s', (_which, first, second, minor) => {
    expect(earned({ planVersions: twoVersions(first, second) })).toEqual([['par_1', minor, 'EUR']]);
  });
});

describe('why there is no commission', () => {
  it('says on which day the hold will be over', () => {
    const [report] = gateReports(factsOf());
    const hold = report?.gates.at(-1);
    expect(hold).toMatchObject({ kind: 'blocked', gate: 'hold-over', opensOn: '2026-03-31' });
    expect(hold && sentenceOfGate(hold)).toBe(
      'The commission was earned on 2026-03-01 and is on hold for 30 days. It passes on 2026-03-31.',
    );
    expect(blockedGates({ asOf: '2026-03-31' })).toEqual([]);
  });

  it('names every gate in order, passed or not, in words', () => {
    const [report] = gateReports(factsOf({ asOf: '2026-03-31' }));
    expect(report?.gates.map(({ gate }) => gate)).toEqual([
      'registered',
      'deal-linked',
      'approved',
      'in-time',
      'protection',
      'first',
      'partner-active',
      'deal-won',
      'plan-in-force',
      'currency',
      'amount',
      'hold-over',
    ]);
    expect(report?.gates.map(sentenceOfGate).join(' ')).not.toMatch(/[{}]|undefined|null|not known/);
  });

  it('answers for an open deal as things stand today', () => {
    const open = { deals: [deal({ outcome: 'open', wonAt: null, wonOn: null })] };
    expect(blockedGates({ ...open, asOf: '2026-04-30' })).toEqual(['deal-open']);
    expect(blockedGates({ ...open, asOf: '2026-05-01' })).toEqual(['protection-over', 'deal-open']);
  });

  it('answers for a registration that is not linked to a deal', () => {
    const draft = registration({ dealId: null, approvedAt: null, protectedUntil: null });
    expect(blockedOf(reportWithoutDeal(factsOf(), draft).gates)).toEqual([
      'not-linked',
      'not-approved',
      'not-approved',
      'not-approved',
    ]);
  });

  it('answers for a partner who never registered the deal', () => {
    expect(blockedOf(reportWithoutRegistration(deal(), 'par_9').gates)).toEqual(['not-registered']);
  });
});
