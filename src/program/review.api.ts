import { z } from 'zod';
import { operatorRoles, type OperatorRole } from '../access/rights.js';
import { day } from './calendar.api.js';
import { weekdays } from './calendar.js';
import { currency } from './currency.api.js';
import { registrationTerms } from './registration-terms.api.js';

const isDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

const deciding = (Object.keys(operatorRoles) as OperatorRole[]).filter((role) =>
  (operatorRoles[role] as readonly string[]).includes('registrations:decide'),
);
const role = z.enum(deciding);

const limit = z.strictObject({
  amount: z.string().regex(/^\d{1,13}(\.\d{1,4})?$/, {
    error: 'a decimal number without sign or separators, such as 12000.50',
  }),
  currency,
});

const approvalRule = z
  .strictObject({
    ...registrationTerms,
    amountUpTo: limit.optional().meta({ description: 'The largest amount; without an amount the rule does not fit.' }),
  })
  .meta({ id: 'ApprovalRule' });

const approvalStep = z
  .strictObject({
    name: z.string().trim().min(1).max(100).meta({ description: 'How partners and colleagues know the step.' }),
    role: role.meta({ description: 'Who takes it; an administrator may take every step.' }),
    ...registrationTerms,
    amountFrom: limit.optional().meta({
      description: 'The smallest amount the step is for; one in another currency, or none, needs the step, too.',
    }),
  })
  .meta({ id: 'ApprovalStep' });
export type ApprovalStep = z.output<typeof approvalStep>;

const rung = z
  .strictObject({
    workingDays: z.int().min(-30).max(60).meta({
      description: 'Working days after the day an answer is due; below zero: before it.',
    }),
    tell: z.enum(['assignee', ...deciding]).meta({
      description: 'Who gets a mail: whoever has it, and where nobody has, every channel manager; or all of a role.',
    }),
  })
  .meta({ id: 'ReviewRung' });

/** Settings of how registrations are reviewed, and by when. */
export const reviewFields = {
  workingWeekdays: z
    .array(z.enum(weekdays))
    .min(1)
    .max(weekdays.length)
    .refine(isDistinct, { error: 'each day of the week once' })
    .meta({ description: 'The days of the week on which your people work.' }),
  holidays: z
    .array(day)
    .max(500)
    .meta({ description: 'Days on which they do not, besides: no deadline counts them.', example: ['2026-12-25'] }),
  reviewLadder: z
    .array(rung)
    .max(10)
    .meta({ description: 'Who is reminded of registrations that wait for an answer, one after the other.' }),
  approvalRules: z
    .array(approvalRule)
    .max(100)
    .meta({
      description:
        'Registrations that are approved without a person: the CRM was searched, nothing conflicts, and one of the rules fits.',
      example: [{ partnerTiers: ['gold'], amountUpTo: { amount: '20000', currency: 'EUR' } }],
    }),
  approvalChain: z
    .array(approvalStep)
    .max(5)
    .refine((steps) => isDistinct(steps.map(({ name }) => name)), { error: 'steps of different names' })
    .meta({
      description: 'Steps in which registrations are approved, each by another person; none: one person approves.',
      example: [
        { name: 'Channel', role: 'channel-manager' },
        { name: 'Finance', role: 'rev-ops', amountFrom: { amount: '100000', currency: 'EUR' } },
      ],
    }),
};
