import { z } from 'zod';
import { line, lines, text } from '../platform/http/text.api.js';
import { day } from '../program/calendar.api.js';
import { country } from '../program/country.api.js';
import { rejectionCodes } from './registration.js';
import { amount, currency, decimalsFault, fieldInputs, optional } from './registration-fields.api.js';
import { normaliseEmail, registrableDomain } from './matching.js';

const domain = line(253).refine((value) => registrableDomain(value) !== null, {
  error: 'a company domain such as acme.com',
});
const companyInput = z.strictObject({
  name: line(200),
  domain: optional(domain),
  country: optional(country),
});

export const email = z
  .string()
  .overwrite(normaliseEmail)
  .max(254)
  .pipe(z.email({ error: 'an e-mail address such as ann@acme.com' }));

const contactInput = z.strictObject({
  firstName: line(100),
  lastName: line(100),
  email,
  phone: optional(line(40)),
});

const dealInput = z
  .strictObject({
    name: optional(line(200)),
    amount: optional(amount),
    currency: optional(currency),
    expectedCloseDate: optional(day),
    product: optional(line(100)),
  })
  .refine((deal) => deal.amount === undefined || deal.currency !== undefined, {
    path: ['currency'],
    error: 'the currency of the amount, an ISO 4217 code such as EUR',
  })
  .superRefine(({ amount: typed, currency: code }, context) => {
    const fault = typed === undefined || code === undefined ? null : decimalsFault(typed, code);
    if (fault !== null) context.addIssue({ code: 'custom', path: ['amount'], message: fault, input: typed });
  });

/** What a partner, or an operator in a partner's name, submits. */
export const submitRegistrationBody = z
  .strictObject({
    partnerId: optional(text(60)),
    company: companyInput,
    contact: contactInput,
    deal: dealInput.default({}),
    note: optional(lines(2000)),
    fields: fieldInputs.optional(),
    attestation: z.literal(true, {
      error: 'true: the partner confirms that the contact agreed to be introduced',
    }),
  })
  .meta({ id: 'SubmitRegistration' });
export type SubmitRegistrationBody = z.output<typeof submitRegistrationBody>;

const reason = optional(text(1000));

export const approveBody = z
  .strictObject({
    dealId: optional(text(60)),
    reason,
    step: z.int().min(1).max(5).optional().meta({
      description: 'Where the program asks for several approvals: the step you take, refused when somebody took it.',
    }),
  })
  .default({});
export const rejectBody = z
  .strictObject({
    reason: text(1000),
    code: optional(z.enum(rejectionCodes)),
    duplicateOf: optional(text(60)).meta({ description: 'The registration it repeats. For operators only.' }),
  })
  .refine(({ code, duplicateOf }) => duplicateOf === undefined || code === undefined || code === 'duplicate', {
    path: ['code'],
    error: 'duplicate, as it is rejected for repeating another one',
  });
export const returnBody = z.strictObject({ reason: text(1000) });
export const resubmitBody = z
  .strictObject({
    company: companyInput.optional(),
    contact: contactInput.optional(),
    deal: dealInput.optional(),
    note: optional(lines(2000)),
    fields: fieldInputs.optional(),
    reason,
  })
  .default({});
export const withdrawBody = z.strictObject({ reason }).default({});
export const extendBody = z.strictObject({ reason, days: z.number().int().min(1).max(365).optional() }).default({});

export const receiptShape = z
  .object({
    registrationId: z.string(),
    partnerId: z.string(),
    submittedAt: z.string(),
    contentHash: z.string(),
    result: z.enum(['clear', 'taken', 'under_review']),
    keyId: z.string(),
    algorithm: z.literal('Ed25519'),
    signature: z.string(),
  })
  .meta({ id: 'Receipt' });

export const conflictShape = z
  .object({
    source: z.enum(['registration', 'crm', 'partner', 'erasure']),
    code: z.string(),
    objectType: z.string(),
    reference: z.string(),
    dealId: z.string().nullable(),
    label: z.string(),
    matchedBy: z.string(),
  })
  .meta({ id: 'Conflict' });

export const submittedShape = z
  .object({
    id: z.string(),
    status: z.string(),
    availability: z.enum(['clear', 'taken', 'under_review']),
    receipt: receiptShape,
    conflicts: z.array(conflictShape).optional(),
  })
  .meta({ id: 'SubmittedRegistration' });

export const decidedShape = z
  .object({
    id: z.string(),
    status: z.string(),
    protectedUntil: z.string().nullable(),
    reason: z.string().nullable(),
    code: z.string().nullable().optional(),
  })
  .meta({ id: 'DecidedRegistration' });
