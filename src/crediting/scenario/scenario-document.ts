import { z } from 'zod';
import { isCurrency } from '../../money/currency.js';
import { add, compareRatios, parseDecimal, ratio } from '../../money/ratio.js';
import { readSignedMoney } from '../../plans/document-parts.js';
import { planDocument } from '../../plans/plan-document.js';
import { creditMoments } from '../../plans/plan.js';
import { isMetricPeriod } from '../../partners/partner-metric.js';
import { isDay, isTimeZone } from '../../program/calendar.js';
import { isRate } from '../../program/rate-sheet-text.js';
import { isMoment } from './moment.js';

const expected = {
  scenario: 'a scenario: plans, deals, and what else it is about',
  id: 'a name of letters, digits and . _ -, at most 60 characters',
  day: 'a day that exists, YYYY-MM-DD',
  moment: 'a day, or a moment such as 2026-03-31T23:30 (in the time zone of the program) or 2026-03-31T21:30:00Z',
  amount: 'a decimal number, with at most 15 digits unless written in quotes',
  currency: 'an ISO 4217 currency code such as EUR',
  timeZone: 'a name of the IANA database, such as Europe/Berlin',
  rate: 'a decimal above zero, with at most 15 digits unless written in quotes',
  list: 'a list',
  outcome: 'one of open, won, lost',
  history: 'a list of steps, each with `at` and what changed then',
  stage: 'the name of a stage',
  tags: 'a list of names',
  shares: 'partners with their percentages, as { north: 60, south: 40 }, which come to 100',
  of: 'deal or registration, one of them',
  period: 'a month as 2026-03, a quarter as 2026-Q1, or a year as 2026',
  service: 'the time that is paid for, as { from: 2026-01-01, to: 2026-12-31 }, both days included',
  decision: 'set or add, one of them, as an amount with its currency such as 50 EUR or -50 EUR',
  signedMoney: 'an amount with its currency, such as 50 EUR or -50 EUR',
  days: 'a whole number of days from 1 to 3650',
  flag: 'true or false',
} as const;

/** A JavaScript number holds this many decimal digits exactly; text holds all of them. */
const exactDigits = 15;
const mostOfAKind = 10_000;

const id = z.string({ error: expected.id }).regex(/^[A-Za-z0-9][\w.-]{0,59}$/, { error: expected.id });
const day = z.string({ error: expected.day }).refine(isDay, { error: expected.day });
const moment = z.string({ error: expected.moment }).refine(isMoment, { error: expected.moment });
const currency = z.string({ error: expected.currency }).refine(isCurrency, { error: expected.currency });
/** As a CRM may hold it: not every text is a currency. */
const currencyText = z.string({ error: expected.currency });

const decimal = z
  .union([z.number(), z.string()], { error: expected.amount })
  .transform((value) => String(value))
  .refine((text) => parseDecimal(text) !== null && text.replace(/\D/g, '').length <= 80, { error: expected.amount });
const amount = z.union([
  z.number({ error: expected.amount }).refine((value) => String(value).replace(/\D/g, '').length <= exactDigits, {
    error: expected.amount,
  }),
  z.string({ error: expected.amount }),
]);
const amountText = amount.transform((value) => String(value));

const listOf = <T extends z.ZodType>(item: T) =>
  z.array(item, { error: expected.list }).max(mostOfAKind, { error: `at most ${mostOfAKind} of these` });

/** As a CRM holds what the field map calls `products`: one text, its values between semicolons. */
const products = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat().join(';'));
const shares = z.record(id, amountText, { error: expected.shares }).refine(
  (parts) => {
    const found = Object.values(parts).map(parseDecimal);
    const sum = found.reduce((all, part) => (all === null || part === null ? null : add(all, part)), ratio(0n));
    return sum !== null && compareRatios(sum, ratio(100n)) === 0;
  },
  { error: expected.shares },
);
const signedMoney = z
  .string({ error: expected.signedMoney })
  .refine((text) => readSignedMoney(text) !== null, { error: expected.signedMoney });
const isOfOne = (thing: { readonly deal?: unknown; readonly registration?: unknown }): boolean =>
  (thing.deal === undefined) !== (thing.registration === undefined);

const dealFields = {
  amount: amountText.nullable().optional(),
  currency: currencyText.nullable().optional(),
  pipeline: z.string().optional(),
  kind: z.string().optional(),
  products: products.optional(),
  fields: z.record(z.string(), amountText.nullable()).optional(),
};

const step = z.strictObject(
  {
    at: moment,
    outcome: z.enum(['open', 'won', 'lost'], { error: expected.outcome }).optional(),
    archived: z.boolean({ error: expected.flag }).optional(),
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
  history: z.array(step, { error: expected.history }).max(mostOfAKind).optional(),
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
  name: z.string(),
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

const expectedLine = z.strictObject({
  partner: z.string().optional(),
  payee: z.string().optional(),
  kind: z.string().optional(),
  rule: z.string().optional(),
  amount: decimal.optional(),
  currency: z.string().optional(),
  status: z.string().optional(),
  earnedOn: day.optional(),
  payableOn: day.optional(),
  bookedOn: day.optional(),
  deal: z.string().nullable().optional(),
  plan: z.string().nullable().optional(),
});
const expectedBalance = z.strictObject({
  partner: z.string(),
  currency,
  pending: decimal.optional(),
  payable: decimal.optional(),
  paid: decimal.optional(),
  total: decimal.optional(),
});
const expectedPayout = z.strictObject({
  on: day.optional(),
  partner: z.string().optional(),
  payee: z.string().optional(),
  amount: decimal.optional(),
  currency: currency.optional(),
  from: z.string().optional(),
});
const expectedFlag = z.strictObject({ deal: z.string(), flag: z.string() });

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
        rates: z.record(currency, amountText.refine(isRate, { error: expected.rate })),
      }),
    ).default([]),
    payouts: listOf(z.strictObject({ on: day, partner: id.optional() })).default([]),
    asOf: day,
    expect: z
      .strictObject({
        lines: listOf(expectedLine).optional(),
        balances: listOf(expectedBalance).optional(),
        flags: listOf(expectedFlag).optional(),
        payouts: listOf(expectedPayout).optional(),
      })
      .optional(),
  },
  { error: expected.scenario },
);
export type ScenarioDocument = z.output<typeof scenarioDocument>;
