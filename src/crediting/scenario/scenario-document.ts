import { z } from 'zod';
import { isMetricPeriod, metricName } from '../../partners/partner-metric.js';
import { currency, day } from '../../plans/document-parts.js';
import { planDocument } from '../../plans/plan-document.js';
import { creditMoments } from '../../plans/plan.js';
import { expecting, slipOfNumber } from '../../plans/slips.js';
import { isTimeZone } from '../../program/calendar.js';
import { isRate } from '../../program/rate-sheet-text.js';
import { scenarioExpectation } from './scenario-expectation.js';
import {
  amountText,
  currencyText,
  dealAmount,
  decimal,
  expected,
  flag,
  id,
  listOf,
  moment,
  products,
  shares,
  signedMoney,
} from './scenario-parts.js';

const isOfOne = (thing: { readonly deal?: unknown; readonly registration?: unknown }): boolean =>
  (thing.deal === undefined) !== (thing.registration === undefined);

function fieldText(value: number | string | null): string | null {
  return value === null ? null : String(value);
}

const dealFields = {
  amount: dealAmount.nullable().optional(),
  currency: currencyText.nullable().optional(),
  pipeline: z.string().optional(),
  kind: z.string().optional(),
  products: products.optional(),
  fields: z
    .record(z.string(), z.union([z.number(), z.string(), z.null()], { error: expected.field }).transform(fieldText))
    .optional(),
};

const step = z.strictObject(
  {
    at: moment,
    outcome: z.enum(['open', 'won', 'lost'], { error: expected.outcome }).optional(),
    archived: flag.optional(),
    stage: z.string({ error: expected.stage }).optional(),
    ...dealFields,
  },
  { error: expected.history },
);

const deal = z.strictObject({
  id,
  /** Credited with it by a registration that needs no further words. */
  partner: id.optional(),
  /** The same, shared between several; the first is whose registration it is. */
  partners: shares.optional(),
  ...dealFields,
  won: moment.optional(),
  churned: day.optional(),
  /** The day on which it was first heard of, where that is later than what happened to it. */
  knownOn: day.optional(),
  history: listOf(step, expected.history).optional(),
});

/** What may become of a registration; only the last four change what it is to crediting. */
const registrationStates = [
  'submitted',
  'in_review',
  'waiting',
  'returned',
  'approved',
  'extended',
  'rejected',
  'withdrawn',
] as const;

const registrationStep = z
  .strictObject(
    {
      at: moment,
      state: z.enum(registrationStates, { error: expected.state }).optional(),
      protectedUntil: day.optional(),
      shares: shares.optional(),
      deal: id.optional(),
    },
    { error: expected.history },
  )
  .refine(({ state, protectedUntil }) => state !== 'extended' || protectedUntil !== undefined, {
    path: ['protectedUntil'],
    error: expected.extended,
  });

const registration = z.strictObject({
  id: id.optional(),
  partner: id,
  deal: id.optional(),
  product: z.string().optional(),
  customer: z
    .strictObject({ name: z.string().optional(), domain: z.string().optional(), country: z.string().optional() })
    .optional(),
  shares: shares.optional(),
  submitted: moment,
  approved: moment.optional(),
  protectedUntil: day.optional(),
  ended: moment.optional(),
  history: listOf(registrationStep, expected.history).optional(),
});

const partnerTerms = {
  type: z.string().optional(),
  tier: z.string().nullable().optional(),
  tags: z.array(z.string(), { error: expected.tags }).optional(),
};
const partner = z.strictObject({
  id,
  left: moment.optional(),
  recruitedBy: id.optional(),
  ...partnerTerms,
  /** What it became later. */
  history: listOf(z.strictObject({ since: day, ...partnerTerms })).optional(),
});

const moneyFields = {
  id: id.optional(),
  deal: id.optional(),
  registration: id.optional(),
  amount: amountText,
  currency: currency.optional(),
  tax: amountText.optional(),
  on: day,
  /** The day on which it was heard of, where that is later. */
  knownOn: day.optional(),
};
const payment = z
  .strictObject({
    ...moneyFields,
    service: z
      .strictObject({ from: day, to: day }, { error: expected.service })
      .refine(({ from, to }) => from <= to, { error: expected.service })
      .optional(),
  })
  .refine(isOfOne, { error: expected.of });
const refund = z.strictObject({ ...moneyFields, of: id.optional() }).refine(isOfOne, { error: expected.of });

const metric = z.strictObject({
  partner: id,
  name: z.string({ error: expected.metric }).regex(metricName, { error: expected.metric }),
  period: z.union([z.string(), z.number()]).transform(String).refine(isMetricPeriod, { error: expected.period }),
  value: decimal,
  knownOn: day.optional(),
});

const decision = z
  .strictObject({
    id: id.optional(),
    on: day,
    partner: id,
    deal: id.optional(),
    rule: z.string().optional(),
    set: signedMoney.optional(),
    add: signedMoney.optional(),
    reason: z.string().default('no reason given'),
    author: z.string().default('rev ops'),
  })
  .refine(({ set, add: added }) => (set === undefined) !== (added === undefined), { error: expected.decision })
  .refine(({ set, deal: of, rule }) => set === undefined || (of !== undefined && rule !== undefined), {
    error: 'deal and rule, which say what is set',
  })
  .refine(({ set }) => set === undefined || !set.startsWith('-'), {
    path: ['set'],
    error: 'an amount that is not negative, with its currency',
  });

/** A scenario as people write it. */
export const scenarioDocument = z.strictObject(
  {
    scenario: z.string().max(500).optional(),
    /** Where the case comes from, such as the address of a page. */
    source: z.string().max(500).optional(),
    program: z
      .strictObject({
        timeZone: z
          .string({ error: expected.timeZone })
          .refine(isTimeZone, { error: expected.timeZone })
          .default('UTC'),
        creditWhen: z.enum(creditMoments).default('approved'),
        protectionDays: z
          .int({ error: expected.days })
          .min(1, { error: expected.days })
          .max(3650, { error: expected.days })
          .default(90),
        currencies: listOf(currency).optional(),
        defaultCurrency: currency.optional(),
      })
      .prefault({}),
    plans: listOf(z.union([z.strictObject({ knownOn: day, terms: planDocument }), planDocument])),
    partners: listOf(partner).default([]),
    registrations: listOf(registration).default([]),
    deals: listOf(deal).default([]),
    payments: listOf(payment).default([]),
    refunds: listOf(refund).default([]),
    metrics: listOf(metric).default([]),
    decisions: listOf(decision).default([]),
    rates: listOf(
      z.strictObject({
        base: currency,
        day,
        rates: z.record(currency, amountText.refine(isRate, { error: expecting(expected.rate, slipOfNumber) }), {
          error: expected.rates,
        }),
        knownOn: day.optional(),
      }),
    ).default([]),
    payouts: listOf(z.strictObject({ on: day, partner: id.optional() }, { error: expected.payout })).default([]),
    asOf: day,
    expect: scenarioExpectation.optional(),
  },
  { error: expected.scenario },
);
export type ScenarioDocument = z.output<typeof scenarioDocument>;
