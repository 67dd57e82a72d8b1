import { readPlanText } from '../../src/plans/read-plan.js';

/** The faults of a plan whose only rule says this, as `field: expected`. */
function faultsOfRule(rule: string): readonly string[] {
  return faultsOf(`plan: p\neffectiveFrom: 2026-01-01\nrules:\n  - { id: r, ${rule} }\n`);
}

function faultsOf(text: string): readonly string[] {
  const reading = readPlanText(text);
  return reading.kind === 'plan' ? [] : reading.faults.map(({ field, expected }) => `${field}: ${expected}`);
}

const tenPercent = 'pay: { percent: 10, of: amount }';

describe('terms that cannot be meant', () => {
  it.each([
    [
      'a split that is not the whole',
      `${tenPercent}, split: [{ partner: a, percent: 60 }, { partner: b, percent: 39.99 }]`,
      'rules[0].split: parts that come to 100 percent, not to 99.99',
    ],
    [
      'a partner twice in a split',
      `${tenPercent}, split: [{ partner: a, percent: 50 }, { partner: a, percent: 50 }]`,
      'rules[0].split[1].partner: a partner that has no other part',
    ],
    [
      'instalments that are not the whole',
      `${tenPercent}, instalments: [{ percent: 50 }, { percent: 40 }]`,
      'rules[0].instalments: parts that come to 100 percent, not to 90',
    ],
    [
      'a rate above 100 in a band',
      'pay: { tiers: { of: amount, bands: [{ from: 0, percent: 5 }, { from: 10, percent: 120 }] } }',
      'rules[0].pay.tiers.bands[1].percent: a percentage from 0 to 100, or `allowAbove100: true` on the rule for more',
    ],
    [
      'a rate above 100 in a RevShare',
      'pay: { revshare: { percent: 101 } }',
      'rules[0].pay.revshare.percent: a percentage from 0 to 100, or `allowAbove100: true` on the rule for more',
    ],
    [
      'a band that pays twice',
      'pay: { tiers: { of: amount, bands: [{ from: 0, percent: 5, flat: 1 EUR }] } }',
      'rules[0].pay.tiers.bands[0]: percent or flat, one of them',
    ],
    [
      'tiers by amount of nothing',
      'pay: { tiers: { bands: [{ from: 0, flat: 5 EUR }] } }',
      'rules[0].pay.tiers.of: what is paid on, where a band pays a percentage or the volume is an amount',
    ],
    [
      'a RevShare with a rate and a schedule',
      'pay: { revshare: { percent: 5, schedule: [{ percent: 5 }] } }',
      'rules[0].pay.revshare.schedule: percent or schedule, one of them',
    ],
    [
      'a schedule that goes on for ever before its end',
      'pay: { revshare: { schedule: [{ percent: 5 }, { percent: 4 }] } }',
      'rules[0].pay.revshare.schedule[0].months: a whole number of months from 1 to 600',
    ],
    [
      'a RevShare when a deal is won',
      'on: won, pay: { revshare: { percent: 5 } }',
      'rules[0].on: payment, since RevShare is earned when the customer pays',
    ],
    [
      'the margin of a payment',
      'on: payment, pay: { percent: 5, of: margin }',
      'rules[0].pay.of: one of amount, net-of-tax, net: a payment has no other',
    ],
    [
      'a percentage of a lead',
      `on: approved, ${tenPercent}`,
      'rules[0].pay: a fixed sum, as { flat: 50 EUR }: a lead has no amount yet',
    ],
    [
      'a floor of a month above its cap',
      `${tenPercent}, floor: { month: 100 EUR }, cap: { month: 50 EUR }`,
      'rules[0].cap: at least the floor, in the same currency',
    ],
    [
      'an override on the level below the first',
      `${tenPercent}, overrides: [{ percent: 5, of: level-below }]`,
      'rules[0].overrides[0].of: sale or commission: there is no level below the first',
    ],
    [
      'three levels of overrides',
      `${tenPercent}, overrides: [{ percent: 5 }, { percent: 5 }, { percent: 5 }]`,
      'rules[0].overrides: one or two levels, as [{ percent: 10, of: commission }, { percent: 5, of: level-below }]',
    ],
    [
      'a factor with bands and a target',
      `${tenPercent}, multiply: [{ metric: m, target: 5, bands: [{ from: 0, times: 1 }] }]`,
      'rules[0].multiply[0]: bands or target, one of them',
    ],
    [
      'a target of nothing',
      `${tenPercent}, multiply: [{ metric: m, target: 0 }]`,
      'rules[0].multiply[0].target: a number above zero',
    ],
    [
      'factors out of order',
      `${tenPercent}, multiply: [{ metric: m, bands: [{ from: 5, times: 1 }, { from: 5, times: 2 }] }]`,
      'rules[0].multiply[0].bands[1].from: a number above the one before: each band begins where the one before ends',
    ],
    [
      'a churn of no months',
      `${tenPercent}, churn: { months: 0 }`,
      'rules[0].churn.months: a whole number of months from 1 to 600',
    ],
    [
      'a factor whose least is above its most',
      `${tenPercent}, multiply: [{ metric: m, target: 5, least: 2, most: 1.5 }]`,
      'rules[0].multiply[0].most: at least `least`, which is 2',
    ],
    [
      'a least factor beside bands, which would count for nothing',
      `${tenPercent}, multiply: [{ metric: m, least: 1, bands: [{ from: 0, times: 1 }] }]`,
      'rules[0].multiply[0].least: `target` beside it: with bands, the bands say what is least and most',
    ],
    [
      'a floor of a deal above the cap of a month',
      `${tenPercent}, floor: 100 EUR, cap: { month: 50 EUR }`,
      'rules[0].cap: at least the floor, in the same currency',
    ],
    [
      'a band that pays nothing',
      'pay: { tiers: { of: amount, bands: [{ from: 0 }] } }',
      'rules[0].pay.tiers.bands[0]: percent or flat, one of them',
    ],
    [
      'a range that nothing is in',
      `${tenPercent}, when: { deal.amount: { atLeast: 10, below: 5 } }`,
      'rules[0].when.deal.amount: a range with something in it: what is below is above what is at least',
    ],
    [
      'a misspelt registrant of a split',
      `${tenPercent}, split: [{ partner: registrent, percent: 50 }, { partner: par_b, percent: 50 }]`,
      'rules[0].split[0].partner: an id (did you mean registrant?)',
    ],
  ])('refuse %s', (_what, rule, fault) => {
    expect(faultsOfRule(rule)).toEqual([fault]);
  });

  it.each([
    [
      'churn of payments, which end with the customer',
      'churn: { months: 12 }, pay: { revshare: { percent: 5 } }',
      'rules[0].churn: no churn: on leaving, only what was paid for a deal that was won is taken back',
    ],
    [
      'churn of a fee for a lead',
      'on: approved, churn: { months: 12 }, pay: { flat: 5 EUR }',
      'rules[0].churn: no churn: on leaving, only what was paid for a deal that was won is taken back',
    ],
    [
      'refunds of what a stage pays',
      'on: { stage: Demo }, refunds: take-back, pay: { flat: 5 EUR }',
      'rules[0].refunds: keep: a refund takes back only of what was paid for a win or a payment',
    ],
    [
      'a split of what the customer gets',
      `to: customer, ${tenPercent}, split: [{ partner: registrant, percent: 50 }, { partner: par_b, percent: 50 }]`,
      'rules[0].split: no split: a bonus goes to one alone',
    ],
    [
      'overrides on what the recruiter gets',
      'on: { recruit: 1 }, pay: { flat: 5 EUR }, overrides: [{ percent: 5 }]',
      'rules[0].overrides: no overrides: what is paid as a bonus has none',
    ],
    [
      'an override on the sale of a lead',
      'on: approved, pay: { flat: 5 EUR }, overrides: [{ percent: 5 }, { percent: 1, of: sale }]',
      'rules[0].overrides[1].of: commission or level-below: a lead has no sale yet',
    ],
    [
      'a quota of what leads are worth',
      'on: approved, pay: { flat: 5 EUR }, accelerator: { quota: 5, bands: [{ from: 100, times: 2 }] }',
      'rules[0].accelerator.by: count, or { metric: NAME }: a lead has no amount yet',
    ],
    [
      'instalments of what is earned month by month',
      'pay: { revshare: { percent: 5, recognise: straight-line } }, instalments: [{ percent: 50 }, { percent: 50, afterDays: 9 }]',
      'rules[0].instalments: no instalments: what is earned month by month is paid month by month',
    ],
    [
      'the number of a payment where nothing was paid yet',
      `${tenPercent}, when: { any: [{ deal.kind: new }, { not: { payment.number: 1 } }] }`,
      'rules[0].when.any[1].not.payment.number: a rule that pays on payments: here there is no payment to look at',
    ],
  ])('refuse %s, since a plan promises nothing that it does not keep', (_what, rule, fault) => {
    expect(faultsOfRule(rule)).toEqual([fault]);
  });

  it('refuse a condition on something that is not there, and name it', () => {
    const [fault] = faultsOfRule(`${tenPercent}, when: { deal.size: 5 }`);
    expect(fault).toMatch(/^rules\[0\]\.when\.deal\.size: something to look at: partner\.id, /);
  });

  it('refuse a condition that asks nothing', () => {
    expect(faultsOfRule(`${tenPercent}, when: {}`)).toEqual(['rules[0].when: at least one condition']);
    expect(faultsOfRule(`${tenPercent}, when: { all: [] }`)).toEqual([
      'rules[0].when.all: a list of 1 to 50 conditions',
    ]);
  });

  it('refuse to convert at the payout into no currency', () => {
    const text = `plan: p\neffectiveFrom: 2026-01-01\nexchangeOn: payout\nrules:\n  - { id: r, ${tenPercent} }\n`;
    expect(faultsOf(text)).toEqual([
      'payIn: the currency that the run converts to, since the rate is that of the payout',
    ]);
  });

  it.each([11, 40, 1500, 5000])('refuse conditions that are nested %i deep', (depth) => {
    const when = `${'{ not: '.repeat(depth)}{ partner.tier: gold }${' }'.repeat(depth)}`;
    expect(faultsOfRule(`${tenPercent}, when: ${when}`)).toHaveLength(1);
  });

  it('accept more than 100 percent where that is said to be meant', () => {
    expect(faultsOfRule('allowAbove100: true, pay: { percent: 5000, of: { field: seats } }')).toEqual([]);
  });
});
