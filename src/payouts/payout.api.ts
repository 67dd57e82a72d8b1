import { z } from 'zod';
import { day } from '../program/calendar.api.js';

const mostLines = 1_000;

export const externalPayment = z
  .strictObject({
    lines: z
      .array(z.string().min(1).max(60))
      .min(1)
      .max(mostLines)
      .meta({ description: `Ids of the commission lines that were paid, at most ${String(mostLines)}.` }),
    paidOn: day,
    reference: z.string().trim().min(1).max(140).meta({ description: 'What names the payment where it was made' }),
  })
  .meta({ id: 'ExternalPayment' });

const payoutShape = z
  .object({
    id: z.string(),
    partnerId: z.string(),
    amount: z.string().meta({ description: 'Decimal, in major units' }),
    currency: z.string(),
    paidOn: day,
    reference: z.string(),
  })
  .meta({ id: 'Payout' });

export const markedPaid = z
  .object({
    outcome: z.enum(['recorded', 'already-recorded']),
    payouts: z.array(payoutShape).meta({ description: 'One for each partner and currency' }),
  })
  .meta({ id: 'MarkedPaid' });
