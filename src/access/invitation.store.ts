import type { Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { PersonRow } from './person.store.js';

export interface InvitationsTable {
  id: string;
  /** Only its SHA-256 is kept. */
  token_hash: string;
  name: string;
  email: string;
  kind: PersonRow['kind'];
  role: PersonRow['role'];
  partner_id: string | null;
  /** `actorKey` of whoever invited. */
  invited_by: string;
  created_at: Date;
  expires_at: Date;
  accepted_at: Date | null;
  withdrawn_at: Date | null;
}

declare module '../platform/database.js' {
  interface Tables {
    invitations: InvitationsTable;
  }
}

export type InvitationRow = Selectable<InvitationsTable>;

export async function insertInvitation(trx: Tx, invitation: InvitationRow): Promise<void> {
  await trx.insertInto('invitations').values(invitation).execute();
}

/** An invitation nobody has accepted or withdrawn, expired ones too. */
export async function findOpenInvitation(db: Reader, tokenHash: string): Promise<InvitationRow | undefined> {
  return open(db).where('token_hash', '=', tokenHash).executeTakeFirst();
}

/** The same, kept from being accepted twice at once. */
export async function lockOpenInvitation(trx: Tx, tokenHash: string): Promise<InvitationRow | undefined> {
  return open(trx).where('token_hash', '=', tokenHash).forUpdate().executeTakeFirst();
}

/** An operator's open invitation to an address, kept from being accepted twice at once. */
export async function lockOperatorInvitation(trx: Tx, email: string): Promise<InvitationRow | undefined> {
  return open(trx).where('email', '=', email).where('kind', '=', 'operator').forUpdate().executeTakeFirst();
}

/** What is still open is offered no longer: to this address a new one goes, or its person is not wanted any more. */
export async function withdrawInvitations(trx: Tx, email: string, now: Date): Promise<void> {
  await trx
    .updateTable('invitations')
    .set({ withdrawn_at: now })
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
}

export async function markAccepted(trx: Tx, id: string, now: Date): Promise<void> {
  await trx.updateTable('invitations').set({ accepted_at: now }).where('id', '=', id).execute();
}

export async function openInvitations(
  db: Reader,
  filter: { readonly kind: PersonRow['kind']; readonly partnerId?: string },
): Promise<readonly InvitationRow[]> {
  const { kind, partnerId } = filter;
  return open(db)
    .where('kind', '=', kind)
    .$if(partnerId !== undefined, (query) => query.where('partner_id', '=', partnerId ?? ''))
    .orderBy('id')
    .execute();
}

function open(db: Reader) {
  return db.selectFrom('invitations').selectAll().where('accepted_at', 'is', null).where('withdrawn_at', 'is', null);
}
