import { z } from 'zod';
import { roundingModes } from '../money/rounding.js';
import { checked, currency, day, description, name, oneOf, slug, whole } from './document-parts.js';
import { creditMoments, exchangeDays, versionDates, type Audience, type Plan } from './plan.js';
import { limits, limitsCross, limitsOf, overrides, overridesOf, paysOnPayment, rule, ruleOf } from './rule-document.js';

/** The plan as people write it, and as it is stored: defaults filled in, numbers as decimal text. */
const expected = {
  for: 'whom the plan is for, as { tier: gold } or { partner: ID }, one name or a list; left out, it is for the whole program',
  names: 'a name of 1 to 60 characters, or a list of 1 to 1000 of them',
  effectiveTo: 'a day after effectiveFrom, which is the first day on which the version no longer holds',
  version: 'the number of an earlier version of this plan',
  days: 'a whole number of days from 0 to 3650',
  rules: 'a list of 1 to 100 rules, each as { id: NAME, pay: … }',
  plan: 'a plan: plan, effectiveFrom and rules',
  ruleId: 'a name that no other rule of the plan has',
  payIn: 'the currency that the run converts to, since the rate is that of the payout',
  cap: 'at least the floor, in the same currency',
} as const;

const maxRules = 100;
const maxHoldDays = 3650;
const maxNames = 1000;

const names = z.union(
  [name, z.array(name).min(1, { error: expected.names }).max(maxNames, { error: expected.names })],
  {
    error: expected.names,
  },
);

export const planDocument = checked(
  z.strictObject(
    {
      plan: slug,
      description: description.optional(),
      for: z
        .union([z.strictObject({ tier: names }), z.strictObject({ partner: names })], { error: expected.for })
        .optional(),
      effectiveFrom: day,
      effectiveTo: day.optional(),
      corrects: whole(expected.version, 1, Number.MAX_SAFE_INTEGER).optional(),
      creditWhen: z.enum(creditMoments, { error: oneOf(creditMoments) }).optional(),
      versionBy: z.enum(versionDates, { error: oneOf(versionDates) }).default('won'),
      payIn: currency.optional(),
      exchangeOn: z.enum(exchangeDays, { error: oneOf(exchangeDays) }).default('won'),
      holdDays: whole(expected.days, 0, maxHoldDays).default(30),
      rounding: z.enum(roundingModes, { error: oneOf(roundingModes) }).default('half-even'),
      match: z.enum(['all', 'first'], { error: oneOf(['all', 'first']) }).default('all'),
      shareBy: z.enum(['commission', 'own-plans'], { error: oneOf(['commission', 'own-plans']) }).default('commission'),
      floor: limits.optional(),
      cap: limits.optional(),
      overrides: overrides.optional(),
      rules: z
        .array(rule, { error: expected.rules })
        .min(1, { error: expected.rules })
        .max(maxRules, { error: expected.rules }),
    },
    { error: expected.plan },
  ),
  (plan, refuse) => {
    if (plan.effectiveTo !== undefined && plan.effectiveTo <= plan.effectiveFrom) {
      refuse(['effectiveTo'], expected.effectiveTo);
    }
    if (plan.exchangeOn === 'payout' && plan.payIn === undefined) refuse(['payIn'], expected.payIn);
    if (limitsCross(plan.floor, plan.cap)) refuse(['cap'], expected.cap);
    const ids = plan.rules.map(({ id }) => id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index) refuse(['rules', index, 'id'], expected.ruleId);
    });
  },
);

/** The plan as it is stored. */
export type PlanDocument = z.output<typeof planDocument>;

/** The terms a document states, ready to be evaluated. */
export function planOf(document: PlanDocument): Plan {
  const paysOnPayments = document.rules.some(paysOnPayment);
  const overridesOfAll = overridesOf(document.overrides);
  return {
    slug: document.plan,
    audience: audienceOf(document),
    effectiveFrom: document.effectiveFrom,
    effectiveTo: document.effectiveTo ?? null,
    corrects: document.corrects ?? null,
    creditWhen: document.creditWhen ?? null,
    versionBy: document.versionBy,
    payIn: document.payIn ?? null,
    exchangeOn: document.exchangeOn,
    holdDays: document.holdDays,
    rounding: document.rounding,
    match: document.match,
    shareBy: document.shareBy,
    floor: limitsOf(document.floor),
    cap: limitsOf(document.cap),
    rules: document.rules.map((one) => {
      const terms = ruleOf(one, paysOnPayments);
      return one.overrides === undefined && terms.payee === 'partner' ? { ...terms, overrides: overridesOfAll } : terms;
    }),
  };
}

function audienceOf({ for: whom }: PlanDocument): Audience {
  if (whom === undefined) return { kind: 'program' };
  if ('tier' in whom) return { kind: 'tier', names: [whom.tier].flat() };
  return { kind: 'partner', names: [whom.partner].flat() };
}
