import { z } from 'zod';

/** A receipt or the working of a line, as whoever was given it has kept it. */
export const signedDocument = z.record(z.string(), z.json()).meta({
  description: 'A receipt, or the working of a line, with its signature',
});

export const verdictShape = z
  .object({
    kind: z.enum(['genuine', 'altered', 'unknown-key', 'not-signed']),
    keyId: z.string().nullable().meta({ description: 'The key it names' }),
  })
  .meta({ id: 'SignatureVerdict' });
