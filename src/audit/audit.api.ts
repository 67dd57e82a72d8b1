import { z } from 'zod';

/** One remembered act. */
export const auditEntry = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z.object({
      kind: z.enum(['operator', 'partner', 'system']),
      id: z.string().nullable(),
      name: z.string().nullable(),
      personId: z.string().nullable().meta({ description: 'Who of a partner’s people it was, where one signed in.' }),
    }),
    action: z.string().meta({ example: 'registration.approve' }),
    subject: z.object({ type: z.string(), id: z.string() }),
    details: z.record(z.string(), z.json()),
  })
  .meta({ id: 'AuditEntry' });
