import { z } from 'zod';
import { isCurrency } from '../money/currency.js';
import { formatAmount, parseMoney, type Money } from '../money/money.js';
import { compareRatios, formatRatio, parseDecimal, ratio, type Ratio } from '../money/ratio.js';
import { roundingModes } from '../money/rounding.js';
import type { Json } from '../platform/json.js';
import { assertDefined } from '../platform/assert.js';
import { isDay } from '../program/calendar.js';
import {
  creditMoments,
  exchangeDays,
  tierBoundaries,
  tierMeasures,
  tierModes,
  tierPeriods,
  versionDates,
  type Plan,
  type PlanBase,
  type PlanPay,
  type PlanRule,
  type TierMeasure,
} from './plan.js';

/**
 * The plan as people write it, and as it is stored: defaults filled in, numbers as decimal text. Every piece states what it
 * expects as its error, which the reader of a refused plan is shown beside the field, its value and its line.
 */
const expected = {
  slug: 'a name of lower-case letters, digits and hyphens, at most 60 characters',
  day: 'a day that exists, YYYY-MM-DD',
  effectiveTo: 'a day after effectiveFrom, which is the first day on which the version no longer holds',
  version: 'the number of an earlier version of this plan',
  currency: 'an ISO 4217 currency code such as EUR',
  days: 'a whole number of days from 0 to 3650',
  percent: 'a percentage from 0 to 100, with at most 15 digits unless written in quotes',
  money: 'an amount above zero with its currency, such as 250 EUR, with no more decimals than the currency has',
  base: 'amount, or a CRM field that the program maps, as { field: NAME }',
  field: 'the name that the program gives to a CRM field: a letter, then letters, digits and _, at most 50',
  pay: 'a percentage, as { percent: 10, of: amount }, a fixed sum, as { flat: 250 EUR }, or { tiers: … }',
  tiers: 'tiers, as { of: amount, per: month, bands: [{ from: 0, percent: 5 }, { from: 10000, percent: 8 }] }',
  bands: 'a list of 1 to 50 bands, each as { from: 0, percent: 5 }',
  band: 'a band, as { from: 0, percent: 5 }',
  from: 'where the band begins: a number that is not negative, whole where deals are counted',
  firstBand: '0, so that no volume is below every band',
  nextBand: 'a number above the one before, whole where deals are counted: each band begins where the one before ends',
  cap: 'at least the floor, in the same currency',
  rules: 'a list of 1 to 100 rules, each as { id: NAME, pay: … }',
  rule: 'a rule, as { id: NAME, pay: … }',
  plan: 'a plan: plan, effectiveFrom and rules',
  ruleId: 'a name that no other rule of the plan has',
  description: 'a text of at most 500 characters',
} as const;

const maxRules = 100;
const maxBands = 50;
const zero = ratio(0n);
const maxHoldDays = 3650;
/** A JavaScript number holds this many decimal digits exactly; text holds all of them. */
const exactDigits = 15;

const slug = z.string({ error: expected.slug }).regex(/^[a-z0-9][a-z0-9-]{0,59}$/, { error: expected.slug });
const day = z.string({ error: expected.day }).refine(isDay, { error: expected.day });
const currency = z.string({ error: expected.currency }).refine(isCurrency, { error: expected.currency });
const description = z.string({ error: expected.description }).max(500, { error: expected.description });
const numberOrText = (words: string) => z.union([z.number(), z.string()], { error: words });

const percent = numberOrText(expected.percent).transform((value, context): string => {
  const share = readPercent(value);
  if (share !== null) return formatRatio(share);
  context.addIssue({ code: 'custom', message: expected.percent });
  return z.NEVER;
});

const money = z
  .union([z.string(), z.strictObject({ amount: z.union([z.number(), z.string()]), currency: z.string() })], {
    error: expected.money,
  })
  .transform((value, context): string => {
    const sum = readMoney(typeof value === 'string' ? value : `${exactText(value.amount) ?? ''} ${value.currency}`);
    if (sum !== null) return moneyText(sum);
    context.addIssue({ code: 'custom', message: expected.money });
    return z.NEVER;
  });

const base = z.union(
  [
    z.literal('amount'),
    z.strictObject({
      field: z.string({ error: expected.field }).regex(/^[A-Za-z][A-Za-z0-9_]{0,49}$/, { error: expected.field }),
    }),
  ],
  { error: expected.base },
);

const tierBand = z.strictObject({ from: numberOrText(expected.from), percent }, { error: expected.band });

const tiers = z
  .strictObject(
    {
      of: base,
      by: z.enum(tierMeasures, { error: oneOf(tierMeasures) }).default('amount'),
      per: z.enum(tierPeriods, { error: oneOf(tierPeriods) }).default('month'),
      mode: z.enum(tierModes, { error: oneOf(tierModes) }).default('marginal'),
      boundary: z.enum(tierBoundaries, { error: oneOf(tierBoundaries) }).default('at-or-above'),
      currency: currency.optional(),
      bands: z.array(tierBand, { error: expected.bands }).min(1, { error: expected.bands }).max(maxBands, {
        error: expected.bands,
      }),
    },
    { error: expected.tiers },
  )
  .superRefine(({ by, bands }, context) => {
    let before: Ratio | null = null;
    for (const [index, { from }] of bands.entries()) {
      const value = readThreshold(from, by);
      const words = before === null ? expected.firstBand : expected.nextBand;
      const follows =
        value !== null && (before === null ? compareRatios(value, zero) === 0 : compareRatios(value, before) > 0);
      if (!follows) context.addIssue({ code: 'custom', path: ['bands', index, 'from'], message: words });
      before = value ?? before;
    }
  })
  .transform(({ bands, ...terms }) => ({
    ...terms,
    bands: bands.map(({ from, ...band }) => ({ from: thresholdText(from), ...band })),
  }));

const pay = z.union(
  [z.strictObject({ percent, of: base }), z.strictObject({ flat: money }), z.strictObject({ tiers })],
  { error: expected.pay },
);

const rule = z
  .strictObject(
    { id: slug, description: description.optional(), pay, floor: money.optional(), cap: money.optional() },
    { error: expected.rule },
  )
  .superRefine(({ floor, cap }, context) => {
    if (floor === undefined || cap === undefined) return;
    const [least, most] = [readMoney(floor), readMoney(cap)];
    if (least === null || most === null) return;
    if (least.currency === most.currency && least.amountMinor <= most.amountMinor) return;
    context.addIssue({ code: 'custom', path: ['cap'], message: expected.cap });
  });

export const planDocument = z
  .strictObject(
    {
      plan: slug,
      description: description.optional(),
      effectiveFrom: day,
      effectiveTo: day.optional(),
      corrects: z.int({ error: expected.version }).min(1, { error: expected.version }).optional(),
      creditWhen: z.enum(creditMoments, { error: oneOf(creditMoments) }).optional(),
      versionBy: z.enum(versionDates, { error: oneOf(versionDates) }).default('won'),
      payIn: currency.optional(),
      exchangeOn: z.enum(exchangeDays, { error: oneOf(exchangeDays) }).default('won'),
      holdDays: z
        .int({ error: expected.days })
        .min(0, { error: expected.days })
        .max(maxHoldDays, { error: expected.days })
        .default(30),
      rounding: z.enum(roundingModes, { error: oneOf(roundingModes) }).default('half-even'),
      rules: z
        .array(rule, { error: expected.rules })
        .min(1, { error: expected.rules })
        .max(maxRules, { error: expected.rules }),
    },
    { error: expected.plan },
  )
  .superRefine((plan, context) => {
    if (plan.effectiveTo !== undefined && plan.effectiveTo <= plan.effectiveFrom) {
      context.addIssue({ code: 'custom', path: ['effectiveTo'], message: expected.effectiveTo });
    }
    const ids = plan.rules.map(({ id }) => id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) === index) return;
      context.addIssue({ code: 'custom', path: ['rules', index, 'id'], message: expected.ruleId });
    });
  });

/** The plan as it is stored. */
export type PlanDocument = z.output<typeof planDocument>;
type RuleDocument = PlanDocument['rules'][number];
type BaseDocument = 'amount' | { readonly field: string };

/** The terms a document states, ready to be evaluated. */
export function planOf(document: PlanDocument): Plan {
  return {
    slug: document.plan,
    effectiveFrom: document.effectiveFrom,
    effectiveTo: document.effectiveTo ?? null,
    corrects: document.corrects ?? null,
    creditWhen: document.creditWhen ?? null,
    versionBy: document.versionBy,
    payIn: document.payIn ?? null,
    exchangeOn: document.exchangeOn,
    holdDays: document.holdDays,
    rounding: document.rounding,
    rules: document.rules.map(ruleOf),
  };
}

function ruleOf(document: RuleDocument): PlanRule {
  const { id, floor, cap } = document;
  return {
    id,
    pay: payOf(document.pay),
    floor: floor === undefined ? null : storedMoney(floor),
    cap: cap === undefined ? null : storedMoney(cap),
    // Through JSON, which has no fields that are not there.
    document: JSON.parse(JSON.stringify(document)) as Json,
  };
}

function payOf(document: RuleDocument['pay']): PlanPay {
  if ('flat' in document) return { kind: 'flat', money: storedMoney(document.flat) };
  if ('percent' in document) {
    return { kind: 'percent', rate: storedRate(document.percent), of: planBaseOf(document.of) };
  }
  const { of, bands, currency: paidIn = null, ...terms } = document.tiers;
  return {
    kind: 'tiers',
    of: planBaseOf(of),
    tiers: {
      ...terms,
      currency: paidIn,
      bands: bands.map(({ from, percent: share }) => ({
        from: assertDefined(readThreshold(from, terms.by), 'a stored threshold is readable'),
        rate: storedRate(share),
      })),
    },
  };
}

function planBaseOf(document: BaseDocument): PlanBase {
  return document === 'amount' ? { kind: 'amount' } : { kind: 'field', field: document.field };
}

function storedMoney(text: string): Money {
  return assertDefined(readMoney(text), 'a stored sum is a readable one');
}

/** A percentage as a fraction of one. */
function storedRate(text: string): Ratio {
  const { numerator, denominator } = assertDefined(readPercent(text), 'a stored rate is readable');
  return ratio(numerator, denominator * 100n);
}

function readThreshold(value: number | string, by: TierMeasure): Ratio | null {
  const text = exactText(value);
  const threshold = text === null ? null : parseDecimal(text);
  if (threshold === null || compareRatios(threshold, zero) < 0) return null;
  return by === 'count' && threshold.numerator % threshold.denominator !== 0n ? null : threshold;
}

function thresholdText(value: number | string): string {
  const threshold = parseDecimal(String(value));
  return threshold === null ? String(value) : formatRatio(threshold);
}

function readPercent(value: number | string): Ratio | null {
  const text = exactText(value);
  const share = text === null ? null : parseDecimal(text);
  if (share === null) return null;
  return compareRatios(share, zero) < 0 || compareRatios(share, ratio(100n)) > 0 ? null : share;
}

function readMoney(text: string): Money | null {
  const [, amount = '', code = ''] = /^(\S+) ([A-Z]{3})$/.exec(text) ?? [];
  if (!isCurrency(code)) return null;
  const reading = parseMoney(amount, code);
  return reading.kind === 'money' && reading.money.amountMinor > 0n ? reading.money : null;
}

function moneyText(sum: Money): string {
  return `${formatAmount(sum.amountMinor, sum.currency)} ${sum.currency}`;
}

/** A number as the decimal text that was typed; null where a JavaScript number may have lost digits of it. */
function exactText(value: number | string): string | null {
  if (typeof value === 'string') return value;
  const text = String(value);
  return text.replace(/\D/g, '').length <= exactDigits ? text : null;
}

function oneOf(values: readonly string[]): string {
  return `one of ${values.join(', ')}`;
}
