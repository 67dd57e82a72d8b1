import { z } from 'zod';

export const relinkBody = z.strictObject({
  address: z.string().trim().min(1).max(2000).meta({
    description: 'The address of the deal in the CRM, as the browser shows it.',
    example: 'https://app.hubspot.com/contacts/4711/record/0-3/9001',
  }),
  reason: z.string().trim().min(1).max(2000),
  insteadOf: z.string().max(60).nullable().optional().meta({
    description:
      'The `dealId` that was seen. Where it is another one by now, nothing is changed, and the answer says who did.',
  }),
});

export const unlinkBody = z.strictObject({
  reason: z.string().trim().min(1).max(2000),
  insteadOf: relinkBody.shape.insteadOf,
});

export const linkMoveShape = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    by: z.string().meta({ description: 'The key or person, or `system`.' }),
    reason: z.string(),
    from: z.object({ dealId: z.string(), crmDealId: z.string() }).nullable(),
    to: z
      .object({ dealId: z.string(), crmDealId: z.string() })
      .nullable()
      .meta({ description: 'Null: it was taken off its deal.' }),
    proposalId: z.string().nullable(),
  })
  .meta({ id: 'LinkMove' });
export type LinkMoveView = z.output<typeof linkMoveShape>;
