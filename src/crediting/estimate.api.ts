import { z } from 'zod';
import { decimalsOf } from '../money/currency.js';
import { parseMoney } from '../money/money.js';
import { day } from '../program/calendar.api.js';
import { country } from '../program/country.api.js';
import { amount, currency } from '../registration/registration-fields.api.js';

/** A deal that a partner asks about. */
export const estimateBody = z
  .strictObject({
    amount,
    currency,
    product: z.string().trim().max(200).nullable().default(null),
    country: country.nullable().default(null),
    fields: z
      .record(z.string().max(100), z.string().max(500))
      .default({})
      .meta({ description: "Values of the CRM that the plan looks at, by the names of the program's `fieldMap`." }),
  })
  .transform((deal, context) => {
    const reading = parseMoney(deal.amount, deal.currency);
    if (reading.kind === 'money') return { ...deal, money: reading.money };
    const decimals = String(decimalsOf(deal.currency));
    const message = `an amount that can be paid, with at most ${decimals} decimals, as ${deal.currency} has`;
    context.addIssue({ code: 'custom', path: ['amount'], message, input: deal.amount });
    return z.NEVER;
  })
  .meta({ id: 'EstimateBody' });

const money = z.object({ amount: z.string(), currency: z.string() });

export const estimateShape = z
  .object({
    partnerId: z.string(),
    day: day.meta({ description: 'The day of which it is: it is won and, where the plan asks for it, paid then.' }),
    totals: z.array(money).meta({ description: 'What it would earn the partner, per currency.' }),
    lines: z.array(
      money.extend({
        component: z.string().meta({ description: 'The rule, or `rule/part`.' }),
        kind: z.string(),
        payableOn: day,
        planVersion: z.string().nullable(),
        sentences: z.array(z.string()).meta({ description: 'Its working.' }),
      }),
    ),
    others: z
      .array(money)
      .meta({ description: "What the partner's other deals would earn more by it, where a volume decides on rates." }),
    whyNot: z.array(z.string()).meta({ description: 'Why the plan, or a part of it, would earn nothing.' }),
  })
  .meta({ id: 'Estimate' });
