import { z } from 'zod';
import { isLine, isPlainText, lineWords, plainTextWords } from '../platform/http/plain-text.js';
import { isCountry } from '../program/country.js';
import { partnerTypes, websiteHost } from './application.js';

const line = (max: number) => z.string().trim().min(1).max(max).refine(isLine, { error: lineWords });
const lines = (max: number) => z.string().trim().max(max).refine(isPlainText, { error: plainTextWords });
const website = line(300).refine((value) => websiteHost(value) !== null, { error: 'a website such as www.acme.com' });
const country = z
  .string()
  .trim()
  .toUpperCase()
  .refine(isCountry, { error: 'an ISO 3166-1 country code such as DE or GB' })
  .meta({ description: 'ISO 3166-1 code of two letters.', pattern: '^[A-Z]{2}$', example: 'DE' });
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ error: 'an e-mail address such as ann@acme.com' }));
const applicationStatus = z.enum(['open', 'accepted', 'rejected']);
const word = line(60);

export const newApplication = z
  .strictObject({
    company: z.strictObject({ name: line(200), website, country }),
    contact: z.strictObject({ name: line(200), email }),
    type: z.enum(partnerTypes),
    message: lines(4000).optional(),
  })
  .meta({ id: 'NewApplication' });
export type NewApplication = z.output<typeof newApplication>;

/** The same for everybody: whether the company or the address is known already is told nobody. */
export const applicationTaken = z
  .object({ received: z.literal(true), receivedAt: z.iso.datetime() })
  .meta({ id: 'ApplicationTaken' });

/** What the public page needs before it shows its form. */
export const applicationFormShape = z
  .object({
    programName: z.string(),
    open: z.boolean().meta({ description: 'Whether applications are taken' }),
    types: z.array(z.enum(partnerTypes)).readonly(),
    countries: z.array(z.string()).readonly(),
  })
  .meta({ id: 'ApplicationForm' });

export const acceptBody = z
  .strictObject({
    name: line(200).optional().meta({ description: 'What the partner is called; the company’s name unless given.' }),
    type: word.optional().meta({ description: 'The type that was wanted unless given.' }),
    tier: word.nullable().default(null),
  })
  .meta({ id: 'AcceptApplication' });
export type AcceptBody = z.output<typeof acceptBody>;

export const rejectApplicationBody = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(1)
      .max(2000)
      .refine(isPlainText, { error: plainTextWords })
      .meta({ description: 'Mailed to the contact in these words.' }),
  })
  .meta({ id: 'RejectApplication' });

export const applicationShape = z
  .object({
    id: z.string(),
    company: z.object({ name: z.string(), website: z.string(), country: z.string() }),
    contact: z.object({ name: z.string(), email: z.string() }),
    type: z.string(),
    message: z.string().nullable(),
    status: applicationStatus,
    submittedAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
    decidedBy: z.string().nullable(),
    reason: z.string().nullable(),
    partnerId: z.string().nullable().meta({ description: 'The partner that came of it' }),
  })
  .meta({ id: 'Application' });

/** One application with what is known beside it. */
export const applicationDetailShape = applicationShape
  .extend({
    repeats: z
      .array(
        z.object({
          company: z.string(),
          contact: z.object({ name: z.string(), email: z.string() }),
          message: z.string().nullable(),
          at: z.iso.datetime(),
        }),
      )
      .meta({ description: 'What came in from the same company or address while this one waited' }),
    earlier: z
      .array(applicationShape.pick({ id: true, status: true, submittedAt: true, partnerId: true }))
      .meta({ description: 'Other applications of the same company or address' }),
    knownPartnerId: z.string().nullable().meta({ description: 'A partner with the same e-mail address' }),
  })
  .meta({ id: 'ApplicationDetail' });

export const applicationQuery = {
  status: applicationStatus.optional(),
  order: z.enum(['oldest', 'newest']).default('newest'),
  search: z.string().trim().max(100).optional().meta({ description: 'Part of the company’s name or of the address.' }),
};
