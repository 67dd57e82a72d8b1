import { readPlanText } from '../../src/plans/read-plan.js';

/** What is said about a plan with this beside its rules, or with this in its only rule. */
function saidOf({ plan = '', rule = 'pay: { percent: 10, of: amount }' }): readonly string[] {
  const reading = readPlanText(`plan: p\neffectiveFrom: 2026-01-01\n${plan}\nrules:\n  - { id: r, ${rule} }\n`);
  return reading.kind === 'plan' ? [] : reading.faults.map(({ message }) => message);
}

describe('money that is written in another way', () => {
  it.each([
    ['50EUR', 'did you mean 50 EUR?'],
    ['EUR 50', 'did you mean 50 EUR?'],
    ['50 eur', 'did you mean 50 EUR?'],
    ['€50', 'did you mean 50 EUR?'],
    ['$50', 'did you mean 50 USD?'],
    ['50  EUR', 'did you mean 50 EUR?'],
    ['"1.000,50 EUR"', 'did you mean 1000.50 EUR?'],
    ['"1,000.50 EUR"', 'did you mean 1000.50 EUR?'],
    ['"1\'000 EUR"', 'did you mean 1000 EUR?'],
    ['50', 'the currency is missing, as in 50 EUR'],
    ['50 XXX', 'XXX is no currency'],
    ['50.005 EUR', 'EUR has 2 decimals'],
    ['50.5 JPY', 'JPY has 0 decimals'],
    ['99999999999999999 EUR', 'it is too large to be meant'],
    ['{ amount: 50, currency: eur }', 'did you mean 50 EUR?'],
  ])('is refused, with what was probably meant: %s', (flat, hint) => {
    expect(saidOf({ rule: `pay: { flat: ${flat} }` })).toEqual([expect.stringContaining(`has (${hint}).`)]);
  });

  it.each(['-50 EUR', '0 EUR', '1e3 EUR', '0x1F EUR', '"1,000 EUR"', 'some EUR'])(
    'is refused without a guess where there is none: %s',
    (flat) => {
      const [message, ...others] = saidOf({ rule: `pay: { flat: ${flat} }` });
      expect(message).toMatch(/^line 5: rules\[0\]\.pay\.flat is ".*"; expected an amount above zero .* has\.$/);
      expect(others).toEqual([]);
    },
  );
});

describe('a percentage that is written in another way', () => {
  it.each([
    ['10%', 'did you mean 10?'],
    ['10 %', 'did you mean 10?'],
    ['"10,5"', 'did you mean 10.5?'],
    ['" 10 "', 'did you mean 10?'],
    ['"1,000"', 'a point before the decimals, and nothing between thousands'],
  ])('is refused, with what was probably meant: %s', (percent, hint) => {
    expect(saidOf({ rule: `pay: { percent: ${percent}, of: amount }` })).toEqual([
      expect.stringContaining(`rules[0].pay.percent is "`),
    ]);
    expect(saidOf({ rule: `pay: { percent: ${percent}, of: amount }` })[0]).toContain(`(${hint})`);
  });

  it('is refused where a comma took its decimals for another field', () => {
    expect(saidOf({ rule: 'pay: { percent: 10,5, of: amount }' })).toEqual([
      'line 5: rules[0].pay.5 is not a known field; decimals have a point: a comma separates fields.',
    ]);
  });

  it.each(['true', '[10]', 'ten', '', '"1e1"', '-10', '"1/0"'])('is refused when it is %j', (percent) => {
    expect(saidOf({ rule: `pay: { percent: ${percent}, of: amount }` })).toEqual([
      expect.stringContaining('expected a percentage that is not negative'),
    ]);
  });
});

describe('a day that is written in another way', () => {
  it.each([
    ['2027/01/31', '2027-01-31'],
    ['31.1.2027', '2027-01-31'],
    ['2027-1-31', '2027-01-31'],
    ['12/31/2027', '2027-12-31'],
    ['31/12/2027', '2027-12-31'],
    ['20270131', '2027-01-31'],
    ['2027-01-31T00:00:00Z', '2027-01-31'],
  ])('is refused, with what was probably meant: %s', (day, meant) => {
    expect(saidOf({ plan: `effectiveTo: ${day}` })).toEqual([
      expect.stringContaining(`expected a day that exists, YYYY-MM-DD (did you mean ${meant}?).`),
    ]);
  });

  it.each(['2027-02-29', '2027-13-01', '2/3/2027', '1 Jan 2027', '2027', '2027-01', ''])(
    'is refused without a guess where there is none: %j',
    (day) => {
      expect(saidOf({ plan: `effectiveTo: ${day}` })).toEqual([
        expect.stringMatching(/^line 3: effectiveTo is .*; expected a day that exists, YYYY-MM-DD\.$/),
      ]);
    },
  );
});

describe('a name that is nearly right', () => {
  it.each([
    [{ plan: 'effective_to: 2027-01-01' }, 'line 3: effective_to is not a known field; did you mean effectiveTo?'],
    [{ plan: 'for: { teir: gold }' }, 'line 3: for.teir is not a known field; did you mean tier?'],
    [
      { plan: 'payIn: eur' },
      'line 3: payIn is "eur"; expected an ISO 4217 currency code such as EUR (did you mean EUR?).',
    ],
    [{ plan: 'rounding: half-evn' }, 'expected one of half-even, half-up (did you mean half-even?).'],
    [{ plan: 'holdDays: 30 days' }, 'expected a whole number of days from 0 to 3650 (did you mean 30?).'],
    [{ plan: 'holdDays: "30"' }, 'expected a whole number of days from 0 to 3650 (did you mean 30, without quotes?).'],
    [
      { rule: 'pay: { revShare: { percent: 5 } }' },
      'rules[0].pay.revShare is not a known field; did you mean revshare?',
    ],
    [
      { rule: 'pay: { flat: 5 EUR }, installments: []' },
      'rules[0].installments is not a known field; did you mean instalments?',
    ],
    [{ rule: 'pay: { percent: 5, of: Ammount }' }, '(did you mean amount?).'],
    [
      { rule: 'on: { stages: Demo }, pay: { flat: 5 EUR }' },
      'rules[0].on.stages is not a known field; did you mean stage?',
    ],
    [{ rule: 'pay: { flat: 5 EUR }, when: { tier: gold }' }, 'something to look at (did you mean partner.tier?).'],
    [
      { rule: 'pay: { flat: 5 EUR }, when: { or: [{ partner.tier: gold }] }' },
      'something to look at (did you mean any?).',
    ],
    [
      { rule: 'pay: { flat: 5 EUR }, when: { partner: { tier: gold } }' },
      'something to look at (as one name, such as partner.tags).',
    ],
    [
      { rule: 'pay: { flat: 5 EUR }, when: { deal.amount: { atleast: 5 } }' },
      'deal.amount.atleast is not a known field; did you mean atLeast?',
    ],
    [
      { rule: 'pay: { flat: 5 EUR }, when: { deal.amount: ">= 5" }' },
      'expected a comparison in words, as { atLeast: 10 }',
    ],
  ])('is refused, and the right one is named: %j', (written, end) => {
    expect(saidOf(written)).toEqual([expect.stringContaining(end)]);
  });
});

describe('a field in a place where it does not belong', () => {
  it.each([
    [
      'pay: { percent: 10, of: amount, months: 12 }',
      'rules[0].pay.months is not a known field; it is a field of rules[].pay.revshare',
    ],
    ['pay: { flat: 5 EUR, cap: 9 EUR }', 'rules[0].pay.cap is not a known field; it is a field of rules[].'],
    [
      'pay: { percent: 10, of: amount, flat: 5 EUR }',
      'rules[0].pay.flat cannot stand beside percent and of; expected one of them: a hybrid is several rules.',
    ],
    [
      'pay: { tiers: { of: amount, bands: [{ from: 0, to: 9, percent: 5 }] } }',
      'bands[0].to is not a known field; expected from, percent, flat or bonus.',
    ],
  ])('is refused, and its place is named: %s', (rule, end) => {
    expect(saidOf({ rule })).toEqual([expect.stringContaining(end)]);
  });

  it('is refused in the plan as a whole, too', () => {
    const said = (text: string) => {
      const reading = readPlanText(text);
      return reading.kind === 'plan' ? [] : reading.faults.map(({ message }) => message);
    };
    const whole = 'expected a plan: plan, effectiveFrom and rules';
    expect(said('')).toEqual([`line 1: the plan is empty; ${whole}.`]);
    expect(said('- plan: p')).toEqual([`line 1: the plan is a list of 1; ${whole}.`]);
    expect(said('plan:p\nrules:[]')).toEqual([
      `line 1: the plan is "plan:p rules:[]"; ${whole} (a space after each colon).`,
    ]);
  });
});
