import { z } from 'zod';

const email = z.email().max(320).meta({ description: 'The person’s address.', example: 'anna@acme.com' });

/** The address stands in the body and never in an URL, which logs keep. */
export const personBody = z.strictObject({ email });

/** Why somebody is erased. It stays when they are gone. */
export const erasureReason = z
  .string()
  .trim()
  .min(1, { error: '1 to 500 characters' })
  .max(500, { error: '1 to 500 characters' })
  .refine((text) => !text.includes('@'), { error: 'words without an e-mail address, as they are kept' });

const counts = z.record(z.string(), z.int()).meta({ description: 'Rows changed or removed, by table.' });

const certificateShape = z
  .object({
    erasureId: z.string(),
    erasedAt: z.iso.datetime(),
    cause: z.enum(['request', 'crm']),
    requestedBy: z.string().nullable(),
    contactKey: z.string().meta({ description: 'Keyed hash of the address: it says nothing to whoever has no key.' }),
    erased: counts,
    keyId: z.string(),
    algorithm: z.literal('Ed25519'),
    signature: z.string(),
  })
  .meta({ id: 'ErasureCertificate' });

export const erasureShape = z
  .object({
    id: z.string(),
    erasedAt: z.iso.datetime(),
    cause: z.enum(['request', 'crm']),
    requestedBy: z.string().nullable().meta({ description: 'What whoever asked is called; null: the CRM.' }),
    erased: counts,
    certificate: certificateShape,
  })
  .meta({ id: 'Erasure' });

export const personExportShape = z
  .object({
    email: z.string(),
    exportedAt: z.iso.datetime(),
    held: z.array(z.object({ table: z.string(), records: z.array(z.json()) })),
  })
  .meta({ id: 'PersonExport' });
