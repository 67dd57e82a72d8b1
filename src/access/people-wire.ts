import type { z } from 'zod';
import type { InvitationRow } from './invitation.store.js';
import type { IssuedInvitation } from './invite-person.handler.js';
import type { invitationShape, issuedInvitation, personShape } from './people.api.js';
import type { PersonRow } from './person.store.js';

export function personOnWire(row: PersonRow): z.input<typeof personShape> {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    kind: row.kind,
    role: row.role,
    partnerId: row.partner_id,
    secondFactor: row.two_factor_enabled,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

export function invitationOnWire(row: InvitationRow): z.input<typeof invitationShape> {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    partnerId: row.partner_id,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

/** Where an invitation is accepted. */
export function invitationUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/join/${token}`;
}

export function issuedInvitationOnWire(row: IssuedInvitation, publicUrl: string): z.input<typeof issuedInvitation> {
  return { ...invitationOnWire(row), url: invitationUrl(publicUrl, row.token) };
}
