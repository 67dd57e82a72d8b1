import { z } from 'zod';
import { lineStatuses } from '../crediting/commission-line.js';
import { day, period } from '../program/calendar.api.js';

const amount = z.string().meta({ description: 'Decimal, in major units', example: '1200.00' });
const debt = z.string().meta({ description: 'What the partner owed: how far the balance was below zero' });

export const statementParams = z.strictObject({ partner: z.string().max(60), period });
export const statementQuery = z.strictObject({
  format: z.enum(['json', 'csv']).optional().meta({ description: 'When left out, the Accept header decides.' }),
});

const statementLine = z
  .object({
    id: z.string(),
    kind: z.enum(['commission', 'revshare', 'override', 'bonus', 'reversal', 'clawback', 'adjustment']),
    rule: z.string().meta({ description: 'The rule of the plan that earned it' }),
    amount,
    currency: z.string(),
    earnedOn: day,
    bookedOn: day.meta({ description: 'Decides which statement it is on, and never changes' }),
    payableOn: day,
    dealId: z.string().nullable().meta({ description: 'Null for a lead without a deal' }),
    sourceLineId: z.string().nullable().meta({ description: 'The line this one takes back or puts right' }),
    planVersion: z.string().nullable().meta({ example: 'standard@2', description: 'Null for what a person decided' }),
    status: z.enum(lineStatuses).meta({ description: 'At the end of the period; today while it runs' }),
  })
  .meta({ id: 'StatementLine' });

const statementPayout = z
  .object({
    id: z.string(),
    kind: z.enum(['payout', 'payout-return']),
    amount: amount.meta({ description: 'What it changed in the balance: negative when it was paid out' }),
    currency: z.string(),
    paidOn: day,
    bookedOn: day,
    reference: z.string(),
  })
  .meta({ id: 'StatementPayout' });

export const statementShape = z
  .object({
    partnerId: z.string(),
    period,
    from: z.iso.datetime(),
    until: z.iso.datetime().meta({ description: 'Everything booked from `from` up to, not including, this moment' }),
    final: z
      .boolean()
      .meta({ description: 'Nothing can be booked in it any more: from a quarter of an hour after its end' }),
    currencies: z
      .array(
        z.object({
          currency: z.string(),
          opening: amount.meta({ description: 'What was booked before the period and not paid; below zero: a debt' }),
          openingDebt: debt,
          lines: z.array(statementLine),
          adjustments: z.array(statementLine).meta({ description: 'Lines that correct one of an earlier period' }),
          payouts: z.array(statementPayout),
          totals: z.object({ lines: amount, adjustments: amount, payouts: amount }),
          closing: amount.meta({ description: 'The opening balance and the three totals' }),
          carriedDebt: debt,
        }),
      )
      .meta({ description: 'One for each currency with a balance or a movement: currencies never net' }),
  })
  .meta({ id: 'Statement' });
