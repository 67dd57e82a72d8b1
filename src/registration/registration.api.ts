import { z } from 'zod';
import { decimalsOf, isCurrency } from '../money/currency.js';
import { isLine, isPlainText, lineWords, plainTextWords } from '../platform/http/plain-text.js';
import { day } from '../program/calendar.api.js';
import { isCountry } from './country.js';
import { rejectionCodes } from './registration.js';
import { normaliseEmail, registrableDomain } from './matching.js';

const text = (max: number) => z.string().trim().min(1).max(max);
const line = (max: number) => text(max).refine(isLine, { error: lineWords });
const lines = (max: number) => text(max).refine(isPlainText, { error: plainTextWords });
const isEmpty = (value: unknown) => value === null || (typeof value === 'string' && value.trim() === '');
const emptyAsAbsent = (value: unknown) => (isEmpty(value) ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyAsAbsent, schema.optional());

const domain = line(253).refine((value) => registrableDomain(value) !== null, {
  error: 'a company domain such as acme.com',
});
const currency = z.string().trim().toUpperCase().refine(isCurrency, { error: 'an ISO 4217 currency code such as EUR' });
const amountWords = 'a decimal number without sign or separators, such as 12000.50';
const amountText = z
  .string()
  .trim()
  .regex(/^\d{1,13}(\.\d{1,4})?$/, { error: amountWords });
const amountNumber = z
  .number()
  .nonnegative({ error: amountWords })
  .max(1e13, { error: amountWords })
  .transform(String)
  .pipe(amountText);
const amount = z.union([amountText, amountNumber], { error: amountWords });

const companyInput = z.strictObject({
  name: line(200),
  domain: optional(domain),
  country: optional(
    z
      .string()
      .trim()
      .toUpperCase()
      .refine(isCountry, { error: 'an ISO 3166-1 country code such as DE or GB' })
      .meta({ description: 'ISO 3166-1 code of two letters.', pattern: '^[A-Z]{2}$', example: 'DE' }),
  ),
});

const contactInput = z.strictObject({
  firstName: line(100),
  lastName: line(100),
  email: z
    .string()
    .overwrite(normaliseEmail)
    .max(254)
    .pipe(z.email({ error: 'an e-mail address such as ann@acme.com' })),
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
    if (typed === undefined || code === undefined || !isCurrency(code)) return;
    const decimals = /\.(\d*?)0*$/.exec(typed)?.[1]?.length ?? 0;
    if (decimals <= decimalsOf(code)) return;
    const message = `an amount with at most ${String(decimalsOf(code))} decimals, as ${code} has`;
    context.addIssue({ code: 'custom', path: ['amount'], message, input: typed });
  });

/** What a partner, or an operator in a partner's name, submits. */
export const submitRegistrationBody = z
  .strictObject({
    partnerId: optional(text(60)),
    company: companyInput,
    contact: contactInput,
    deal: dealInput.default({}),
    note: optional(lines(2000)),
    attestation: z.literal(true, {
      error: 'true: the partner confirms that the contact agreed to be introduced',
    }),
  })
  .meta({ id: 'SubmitRegistration' });
export type SubmitRegistrationBody = z.output<typeof submitRegistrationBody>;

const reason = optional(text(1000));

export const approveBody = z.strictObject({ dealId: optional(text(60)), reason }).default({});
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
    source: z.enum(['registration', 'crm', 'partner']),
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
