import { z } from 'zod';
import { day } from '../program/calendar.api.js';
import { reviewShape } from '../review/review.api.js';
import { conflictShape, receiptShape } from '../registration/registration.api.js';
import { formValueShape } from '../registration/registration-fields.api.js';

const moment = z.string().meta({ description: 'ISO 8601, UTC' });

/** A registration with its CRM records and deal. The last group of fields is shown to operators only. */
export const registrationShape = z
  .object({
    id: z.string(),
    partnerId: z.string(),
    status: z.string(),
    availability: z.enum(['clear', 'taken', 'under_review']),
    company: z.object({ name: z.string(), domain: z.string().nullable(), country: z.string().nullable() }),
    contact: z
      .object({ firstName: z.string(), lastName: z.string(), email: z.string(), phone: z.string().nullable() })
      .nullable(),
    deal: z.object({
      name: z.string().nullable(),
      amount: z.string().nullable(),
      currency: z.string().nullable(),
      expectedCloseDate: z.string().nullable(),
      product: z.string().nullable(),
    }),
    note: z.string().nullable(),
    fields: z.array(formValueShape).meta({ description: 'Answers to your own fields, as they were asked' }),
    attestation: z
      .object({ wording: z.string(), at: moment })
      .nullable()
      .meta({ description: 'What was confirmed with the submission, and when' }),
    submittedAt: moment,
    decideBy: day.nullable().meta({ description: 'The day by which it should be decided; null where nobody has to' }),
    approvedAt: moment.nullable(),
    protectedUntil: z.string().nullable(),
    reason: z.string().nullable(),
    question: z.string().nullable(),
    answer: z.string().nullable(),
    receipt: receiptShape,
    dealId: z.string().nullable(),
    outcome: z.enum(['open', 'won', 'lost', 'gone']).nullable(),
    stage: z.string().nullable(),
    wonAt: moment.nullable(),
    source: z.string().optional(),
    code: z.string().nullable().optional(),
    crmCheck: z.enum(['pending', 'done']).optional(),
    conflicts: z.array(conflictShape).optional(),
    review: reviewShape.optional(),
    extensionRequestedAt: moment.nullable().optional(),
    crm: z
      .object({
        state: z.enum(['not-wanted', 'pending', 'linked', 'failed']),
        crm: z.enum(['hubspot', 'salesforce']).nullable(),
        contactId: z.string().nullable(),
        companyId: z.string().nullable(),
        leadId: z.string().nullable().meta({ description: 'The lead it is, or was before it became a deal' }),
        crmDealId: z.string().nullable(),
        linkedAt: moment.nullable(),
        presence: z.enum(['present', 'archived', 'missing', 'merged']).nullable(),
        amount: z.string().nullable(),
        currency: z.string().nullable(),
        problem: z.object({ id: z.string(), title: z.string(), detail: z.string() }).nullable(),
      })
      .optional(),
  })
  .meta({ id: 'Registration' });

/** Work that was set aside because it will not succeed by itself. */
export const problemShape = z
  .object({
    id: z.string(),
    kind: z.string().meta({ description: 'refused, exhausted or unreadable' }),
    subject: z.object({ type: z.string(), id: z.string() }),
    work: z.string().meta({ description: 'What was being done' }),
    title: z.string(),
    detail: z.string().meta({ description: "The vendor's own words" }),
    occurrences: z.int(),
    createdAt: z.string(),
    lastSeenAt: z.string(),
    resolvedAt: z.string().nullable(),
  })
  .meta({ id: 'SetAside' });
