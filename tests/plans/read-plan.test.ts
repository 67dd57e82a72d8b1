import { formatRatio } from '../../src/money/ratio.js';
import type { PlanFault } from '../../src/plans/plan-faults.js';
import { readPlanText, readPlanValue } from '../../src/plans/read-plan.js';

const shortest = `plan: standard
effectiveFrom: 2026-01-01
rules:
  - id: new-business
    pay: { percent: 10, of: amount }
`;

const pays = 'percent: 10, of: amount';

function faultsIn(text: string): readonly PlanFault[] {
  const reading = readPlanText(text);
  return reading.kind === 'refused' ? reading.faults : [];
}

describe('a plan that is understood', () => {
  it('can be five lines long, with every default filled in', () => {
    expect(readPlanText(shortest)).toMatchObject({
      kind: 'plan',
      plan: {
        slug: 'standard',
        effectiveFrom: '2026-01-01',
        effectiveTo: null,
        corrects: null,
        creditWhen: null,
        versionBy: 'won',
        payIn: null,
        holdDays: 30,
        rounding: 'half-even',
        rules: [{ id: 'new-business', pay: { kind: 'percent', of: { kind: 'amount' } } }],
      },
    });
  });

  it('may be JSON, as text or parsed', () => {
    const document = {
      plan: 'p',
      effectiveFrom: '2026-01-01',
      rules: [{ id: 'r', pay: { percent: 10, of: 'amount' } }],
    };
    expect(readPlanText(JSON.stringify(document)).kind).toBe('plan');
    expect(readPlanValue(document).kind).toBe('plan');
  });

  it.each([
    ['12.5', '0.125'],
    ['0', '0'],
    ['100', '1'],
    ['"33.333333333333333333"', '0.33333333333333333333'],
    ['33.333333333333333333', '0.33333333333333333333'],
  ])('takes %s percent exactly', (percent, rate) => {
    const reading = readPlanText(shortest.replace('percent: 10', `percent: ${percent}`));
    const pay = reading.kind === 'plan' ? reading.plan.rules[0]?.pay : undefined;
    expect(pay?.kind === 'percent' ? formatRatio(pay.rate) : pay).toBe(rate);
  });

  it.each(['250 EUR', '"250.00 EUR"', '{ amount: 250, currency: EUR }'])('takes %s as a fixed sum', (flat) => {
    const reading = readPlanText(shortest.replace('percent: 10, of: amount', `flat: ${flat}`));
    expect(reading).toMatchObject({
      kind: 'plan',
      plan: { rules: [{ pay: { kind: 'flat', money: { amountMinor: 25000n, currency: 'EUR' } } }] },
      document: { rules: [{ pay: { flat: '250.00 EUR' } }] },
    });
  });

  it('takes a CRM field as the base', () => {
    expect(readPlanText(shortest.replace('of: amount', 'of: { field: contract_value }'))).toMatchObject({
      plan: { rules: [{ pay: { of: { kind: 'field', field: 'contract_value' } } }] },
    });
  });

  it('reads what it has stored as the same plan', () => {
    const reading = readPlanText(shortest.replace('percent: 10', 'percent: 12.50'));
    expect(reading.kind).toBe('plan');
    if (reading.kind !== 'plan') return;
    expect(readPlanValue(JSON.parse(JSON.stringify(reading.document)))).toMatchObject({
      plan: reading.plan,
      document: reading.document,
    });
  });
});

describe('a plan that is refused', () => {
  it.each<[string, string, string, Partial<PlanFault>]>([
    ['a rate over 100 %', 'percent: 10', 'percent: 150', { field: 'rules[0].pay.percent', line: 5, value: '150' }],
    ['a rate that is no number', 'percent: 10', 'percent: ten', { field: 'rules[0].pay.percent', value: '"ten"' }],
    ['a missing base', ', of: amount', '', { field: 'rules[0].pay.of', line: 5 }],
    ['an unknown base', 'of: amount', 'of: profit', { field: 'rules[0].pay.of', line: 5, value: '"profit"' }],
    ['an unknown field', 'rules:', 'ruels: 1\nrules:', { field: 'ruels', line: 3, value: '1' }],
    ['a field a rule does not have', 'percent: 10', 'percent: 10, cap: 5', { field: 'rules[0].pay.cap', line: 5 }],
    ['a model that is not known', 'percent: 10, of: amount', 'pyramid: []', { field: 'rules[0].pay', line: 5 }],
    ['tiers without bands', pays, 'tiers: { of: amount, bands: [] }', { field: 'rules[0].pay.tiers.bands', line: 5 }],
    [
      'bands that leave a hole at the beginning',
      pays,
      'tiers: { of: amount, bands: [{ from: 100, percent: 5 }] }',
      { field: 'rules[0].pay.tiers.bands[0].from', value: '100', expected: expect.stringMatching(/^0, so that/) },
    ],
    [
      'bands that overlap',
      pays,
      'tiers: { of: amount, bands: [{ from: 0, percent: 5 }, { from: 0, percent: 8 }] }',
      { field: 'rules[0].pay.tiers.bands[1].from', value: '0', expected: expect.stringMatching(/^a number above/) },
    ],
    [
      'half a deal',
      pays,
      'tiers: { of: amount, by: count, bands: [{ from: 0, percent: 5 }, { from: 1.5, percent: 8 }] }',
      { field: 'rules[0].pay.tiers.bands[1].from', line: 5 },
    ],
    [
      'a cap below the floor',
      `pay: { ${pays} }`,
      `pay: { ${pays} }\n    floor: 100 EUR\n    cap: 50 EUR`,
      { field: 'rules[0].cap', line: 7 },
    ],
    [
      'a cap in another currency than the floor',
      `pay: { ${pays} }`,
      `pay: { ${pays} }\n    floor: 100 EUR\n    cap: 500 USD`,
      { field: 'rules[0].cap', line: 7 },
    ],
    [
      'a day that does not exist',
      '2026-01-01',
      '2026-02-30',
      { field: 'effectiveFrom', line: 2, value: '"2026-02-30"' },
    ],
    ['a range that is empty', 'rules:', 'effectiveTo: 2026-01-01\nrules:', { field: 'effectiveTo', line: 3 }],
    ['half a day of hold', 'rules:', 'holdDays: 0.5\nrules:', { field: 'holdDays', line: 3, value: '"0.5"' }],
    ['a hold of eleven years', 'rules:', 'holdDays: 4000\nrules:', { field: 'holdDays', line: 3, value: '4000' }],
    ['an unknown rounding', 'rules:', 'rounding: up\nrules:', { expected: 'one of half-even, half-up', line: 3 }],
    ['a currency that is none', 'rules:', 'payIn: EURO\nrules:', { field: 'payIn', value: '"EURO"' }],
    [
      'a cent of a yen',
      'percent: 10, of: amount',
      'flat: 10.5 JPY',
      { field: 'rules[0].pay.flat', value: '"10.5 JPY"' },
    ],
    ['a fixed sum of nothing', 'percent: 10, of: amount', 'flat: 0 EUR', { field: 'rules[0].pay.flat' }],
    ['a sum without a currency', 'percent: 10, of: amount', 'flat: 10', { field: 'rules[0].pay.flat', value: '10' }],
    ['a slug with spaces', 'plan: standard', 'plan: Our Plan', { field: 'plan', line: 1 }],
    [
      'two rules of one name',
      'rules:\n',
      'rules:\n  - { id: new-business, pay: { flat: 1 EUR } }\n',
      { field: 'rules[1].id', line: 5, value: '"new-business"' },
    ],
  ])('names field, line and value of %s', (_what, from, to, fault) => {
    expect(faultsIn(shortest.replace(from, to))).toMatchObject([fault]);
  });

  it('says in one sentence where, what and what instead', () => {
    expect(faultsIn(shortest.replace('percent: 10', 'percent: 150'))[0]?.message).toBe(
      'line 5: rules[0].pay.percent is 150; expected a percentage from 0 to 100, or `allowAbove100: true` on the rule for more.',
    );
    expect(faultsIn('plan: p\nrules: []')[0]?.message).toBe(
      'line 1: effectiveFrom is missing; expected a day that exists, YYYY-MM-DD.',
    );
  });

  it.each([
    ['nothing', ''],
    ['a list', '- plan'],
    ['broken YAML', 'plan: [standard'],
    ['one name twice', `${shortest}plan: again`],
    ['two documents', `${shortest}---\n${shortest}`],
    ['an alias bomb', `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(60)}*a]\nc: [${'*b,'.repeat(60)}*b]`],
    ['a hundred thousand brackets', '['.repeat(99_000)],
    ['more text than any plan needs', `# ${'x'.repeat(100_000)}`],
    ['a tag', 'plan: !!js/function "x"'],
  ])('is refused without harm when it is %s', (_what, text) => {
    const [fault] = faultsIn(text);
    expect(fault?.message).toEqual(expect.any(String));
    expect(fault?.line).toEqual(expect.any(Number));
  });

  it('does not take a number that may have lost digits on its way', () => {
    const rules = [{ id: 'r', pay: { percent: 33.333333333333336, of: 'amount' } }];
    expect(readPlanValue({ plan: 'p', effectiveFrom: '2026-01-01', rules })).toMatchObject({
      kind: 'refused',
      faults: [{ field: 'rules[0].pay.percent', line: null, value: '33.333333333333336' }],
    });
  });

  it('names at most twenty faults', () => {
    const rules = Array.from({ length: 50 }, (_, index) => `  - { id: r${index}, pay: { flat: none } }`).join('\n');
    expect(faultsIn(`plan: p\neffectiveFrom: 2026-01-01\nrules:\n${rules}`)).toHaveLength(20);
  });
});
