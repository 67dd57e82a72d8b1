import fc from 'fast-check';
import type { ConditionText, LimitText, OverrideText, PayText, RuleText } from '../naive/plan-text.js';
import { accelerator, canPayOnPayments, flat, multiplier, percentOf, revshare, tiers } from './pays.js';
import { hundredIn, money, mostly, partnerIds, seldom, written } from './written.js';

export function limits(least: number, most: number): fc.Arbitrary<LimitText> {
  const limit = money(least, most);
  const periods: fc.Arbitrary<LimitText> = written({
    deal: seldom(limit, 3),
    month: seldom(limit, 2),
    quarter: seldom(limit, 4),
    year: seldom(limit, 4),
  }).filter((all) => Object.keys(all).length > 0);
  return fc.oneof({ weight: 1, arbitrary: limit }, { weight: 2, arbitrary: periods });
}

const share = fc.constantFrom('10', '50', '3.7', '33.33', '100');
export const overrides: fc.Arbitrary<readonly OverrideText[]> = fc.oneof(
  fc.tuple(written({ percent: share, of: mostly(fc.constantFrom('sale' as const, 'commission' as const)) })),
  fc.tuple(
    written({ percent: share, of: mostly(fc.constantFrom('sale' as const, 'commission' as const)) }),
    written({
      percent: share,
      of: mostly(fc.constantFrom('sale' as const, 'commission' as const, 'level-below' as const)),
    }),
  ),
);

const conditions: readonly ConditionText[] = [
  { 'partner.tier': 'gold' },
  { 'partner.tier': ['Silver', 'bronze'] },
  { 'partner.tags': 'strategic' },
  { 'partner.id': { not: 'par_2' } },
  { 'deal.amount': { atLeast: '1000 EUR' } },
  { 'deal.amount': { above: '999.99', atMost: 2000 } },
  { 'deal.kind': { not: 'renewal' } },
  { 'deal.products': ['security', 'storage'] },
  { 'deal.currency': 'EUR' },
  { 'customer.country': ['DE', 'at'] },
  { 'metric.score': { atLeast: 80 } },
  { 'field.services': { exists: true } },
  { not: { 'customer.country': 'FR' } },
  { any: [{ 'partner.tier': 'gold' }, { 'deal.kind': 'new', 'deal.amount': { below: '2500 USD' } }] },
  { all: [{ 'deal.amount': { above: 100 } }, { not: { 'partner.tags': 'strategic' } }] },
];
const condition = fc.constantFrom(...conditions);
/** Only where a payment is paid for is there one to look at. */
const conditionOfPayment = fc.constantFrom<ConditionText>(
  ...conditions,
  { 'payment.number': { atMost: 2 } },
  { 'payment.amount': { below: '150 USD' } },
);

const instalments = hundredIn(2, 4).chain((percents) =>
  fc.tuple(
    ...percents.map((percent) =>
      written({
        percent: fc.constant(percent),
        afterDays: mostly(fc.constantFrom(0, 10, 45)),
        afterMonths: seldom(fc.constantFrom(1, 6)),
      }),
    ),
  ),
);

const split = hundredIn(2, 4).chain((percents) =>
  fc
    .shuffledSubarray(['registrant', ...partnerIds.slice(1)], {
      minLength: percents.length,
      maxLength: percents.length,
    })
    // The registrant may be one that is named, too: who is named twice gets both parts in lines of its own.
    .map((partners) => percents.map((percent, index) => ({ partner: partners[index]!, percent }))),
);

const churn = written({
  months: fc.constantFrom(6, 12),
  takeBack: mostly(fc.constantFrom('prorated' as const, 'all' as const, 40)),
});

/** A rule for the win, for payments, for a lead or for the customer. */
export function rule(id: string): fc.Arbitrary<RuleText> {
  const pay = fc.oneof(
    { weight: 3, arbitrary: percentOf },
    { weight: 2, arbitrary: flat },
    { weight: 4, arbitrary: tiers },
    { weight: 3, arbitrary: revshare },
  );
  return fc.oneof(
    { weight: 8, arbitrary: pay.chain((paid) => ruleThatPays(id, paid)) },
    { weight: 1, arbitrary: forLead(id) },
    { weight: 1, arbitrary: forCustomer(id) },
  );
}

function forLead(id: string): fc.Arbitrary<RuleText> {
  return written({ id: fc.constant(id), on: fc.constant('approved' as const), pay: flat, when: seldom(condition) });
}

function forCustomer(id: string): fc.Arbitrary<RuleText> {
  return written({
    id: fc.constant(id),
    to: fc.constant('customer' as const),
    pay: fc.oneof(flat, percentOf),
    when: seldom(condition),
    accelerator: seldom(accelerator, 6),
    cap: seldom(limits(20, 80), 2),
    instalments: seldom(instalments, 5),
  });
}

/** A floor of a period that no cap can cross. */
export const floorOfPeriod: fc.Arbitrary<LimitText> = written({
  month: seldom(money(20, 60), 2),
  quarter: seldom(money(20, 60), 3),
  year: seldom(money(20, 60), 3),
}).filter((all) => Object.keys(all).length > 0);

function ruleThatPays(id: string, pay: PayText): fc.Arbitrary<RuleText> {
  const isRevShare = 'revshare' in pay;
  const isByMonth = isRevShare && pay.revshare.recognise === 'straight-line';
  return (canPayOnPayments(pay) && !isRevShare ? seldom(fc.constant('payment' as const), 5) : fc.constant(undefined))
    .chain((on) => {
      const onWin = !isRevShare && on === undefined;
      return written({
        id: fc.constant(id),
        on: fc.constant(on),
        pay: fc.constant(pay),
        when: seldom(onWin ? condition : conditionOfPayment),
        accelerator: seldom(accelerator, 6),
        multiply: seldom(fc.array(multiplier, { minLength: 1, maxLength: 2 }), 6),
        churn: onWin ? seldom(churn, 3) : fc.constant(undefined),
        refunds: seldom(fc.constantFrom('take-back' as const, 'keep' as const), 5),
        floor: seldom(onWin ? fc.oneof(money(1, 40), floorOfPeriod) : floorOfPeriod, 5),
        cap: seldom(limits(45, 400), 3),
        split: seldom(split, 5),
        overrides: seldom(overrides, 4),
        instalments: isByMonth ? fc.constant(undefined) : seldom(instalments, 5),
      });
    })
    .map(withFloorInCurrencyOfCap);
}

/** A floor and the cap of its time are in one currency, and no cap of that time or a longer one is the lower one. */
function withFloorInCurrencyOfCap(one: RuleText): RuleText {
  const { floor, cap, ...rest } = one;
  if (floor === undefined || cap === undefined) return one;
  const own = (limit: LimitText): Exclude<LimitText, string> => (typeof limit === 'string' ? { deal: limit } : limit);
  const fitted = Object.entries(own(floor)).map(([per, least]): [string, string] => {
    const most = own(cap)[per as 'deal'];
    const [major = ''] = least.split(/[. ]/);
    return [per, `${String(Math.min(Number(major), 40))} ${(most ?? least).slice(-3)}`];
  });
  return { ...rest, cap, floor: Object.fromEntries(fitted) };
}
