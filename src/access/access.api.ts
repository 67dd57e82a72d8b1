import { z } from 'zod';
import { rights } from './rights.js';

const keyName = z.string().trim().min(1).max(100).meta({ description: 'What tells this key from others.' });

/** What a new key is asked for with; the body may be left out. */
export const newApiKey = z.strictObject({ name: keyName.default('API key') }).prefault({});

/** What a new operator key is asked for with; the body may be left out. */
export const newOperatorKey = z
  .strictObject({
    name: keyName.default('API key'),
    rights: z.array(z.enum(rights)).max(rights.length).optional().meta({
      description: 'What it may do of that which not every operator may; left out: all that the key in use may.',
    }),
  })
  .prefault({});

const apiKeyFields = {
  id: z.string().meta({ example: 'key_01kaqf5m8ve6rr0x5z0nyb3v6k' }),
  role: z.enum(['operator', 'partner']),
  partnerId: z.string().nullable(),
  name: z.string(),
  prefix: z.string().nullable().meta({ description: 'The readable part of the key; null for ADMIN_API_KEY.' }),
  rights: z.array(z.string()).nullable().meta({
    description: 'Of an operator key: what it may do of that which not every operator may. Null: all of it.',
  }),
  createdAt: z.iso.datetime(),
};

/** A key that was just made, with the key itself. */
export const issuedApiKey = z
  .object({ ...apiKeyFields, key: z.string().meta({ description: 'The key. It is shown here and never again.' }) })
  .meta({ id: 'IssuedApiKey' });

export const apiKey = z
  .object({
    ...apiKeyFields,
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To about ten minutes.' }),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' });
