import { z } from 'zod';
import type { Money } from '../money/money.js';
import { add, compareRatios, formatRatio, ratio } from '../money/ratio.js';
import type { Json } from '../platform/json.js';
import { condition, conditionOf, depthOf } from './condition-document.js';
import {
  checked,
  count,
  description,
  money,
  months,
  name,
  oneOf,
  readMoney,
  share,
  slug,
  storedMoneyOrNull,
  storedNumber,
  storedRate,
  whole,
} from './document-parts.js';
import { pay, payOf, percentagesOf, type PayDocument } from './pay-document.js';
import { paymentBases } from './pay.js';
import { accelerator, acceleratorOf, multiplierOf, multipliers } from './kpi-document.js';
import { idleTerms } from './idle-terms.js';
import { isSlipOf } from './nearest.js';
import { didYouMean, expecting, slipOfMoney, slipOfNumber } from './slips.js';
import {
  overrideBases,
  type ChurnTerms,
  type Instalment,
  type Limits,
  type Override,
  type PlanRule,
  type SplitPart,
  type Trigger,
} from './plan.js';

const expected = {
  rule: 'a rule, as { id: NAME, pay: … }',
  on: 'won, payment, approved, { stage: NAME } or { recruit: NUMBER OF DEALS }',
  quota: 'a number above zero',
  depth: 'conditions that are nested at most 10 deep',
  onPayment: 'payment, since RevShare is earned when the customer pays',
  noAmount: 'a fixed sum, as { flat: 50 EUR }: a lead has no amount yet',
  paymentBase: `one of ${paymentBases.join(', ')}: a payment has no other`,
  cap: 'at least the floor, in the same currency',
  limits: 'an amount for each deal, as 50 EUR, or amounts as { deal: 50 EUR, month: 500 EUR, quarter: …, year: … }',
  noDeal: 'a floor of a month, quarter or year: payments of a deal go on coming',
  above100: 'a percentage from 0 to 100, or `allowAbove100: true` on the rule for more',
  churn: 'what is taken back, as { months: 12 } or { months: 12, takeBack: 50 }',
  takeBack: 'prorated, all, or a percentage from 0 to 100',
  split: 'the parts of partners, as [{ partner: registrant, percent: 60 }, { partner: ID, percent: 40 }]',
  whole: 'parts that come to 100 percent',
  once: 'a partner that has no other part',
  overrides: 'one or two levels, as [{ percent: 10, of: commission }, { percent: 5, of: level-below }]',
  firstLevel: 'sale or commission: there is no level below the first',
  instalments: 'a list of 2 to 24 parts, as [{ percent: 50 }, { percent: 50, afterDays: 90 }]',
  days: 'a whole number of days from 0 to 3650',
  at: 'a stage, as { stage: NAME }, or a share of the deal that the customer has paid, as { paid: 50 }',
} as const;

const maxDays = 3650;
const maxDepth = 10;
const maxLevels = 2;
const maxInstalments = 24;
const hundred = ratio(100n);
/** How a split names the partner whose registration is credited. */
const registrant = 'registrant';

const on = z.union(
  [z.enum(['won', 'payment', 'approved']), z.strictObject({ stage: name }), z.strictObject({ recruit: count })],
  { error: expected.on },
);

const periodLimits = checked(
  z.strictObject(
    { deal: money.optional(), month: money.optional(), quarter: money.optional(), year: money.optional() },
    { error: expected.limits },
  ),
  (limits, refuse) => {
    if (Object.values(limits).every((limit) => limit === undefined)) refuse([], expected.limits);
  },
);
export const limits = z.union([money, periodLimits], { error: expecting(expected.limits, slipOfMoney) });
type LimitsDocument = z.output<typeof limits>;

const churn = z.strictObject(
  {
    months,
    takeBack: z
      .union([z.enum(['prorated', 'all']), share], { error: expecting(expected.takeBack, slipOfNumber) })
      .default('prorated'),
  },
  { error: expected.churn },
);

/** What parts come to that are not the whole, in words; null where they are. */
function notTheWhole(parts: readonly { readonly percent: string }[]): string | null {
  const sum = parts.reduce((all, part) => add(all, storedNumber(part.percent)), ratio(0n));
  return compareRatios(sum, hundred) === 0 ? null : `, not to ${formatRatio(sum)}`;
}

const split = checked(
  z
    .array(z.strictObject({ partner: name, percent: share }, { error: expected.split }), { error: expected.split })
    .min(1, { error: expected.split })
    .max(20, { error: expected.split }),
  (parts, refuse) => {
    const sum = notTheWhole(parts);
    if (sum !== null) refuse([], `${expected.whole}${sum}`);
    const partners = parts.map(({ partner }) => partner);
    partners.forEach((partner, index) => {
      if (partners.indexOf(partner) !== index) refuse([index, 'partner'], expected.once);
      if (isSlipOf(partner, registrant)) refuse([index, 'partner'], `an id (${didYouMean(registrant)})`);
    });
  },
);

export const overrides = z
  .array(
    z.strictObject(
      { percent: share, of: z.enum(overrideBases, { error: oneOf(overrideBases) }).default('commission') },
      { error: expected.overrides },
    ),
    { error: expected.overrides },
  )
  .min(1, { error: expected.overrides })
  .max(maxLevels, { error: expected.overrides })
  .superRefine(([first], context) => {
    if (first?.of !== 'level-below') return;
    context.addIssue({ code: 'custom', path: [0, 'of'], message: expected.firstLevel });
  });

const days = whole(expected.days, 0, maxDays);
const instalments = checked(
  z
    .array(
      z.strictObject(
        {
          percent: share,
          afterDays: days.default(0),
          afterMonths: months.optional(),
          at: z
            .union([z.strictObject({ stage: name }), z.strictObject({ paid: share })], { error: expected.at })
            .optional(),
        },
        { error: expected.instalments },
      ),
      { error: expected.instalments },
    )
    .min(2, { error: expected.instalments })
    .max(maxInstalments, { error: expected.instalments }),
  (parts, refuse) => {
    const sum = notTheWhole(parts);
    if (sum !== null) refuse([], `${expected.whole}${sum}`);
  },
);

export const rule = checked(
  z.strictObject(
    {
      id: slug,
      description: description.optional(),
      on: on.optional(),
      when: condition.optional(),
      to: z.enum(['partner', 'customer'], { error: oneOf(['partner', 'customer']) }).optional(),
      pay,
      allowAbove100: z.literal(true, { error: 'true' }).optional(),
      accelerator: accelerator.optional(),
      multiply: multipliers.optional(),
      churn: churn.optional(),
      refunds: z.enum(['take-back', 'keep'], { error: oneOf(['take-back', 'keep']) }).optional(),
      floor: limits.optional(),
      cap: limits.optional(),
      split: split.optional(),
      overrides: overrides.optional(),
      instalments: instalments.optional(),
    },
    { error: expected.rule },
  ),
  (written, refuse) => {
    if (written.when !== undefined && depthOf(written.when) > maxDepth) refuse(['when'], expected.depth);
    const trigger = written.on ?? ('revshare' in written.pay ? 'payment' : 'won');
    if ('revshare' in written.pay && trigger !== 'payment') refuse(['on'], expected.onPayment);
    if (trigger === 'approved' && !('flat' in written.pay)) refuse(['pay'], expected.noAmount);
    const paidOn = payOf(written.pay);
    if (
      trigger === 'payment' &&
      paidOn.kind !== 'flat' &&
      paidOn.of !== null &&
      !paymentBases.includes(paidOn.of.kind)
    ) {
      refuse(['pay', ...(paidOn.kind === 'percent' ? [] : [paidOn.kind]), 'of'], expected.paymentBase);
    }
    for (const [place, text] of written.allowAbove100 === true ? [] : percentagesOf(written.pay)) {
      if (compareRatios(storedNumber(text), hundred) > 0) refuse(['pay', ...place], expected.above100);
    }
    if (limitsCross(written.floor, written.cap)) refuse(['cap'], expected.cap);
    if (typeof written.accelerator?.quota === 'string' && storedNumber(written.accelerator.quota).numerator === 0n) {
      refuse(['accelerator', 'quota'], expected.quota);
    }
    if (trigger === 'payment' && limitsOf(written.floor)?.deal != null) refuse(['floor'], expected.noDeal);
    for (const { path, expected: words } of idleTerms(written, triggerOf(written).kind)) refuse([...path], words);
  },
);
export type RuleDocument = z.output<typeof rule>;

const lengths = ['deal', 'month', 'quarter', 'year'] as const;

/** Whether a floor is above its cap, or above that of a longer time, or they cannot be compared. */
export function limitsCross(floor: LimitsDocument | undefined, cap: LimitsDocument | undefined): boolean {
  const [least, most] = [limitsOf(floor), limitsOf(cap)];
  return lengths.some((length, index) => {
    const low: Money | null | undefined = least?.[length];
    if (low == null) return false;
    return lengths.slice(index).some((longer) => {
      const high: Money | null | undefined = most?.[longer];
      if (high == null) return false;
      return low.currency === high.currency ? low.amountMinor > high.amountMinor : longer === length;
    });
  });
}

/** @param paysOnPayments whether some rule of the plan does */
export function ruleOf(document: RuleDocument, paysOnPayments: boolean): PlanRule {
  const on = triggerOf(document);
  // Beside a RevShare, which follows the customer's money, what is paid once for the win is not touched by a refund.
  const keeps = on.kind !== 'payment' && (paysOnPayments || on.kind !== 'won');
  return {
    id: document.id,
    on,
    when: document.when === undefined ? null : conditionOf(document.when),
    payee: document.to ?? 'partner',
    pay: payOf(document.pay),
    accelerator: document.accelerator === undefined ? null : acceleratorOf(document.accelerator),
    multipliers: (document.multiply ?? []).map(multiplierOf),
    churn: document.churn === undefined ? null : churnOf(document.churn),
    refunds: document.refunds ?? (keeps ? 'keep' : 'take-back'),
    floor: limitsOf(document.floor),
    cap: limitsOf(document.cap),
    split: (document.split ?? []).map((one): SplitPart => ({
      partnerId: one.partner === registrant ? null : one.partner,
      share: storedRate(one.percent),
    })),
    overrides: overridesOf(document.overrides),
    instalments: (document.instalments ?? []).map(instalmentOf),
    // Through JSON, which has no fields that are not there.
    document: JSON.parse(JSON.stringify(document)) as Json,
  };
}

/** Whether a rule pays on the customer's payments. */
export function paysOnPayment(document: RuleDocument): boolean {
  return triggerOf(document).kind === 'payment';
}

export function limitsOf(document: LimitsDocument | undefined): Limits | null {
  if (document === undefined) return null;
  if (typeof document === 'string') return { deal: readMoney(document), month: null, quarter: null, year: null };
  const { deal, month, quarter, year } = document;
  return {
    deal: storedMoneyOrNull(deal),
    month: storedMoneyOrNull(month),
    quarter: storedMoneyOrNull(quarter),
    year: storedMoneyOrNull(year),
  };
}

export function overridesOf(document: z.output<typeof overrides> | undefined): readonly Override[] {
  return (document ?? []).map(({ percent: rate, of }) => ({ rate: storedRate(rate), of }));
}

function triggerOf({ on: written, pay: paid }: Pick<RuleDocument, 'on'> & { readonly pay: PayDocument }): Trigger {
  if (written === undefined) return { kind: 'revshare' in paid ? 'payment' : 'won' };
  if (typeof written === 'string') return { kind: written };
  return 'stage' in written ? { kind: 'stage', stage: written.stage } : { kind: 'recruit', deals: written.recruit };
}

function churnOf({ months: within, takeBack }: z.output<typeof churn>): ChurnTerms {
  if (takeBack === 'prorated') return { months: within, takeBack };
  return { months: within, takeBack: takeBack === 'all' ? ratio(1n) : storedRate(takeBack) };
}

function instalmentOf({
  percent: part,
  afterDays,
  afterMonths = 0,
  at,
}: z.output<typeof instalments>[number]): Instalment {
  const milestone =
    at === undefined
      ? null
      : 'stage' in at
        ? ({ kind: 'stage', stage: at.stage } as const)
        : ({ kind: 'paid', share: storedRate(at.paid) } as const);
  return { share: storedRate(part), afterDays, afterMonths, milestone };
}
