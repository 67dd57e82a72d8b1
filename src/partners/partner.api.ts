import { z } from 'zod';
import { line, lines } from '../platform/http/text.api.js';
import { day } from '../program/calendar.api.js';
import { currency } from '../program/currency.api.js';

const name = line(200);
const email = z.string().trim().max(254).pipe(z.email());
const mostTags = 50;
const word = line(60);
const type = word.meta({
  description: 'What kind of partner, in a word of yours: plans can tell partners apart by it.',
});
const tier = word.nullable().meta({ description: 'Where the partner stands among its kind, in a word of yours.' });
const partnerTags = z
  .array(word)
  .max(mostTags)
  .transform((given) => [...new Set(given)])
  .meta({ description: `Further words of yours, at most ${String(mostTags)}.` });
const partnerId = z.string().min(1).max(100);
const payoutCurrency = currency.nullable().meta({ description: 'Null: paid in the currency that was earned.' });
const reason = lines(1000);
const status = z.enum(['active', 'inactive']);

export const newPartner = z
  .strictObject({
    name,
    email,
    type: type.default('referral'),
    tier: tier.default(null),
    tags: partnerTags.default([]),
    recruitedBy: partnerId.nullable().default(null),
    payoutCurrency: payoutCurrency.default(null),
  })
  .meta({ id: 'NewPartner' });
export type NewPartner = z.output<typeof newPartner>;

export const partnerChange = z
  .strictObject({
    name,
    email,
    type,
    tier,
    tags: partnerTags,
    since: day.meta({
      description: 'The day from which type, tier and tags hold; today unless given. Any day will do.',
    }),
    reason: reason.meta({ description: 'Why type, tier or tags change; kept in their history.' }),
    recruitedBy: partnerId.nullable(),
    payoutCurrency,
    status,
  })
  .partial()
  .refine((change) => change.since === undefined || givesTerms(change), {
    error: 'absent where neither type, tier nor tags are given',
    path: ['since'],
  })
  .refine((change) => change.reason === undefined || givesTerms(change), {
    error: 'absent where neither type, tier nor tags are given',
    path: ['reason'],
  })
  .meta({ id: 'PartnerChange' });
export type PartnerChange = z.output<typeof partnerChange>;

function givesTerms(change: { readonly type?: unknown; readonly tier?: unknown; readonly tags?: unknown }): boolean {
  return [change.type, change.tier, change.tags].some((given) => given !== undefined);
}

export const partner = z
  .object({
    id: z.string().meta({ example: 'par_01kaqf5m8ve6rr0x5z0nyb3v6k' }),
    name: z.string(),
    email: z.string(),
    type: z.string().meta({ description: 'As of today, like tier and tags' }),
    tier: z.string().nullable(),
    tags: z.array(z.string()).readonly(),
    recruitedBy: z.string().nullable(),
    payoutCurrency: z.string().nullable(),
    status,
    personalUrl: z.string().meta({ description: 'Where this partner registers leads without signing in.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Partner' });

/** What held for a partner from a day on, until the next. */
export const partnerTermsShape = z
  .object({
    since: day.meta({ description: '0001-01-01: from the beginning' }),
    type: z.string(),
    tier: z.string().nullable(),
    tags: z.array(z.string()).readonly(),
    reason: z.string().nullable().meta({ description: 'Null for partners: it may say what is the vendor’s affair' }),
    recordedAt: z.iso.datetime(),
    recordedBy: z.string().nullable().meta({ description: 'Null for partners' }),
  })
  .meta({ id: 'PartnerTerms' });
