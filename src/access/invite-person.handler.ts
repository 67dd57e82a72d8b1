import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { sha256 } from '../platform/hash.js';
import { EmailTaken, InvitationUnknown } from './access-errors.js';
import {
  insertInvitation,
  lockOpenInvitation,
  lockOperatorInvitation,
  markAccepted,
  withdrawInvitations,
  type InvitationRow,
} from './invitation.store.js';
import { findPersonByEmail, insertPassword, insertPerson, type PersonRow } from './person.store.js';

const tokenBytes = 24;
const validMs = 14 * 24 * 60 * 60 * 1000;

export interface Invite {
  readonly actor: Actor;
  readonly name: string;
  readonly email: string;
  readonly kind: PersonRow['kind'];
  readonly role: PersonRow['role'];
  readonly partnerId: string | null;
}

/** The only moment at which the link's token is known. */
export interface IssuedInvitation extends InvitationRow {
  readonly token: string;
}

/** How an invited person is told. */
export type SendInvitation = (uow: UnitOfWork, invitation: IssuedInvitation) => Promise<void>;

/**
 * Offers somebody a way in, for fourteen days; an earlier offer to the same address ends. Who offers may do so is settled by the
 * caller.
 * @throws EmailTaken when somebody signs in with that address already
 */
export async function invitePerson(uow: UnitOfWork, send: SendInvitation, invite: Invite): Promise<IssuedInvitation> {
  const email = invite.email.toLowerCase();
  if ((await findPersonByEmail(uow.trx, email)) !== undefined) throw new EmailTaken(email);
  const token = randomBytes(tokenBytes).toString('base64url');
  const row: InvitationRow = {
    id: newId('inv'),
    token_hash: hashOfToken(token),
    name: invite.name,
    email,
    kind: invite.kind,
    role: invite.role,
    partner_id: invite.partnerId,
    invited_by: actorKey(invite.actor),
    created_at: uow.now,
    expires_at: new Date(uow.now.getTime() + validMs),
    accepted_at: null,
    withdrawn_at: null,
  };
  await withdrawInvitations(uow.trx, email, uow.now);
  await insertInvitation(uow.trx, row);
  await recordAudit(uow, {
    actor: invite.actor,
    action: 'person.invite',
    subject: { type: 'invitation', id: row.id },
    details: { kind: row.kind, role: row.role, partnerId: row.partner_id },
  });
  const issued = { ...row, token };
  await send(uow, issued);
  return issued;
}

/** Lets in who holds an invitation: from now on they sign in with their address and this password. @throws InvitationUnknown, EmailTaken */
export async function acceptInvitation(
  uow: UnitOfWork,
  accepted: { readonly token: string; readonly name: string | undefined; readonly passwordHash: string },
): Promise<PersonRow> {
  const invitation = await lockOpenInvitation(uow.trx, hashOfToken(accepted.token));
  if (invitation === undefined || invitation.expires_at <= uow.now) throw new InvitationUnknown();
  if ((await findPersonByEmail(uow.trx, invitation.email)) !== undefined) throw new EmailTaken(invitation.email);
  const person = await join(uow, invitation, { name: accepted.name ?? invitation.name, by: 'password' });
  await insertPassword(
    uow.trx,
    { id: newId('acc'), personId: person.id, passwordHash: accepted.passwordHash },
    uow.now,
  );
  return person;
}

/**
 * Lets in an invited operator for whose address the identity provider vouches: no password and no link is needed. Where nobody is
 * invited with that address, or somebody signs in with it already, nothing happens.
 */
export async function acceptByProvider(uow: UnitOfWork, address: string): Promise<void> {
  const email = address.toLowerCase();
  const invitation = await lockOperatorInvitation(uow.trx, email);
  if (invitation === undefined || invitation.expires_at <= uow.now) return;
  if ((await findPersonByEmail(uow.trx, email)) !== undefined) return;
  await join(uow, invitation, { name: invitation.name, by: 'identity-provider' });
}

async function join(
  uow: UnitOfWork,
  invitation: InvitationRow,
  { name, by }: { readonly name: string; readonly by: 'password' | 'identity-provider' },
): Promise<PersonRow> {
  const person: PersonRow = {
    id: newId('per'),
    name,
    email: invitation.email,
    // Only who reads mail at the address has the link, or the provider has seen to it.
    email_verified: true,
    image: null,
    two_factor_enabled: false,
    kind: invitation.kind,
    role: invitation.role,
    partner_id: invitation.partner_id,
    created_at: uow.now,
    updated_at: uow.now,
    ended_at: null,
  };
  await insertPerson(uow.trx, person);
  await markAccepted(uow.trx, invitation.id, uow.now);
  await recordAudit(uow, {
    actor: { kind: 'system' },
    action: 'person.join',
    subject: { type: 'person', id: person.id },
    details: { invitation: invitation.id, kind: person.kind, role: person.role, partnerId: person.partner_id, by },
  });
  return person;
}

/** A password as it is kept: salted, and slow to try. */
export function passwordHash(password: string): Promise<string> {
  return hashPassword(password);
}

export function hashOfToken(token: string): string {
  return sha256(token);
}
