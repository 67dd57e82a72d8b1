import { z } from 'zod';
import { isLine, isPlainText, lineWords, plainTextWords } from '../platform/http/plain-text.js';
import { day } from '../program/calendar.api.js';
import { disputeStatuses } from './dispute.js';

const id = z.string().min(1).max(60);
const words = z.string().trim().min(1).max(4000).refine(isPlainText, { error: plainTextWords });
const isWebAddress = (text: string): boolean =>
  isLine(text) && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
const link = z.string().trim().max(1000).refine(isWebAddress, { error: 'a web address that begins with https://' });

export const newDispute = z
  .strictObject({
    lineId: id.optional(),
    registrationId: id.optional().meta({ description: 'A registration for which a credit is missing.' }),
    deal: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .refine(isLine, { error: lineWords })
      .optional()
      .meta({ description: 'A deal for which a credit is missing, in your words.' }),
    reason: words,
    links: z.array(link).max(10).default([]).meta({ description: 'Evidence.' }),
  })
  .refine(
    ({ lineId, registrationId, deal }) =>
      [lineId, registrationId, deal].filter((one) => one !== undefined).length === 1,
    {
      error: 'one of lineId, registrationId and deal',
      path: ['lineId'],
    },
  )
  .meta({ id: 'NewDispute' });
export type NewDispute = z.output<typeof newDispute>;

export const disputeMessageBody = z.strictObject({ text: words });

export const settleBody = z
  .strictObject({
    outcome: z.enum(['upheld', 'declined']),
    words: words.meta({ description: 'What the partner reads.' }),
    decisionId: id
      .optional()
      .meta({ description: 'The decision above the plans that puts it right, of this partner.' }),
  })
  .refine(({ outcome, decisionId }) => outcome === 'upheld' || decisionId === undefined, {
    error: 'absent where it is declined',
    path: ['decisionId'],
  })
  .meta({ id: 'SettleDispute' });
export type SettleBody = z.output<typeof settleBody>;

export const disputeShape = z
  .object({
    id: z.string(),
    partnerId: z.string(),
    lineId: z.string().nullable(),
    registrationId: z.string().nullable(),
    deal: z.string().nullable(),
    reason: z.string(),
    links: z.array(z.string()).readonly(),
    status: z.enum(disputeStatuses),
    openedAt: z.iso.datetime(),
    dueOn: day.nullable().meta({ description: 'By when the vendor answers; null while it is not the vendor’s turn' }),
    settledAt: z.iso.datetime().nullable(),
    outcome: z.string().nullable(),
    decisionId: z.string().nullable(),
  })
  .meta({ id: 'Dispute' });

export const disputeDetailShape = disputeShape
  .extend({
    settledBy: z.string().nullable().meta({ description: 'Null for partners where the vendor settled it' }),
    messages: z.array(
      z.object({
        id: z.string(),
        side: z.enum(['partner', 'vendor']),
        author: z.string().nullable().meta({ description: 'Null for partners where it is the vendor' }),
        text: z.string(),
        at: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'DisputeDetail' });

export const disputeQuery = {
  state: z.enum(['unsettled', 'settled', 'all']).default('all'),
  order: z.enum(['due', 'newest']).default('newest'),
  partnerId: id.optional(),
  lineId: id.optional(),
  registrationId: id.optional(),
};
