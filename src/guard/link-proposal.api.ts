import { z } from 'zod';
import { proposalStatuses } from './proposal-status.js';

const moment = z.string().meta({ description: 'ISO 8601, UTC' });

const evidenceShape = z.object({
  sameContact: z.boolean(),
  sameCompany: z.boolean(),
  madeDaysAfterPush: z.int().nullable().meta({
    description: 'Whole days from the arrival of the registration in the CRM; negative before it',
  }),
  amount: z.enum(['same', 'near', 'other', 'unknown']).meta({
    description: "The deal's amount beside the registered one; near: within a tenth",
  }),
  outcome: z.enum(['open', 'won', 'lost']),
  contested: z.boolean().meta({ description: 'Another registration stands on the same contact or company' }),
});

/** A deal that may be a registration's, with what speaks for it. */
export const linkProposalShape = z
  .object({
    id: z.string(),
    registrationId: z.string(),
    status: z.enum(proposalStatuses),
    dealId: z.string(),
    crm: z.enum(['hubspot', 'salesforce']),
    crmDealId: z.string(),
    deal: z.object({
      name: z.string().nullable(),
      stage: z.string().nullable(),
      amount: z.string().nullable(),
      currency: z.string().nullable(),
      createdAt: moment.nullable(),
    }),
    likelihood: z.int().meta({ description: 'From 0 to 100; it orders proposals and decides nothing' }),
    evidence: evidenceShape,
    createdAt: moment,
    decidedAt: moment.nullable(),
    decidedBy: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'LinkProposal' });

const reason = z.string().trim().min(1).max(2000);

export const acceptLinkBody = z.strictObject({ reason: reason.optional() });
export const rejectLinkBody = z.strictObject({ reason });
