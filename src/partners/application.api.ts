import { z } from 'zod';
import { isPlainText, plainTextWords } from '../platform/http/plain-text.js';
import { line, lines } from '../platform/http/text.api.js';
import { country } from '../program/country.api.js';
import { partnerTypes, websiteHost } from './application.js';

const website = line(300).refine((value) => websiteHost(value) !== null, { error: 'a website such as www.acme.com' });
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ error: 'an e-mail address such as ann@acme.com' }));
const applicationStatus = z.enum(['open', 'accepted', 'rejected']);
const word = line(60);
const message = z.string().trim().max(4000).refine(isPlainText, { error: plainTextWords });

export const newApplication = z
  .strictObject({
    company: z.strictObject({ name: line(200), website, country }),
    contact: z.strictObject({ name: line(200), email }),
    type: z.enum(partnerTypes),
    message: message.optional(),
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
    reason: lines(2000).meta({ description: 'Mailed to the contact in these words, unless it is silent.' }),
    silent: z.boolean().default(false).meta({ description: 'Whether nothing is mailed.' }),
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
  search: z
    .string()
    .trim()
    .max(100)
    .optional()
    .meta({ description: 'Part of a name, the website or an address, also of what was sent again.' }),
};
