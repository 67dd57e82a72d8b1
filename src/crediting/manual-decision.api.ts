import { z } from 'zod';
import { isCurrency } from '../money/currency.js';
import { isLine, lineWords } from '../platform/http/plain-text.js';
import { day } from '../program/calendar.api.js';

const id = z.string().min(1).max(60);
const currency = z.string().refine(isCurrency, { error: 'an ISO 4217 currency code such as EUR' });
const money = z.strictObject({
  amount: z
    .string()
    .regex(/^-?\d{1,18}(\.\d{1,4})?$/, { error: 'a decimal text such as 80.00' })
    .meta({ example: '80.00' }),
  currency: currency.meta({ example: 'EUR' }),
});
const rule = z.string().min(1).max(200).meta({
  description: 'The component of the line that is set, such as `new-business` or `new-business/override-1`.',
  example: 'new-business',
});

/** What a person decides about a commission: one of `set` and `add`. */
export const newDecision = z
  .strictObject({
    partnerId: id,
    dealId: id.optional(),
    rule: rule.optional(),
    set: money.optional().meta({ description: 'What the rule pays the partner for the deal, whatever it would pay.' }),
    add: money.optional().meta({ description: 'An amount of its own, which may be negative.' }),
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .refine(isLine, { error: lineWords })
      // It becomes part of the book, from which nobody can be erased.
      .refine((reason) => !/\S@\S+\.\S/.test(reason), { error: 'a reason without anybody’s e-mail address' }),
  })
  .meta({ id: 'NewDecision' });
export type NewDecision = z.output<typeof newDecision>;

export const decisionShape = z
  .object({
    id: z.string(),
    kind: z.enum(['set', 'add']),
    partnerId: z.string(),
    dealId: z.string().nullable(),
    rule: z.string().nullable(),
    amount: z.string(),
    currency: z.string(),
    decidedOn: day,
    reason: z.string(),
    author: z.string(),
  })
  .meta({ id: 'Decision' });

export const decisionQuery = { partnerId: id.optional(), dealId: id.optional() };
