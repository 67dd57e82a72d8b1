import { z } from 'zod';
import { missingStatuses } from './missing-commission-status.js';

const moment = z.string().meta({ description: 'ISO 8601, UTC' });

const evidenceShape = z.object({
  sameContact: z.boolean(),
  sameCompany: z.boolean(),
  ownDeal: z.boolean().meta({ description: "It is the registration's own deal, won after protection ran out" }),
  madeDaysAfterPush: z.int().nullable().meta({
    description: 'Whole days from the arrival of the registration in the CRM; negative before it',
  }),
  amount: z.enum(['same', 'near', 'other', 'unknown']).meta({
    description: "The deal's amount beside the registered one; near: within a tenth",
  }),
  contested: z.boolean().meta({ description: 'Another registration may be owed the same win' }),
  registeredOn: z.iso.date(),
  wonOn: z.iso.date(),
  protectedUntil: z.iso.date().nullable().meta({ description: 'Null while nobody has answered the registration' }),
  endedDaysBefore: z.int().nullable().meta({
    description: 'How many days before the win protection had run out; null where it still ran',
  }),
  approvedAfterWin: z.boolean(),
  otherRecords: z.boolean().optional().meta({
    description: 'The deal stands on other records of the CRM, of the registered address or domain',
  }),
  unanswered: z.enum(['vendor', 'partner']).optional().meta({ description: 'Whose answer the registration waits for' }),
});

/** A won deal that may be owed to a registration, with what speaks for it. */
export const missingCommissionShape = z
  .object({
    id: z.string(),
    status: z.enum(missingStatuses),
    registrationId: z.string(),
    dealId: z.string(),
    crm: z.enum(['hubspot', 'salesforce']),
    crmDealId: z.string(),
    deal: z.object({
      name: z.string().nullable(),
      stageLabel: z.string().nullable(),
      amount: z.string().nullable(),
      currency: z.string().nullable(),
      closeDate: z.string().nullable(),
      createdAt: moment.nullable(),
    }),
    likelihood: z.int().meta({ description: 'From 0 to 100; it orders what was found and decides nothing' }),
    evidence: evidenceShape,
    sentences: z.array(z.string()).meta({ description: 'The evidence in words' }),
    foundAt: moment,
    decidedAt: moment.nullable(),
    decidedBy: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'MissingCommission' });

const reason = z.string().trim().min(1).max(2000);

export const linkMissingBody = z.strictObject({ reason: reason.optional() });
export const dismissMissingBody = z.strictObject({ reason });
