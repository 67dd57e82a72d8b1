import type { Currency } from '../../src/money/currency.js';
import type { DealFacts } from '../../src/plans/facts.js';
import type { PlanVersion } from '../../src/plans/plan.js';
import { gateReports, position } from '../../src/plans/position.js';
import { describeTrail } from '../../src/plans/step.js';
import { asDay, blockedGates, deal, earned, factsOf, flagsOf, planText, reasonsOf, versions } from './sample-facts.js';

const oneRule = (pay: string, more = ''): readonly PlanVersion[] =>
  versions(planText(`${more}rules:\n  - { id: r, pay: ${pay} }\n`));

describe('what a won deal earns', () => {
  it('is at most what a deal can be worth; beyond it there is a flag and no line', () => {
    const times = (percent: string) =>
      versions(planText(`rules:\n  - { id: r, allowAbove100: true, pay: { percent: ${percent}, of: amount } }\n`));
    const most = deal({ amount: '1000000.00' });
    expect(earned({ planVersions: times('1000000000'), deals: [most] })).toEqual([['par_1', 10n ** 15n, 'EUR']]);
    expect(earned({ planVersions: times('1000000001'), deals: [most] })).toEqual([]);
    expect(flagsOf({ planVersions: times('1000000001'), deals: [most] })).toEqual(['amount-out-of-range']);
  });

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
      expect(flagsOf({ deals: [deal(changes)], planVersions })).toEqual([]);
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
    expect(flagsOf({ planVersions })).toEqual(['amount-missing']);
  });

  it('is a line for each rule of the plan', () => {
    const planVersions = versions(
      planText('rules:\n  - { id: a, pay: { percent: 10, of: amount } }\n  - { id: b, pay: { flat: 5 EUR } }'),
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
      planText('rules:\n  - { id: a, pay: { percent: 10, of: amount } }\n  - { id: b, pay: { flat: 5 EUR } }'),
    );
    const facts = factsOf({ planVersions, deals: [deal({ amount: null })] });
    expect(position(facts).lines.map(({ component }) => component)).toEqual(['b']);
    expect(gateReports(facts)[0]).toMatchObject({ isEarning: true });
    expect(reasonsOf(gateReports(facts)[0]?.gates)).toEqual(['amount-missing', 'hold-runs']);
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
    expect(flagsOf(sample)).toEqual([flag]);
    expect(blockedGates({ ...sample, asOf: '2026-12-31' })).toEqual([flag]);
  });

  it('is flagged when the program does not deal in the currency', () => {
    expect(flagsOf({ currencies: ['USD'] })).toEqual(['currency-unknown']);
    expect(earned({ currencies: ['USD', 'EUR'] })).toHaveLength(1);
  });

  it('is flagged when the plan pays in another currency and no rate is known', () => {
    const planVersions = oneRule('{ percent: 10, of: amount }', 'payIn: USD\n');
    expect(flagsOf({ planVersions })).toEqual(['exchange-rate-missing']);
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
    expect(flagsOf({ deals: [deal({ outcome: 'open', amount: null, wonAt: null, wonOn: null })] })).toEqual([]);
    expect(flagsOf({ deals: [deal({ amount: null })], registrations: [] })).toEqual([]);
  });
});
