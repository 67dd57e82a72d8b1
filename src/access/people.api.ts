import { z } from 'zod';

const name = z.string().trim().min(1).max(200);
const email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email({ error: 'an e-mail address such as ann@acme.com' }));

/** The roles of the vendor's own people. */
export const operatorRole = z.enum(['admin', 'rev-ops', 'channel-manager', 'viewer']);
/** The roles of a partner's people. */
const partnerRole = z.enum(['owner', 'member']);

export const newOperator = z.strictObject({ name, email, role: operatorRole });
export const newPartnerPerson = z.strictObject({ name, email, role: partnerRole.default('member') });
export const changedOperator = z.strictObject({ role: operatorRole });

/** Long enough that guessing is hopeless; what else stands in it is the person's affair. */
export const acceptedInvitation = z.strictObject({
  name: name.optional(),
  password: z.string().min(12, { error: 'at least 12 characters' }).max(200),
});

export const personShape = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    kind: z.enum(['operator', 'partner']),
    role: z.string(),
    partnerId: z.string().nullable(),
    secondFactor: z.boolean(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Person' });

const invitationFields = {
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  partnerId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
};

export const invitationShape = z.object(invitationFields).meta({ id: 'Invitation' });

/** An invitation just made, with its link. */
export const issuedInvitation = z
  .object({
    ...invitationFields,
    url: z.string().meta({ description: 'The link that lets the person in. It is shown here and never again.' }),
  })
  .meta({ id: 'IssuedInvitation' });

/** What somebody who holds an invitation's link is shown. */
export const offeredInvitation = z
  .object({ name: z.string(), email: z.string(), kind: z.enum(['operator', 'partner']), role: z.string() })
  .meta({ id: 'OfferedInvitation' });
