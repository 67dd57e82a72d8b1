import { z } from 'zod';
import { isPlainText, plainTextWords } from '../platform/http/plain-text.js';
import { day } from '../program/calendar.api.js';

const plain = (min: number, max: number) =>
  z.string().trim().min(min).max(max).refine(isPlainText, { error: plainTextWords });
const version = z.int().min(1).max(1_000_000);

export const newAgreement = z
  .strictObject({
    text: plain(1, 200_000).meta({ description: 'Plain text; headings, lists and bold type of Markdown are shown.' }),
    effectiveFrom: day.optional().meta({ description: 'From which day it holds; today unless given, never earlier.' }),
    asksAcceptance: z.boolean().default(true).meta({
      description: 'Whether partners who accepted an earlier version are asked again.',
    }),
    note: plain(0, 1000).optional().meta({ description: 'What changed, for whoever is asked.' }),
    after: z.int().min(0).optional().meta({
      description: 'The version you started from, 0 for none: refused when somebody published another since.',
    }),
  })
  .meta({ id: 'NewAgreement' });
export type NewAgreement = z.output<typeof newAgreement>;

const versionFields = {
  version,
  effectiveFrom: day,
  asksAcceptance: z.boolean(),
  note: z.string().nullable(),
  contentHash: z.string().meta({ description: 'SHA-256 of the text, in hex' }),
  publishedAt: z.iso.datetime(),
};

export const agreementShape = z.object({ ...versionFields, text: z.string() }).meta({ id: 'Agreement' });

/** As operators list them. */
export const agreementSummaryShape = z
  .object({ ...versionFields, publishedBy: z.string(), acceptedBy: z.int().meta({ description: 'How many partners' }) })
  .meta({ id: 'AgreementSummary' });

export const acceptedAgreement = z.strictObject({
  version,
  contentHash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'the contentHash of the version that was read' }),
});
export type AcceptedAgreement = z.output<typeof acceptedAgreement>;

/** How a partner stands to the agreement. */
export const partnerAgreementShape = z
  .object({
    current: agreementShape.nullable().meta({ description: 'What is in force today' }),
    asked: z.boolean().meta({ description: 'Whether an owner is asked to accept it' }),
    neededToRegister: z.boolean().meta({ description: 'Whether registrations are refused meanwhile' }),
    accepted: z
      .array(
        z.object({
          version,
          contentHash: z.string(),
          acceptedAt: z.iso.datetime(),
          acceptedBy: z.string().nullable().meta({ description: 'Null once the person was erased' }),
        }),
      )
      .meta({ description: 'Newest first, kept for ever' }),
  })
  .meta({ id: 'PartnerAgreement' });
