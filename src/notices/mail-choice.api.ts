import { z } from 'zod';
import { mailKinds, necessaryMails } from './mail-kinds.js';

const kind = z.enum(mailKinds);

export const chosenMail = z.strictObject({
  off: z
    .array(kind)
    .max(mailKinds.length)
    .meta({
      description: 'The kinds of mail that are wanted no more; all others are sent.',
      example: ['receipt'],
    }),
});

export const mailChoiceShape = z
  .object({
    email: z.string().nullable().meta({ description: 'Where mail goes; null for an API key, which gets none.' }),
    kinds: z.array(z.object({ kind, on: z.boolean() })),
    always: z.array(z.enum(necessaryMails)).meta({ description: 'What is mailed in any case.' }),
  })
  .meta({ id: 'MailChoice' });
