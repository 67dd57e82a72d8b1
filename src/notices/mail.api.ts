import { z } from 'zod';

export const mailShape = z
  .object({
    id: z.string(),
    topic: z.string().meta({ example: 'invitation' }),
    to: z.string(),
    subject: z.string(),
    text: z
      .string()
      .nullable()
      .meta({ description: 'What it says, while it waits; null once it was sent or withheld.' }),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
    withheldAt: z.iso.datetime().nullable().meta({ description: 'When its reader’s choice kept it from being sent.' }),
  })
  .meta({ id: 'Mail' });
