import { z } from 'zod';
import { isLine, lineWords } from '../platform/http/plain-text.js';
import { currency } from '../program/currency.api.js';

const name = z.string().trim().min(1).max(200).refine(isLine, { error: lineWords });
const email = z.string().trim().max(254).pipe(z.email());
const type = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, {
    error: 'a small letter, then small letters, digits and hyphens, at most 40 characters',
  })
  .meta({ description: 'What kind of partner, in a word of yours: plans can tell partners apart by it.' });
const partnerId = z.string().min(1).max(100);
const payoutCurrency = currency.nullable().meta({ description: 'Null: paid in the currency that was earned.' });
const status = z.enum(['active', 'inactive']);

export const newPartner = z
  .strictObject({
    name,
    email,
    type: type.default('referral'),
    recruitedBy: partnerId.nullable().default(null),
    payoutCurrency: payoutCurrency.default(null),
  })
  .meta({ id: 'NewPartner' });
export type NewPartner = z.output<typeof newPartner>;

export const partnerChange = z
  .strictObject({ name, email, type, recruitedBy: partnerId.nullable(), payoutCurrency, status })
  .partial()
  .meta({ id: 'PartnerChange' });
export type PartnerChange = z.output<typeof partnerChange>;

export const partner = z
  .object({
    id: z.string().meta({ example: 'par_01kaqf5m8ve6rr0x5z0nyb3v6k' }),
    name: z.string(),
    email: z.string(),
    type: z.string(),
    recruitedBy: z.string().nullable(),
    payoutCurrency: z.string().nullable(),
    status,
    personalUrl: z.string().meta({ description: 'Where this partner registers leads without signing in.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Partner' });
