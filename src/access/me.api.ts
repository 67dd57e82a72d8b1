import { z } from 'zod';

/** Who is signed in, and what a page needs to know of the program before it shows anything. */
export const meShape = z
  .object({
    kind: z.enum(['operator', 'partner']),
    id: z.string().meta({ description: 'Of the person or key; of a partner that came by a key, the partner’s.' }),
    name: z.string().meta({ description: 'Of the key or person; of a partner, the partner’s.' }),
    partner: z.object({ id: z.string(), name: z.string() }).nullable(),
    role: z.string().nullable().meta({
      description:
        'The role of a person that signed in: `admin`, `rev-ops`, `channel-manager`, `viewer`, `owner`, `member`.',
    }),
    rights: z.array(z.string()).nullable().meta({
      description: 'What an operator may do of that which not every operator may. Null: all of it, or no operator.',
    }),
    agreementAsked: z.boolean().meta({
      description: 'Whether the partner has an agreement to accept, which an owner does.',
    }),
    programName: z.string(),
    timeZone: z.string().meta({ example: 'Europe/Berlin' }),
    defaultCurrency: z.string().nullable(),
    reviewBusinessDays: z.int().meta({ description: 'Within how many working days registrations are decided.' }),
    approvalSteps: z
      .array(z.string())
      .meta({ description: 'Steps in which registrations are approved, where there are several.' }),
    attestation: z.string().meta({ description: 'What a partner confirms when it registers a lead.' }),
  })
  .meta({ id: 'Me' });
export type Me = z.output<typeof meShape>;

/** Ways to sign in that not every service has. */
export const waysInShape = z.object({ identityProvider: z.boolean() }).meta({ id: 'WaysIn' });
