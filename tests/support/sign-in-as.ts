import { insertPerson } from '../../src/access/person.store.js';
import type { OperatorRole } from '../../src/access/rights.js';
import { newId } from '../../src/platform/ids.js';
import type { RunningService } from './running-service.js';

/** Whoever signs in: an operator in a role, or somebody at a partner. */
export type PersonRole = OperatorRole | 'partner-owner' | 'partner-member';

/** Somebody new in this role, who has been through the whole sign-in elsewhere. @returns the cookie */
export async function newSession(service: RunningService, role: PersonRole, partnerId: string): Promise<string> {
  const isPartner = role === 'partner-owner' || role === 'partner-member';
  const id = newId('per');
  const email = `${id}@roles.test`;
  const now = new Date();
  await service.db.transaction().execute((trx) =>
    insertPerson(trx, {
      ...{ id, name: role, email, email_verified: true, image: null, created_at: now, updated_at: now },
      ...{ kind: isPartner ? 'partner' : 'operator', partner_id: isPartner ? partnerId : null, ended_at: null },
      role: isPartner ? (role === 'partner-owner' ? 'owner' : 'member') : role,
    }),
  );
  return signInAs(service, { id, email, isPartner });
}

/** The cookie of a person who is there already, and has been through the whole sign-in elsewhere. */
export async function signInAs(
  { db, url }: Pick<RunningService, 'db' | 'url'>,
  { id, email, isPartner }: { readonly id: string; readonly email: string; readonly isPartner: boolean },
): Promise<string> {
  const password = 'correct horse battery';
  const { hashPassword } = await import('better-auth/crypto');
  const now = new Date();
  const account = { accountId: id, providerId: 'credential', userId: id, password: await hashPassword(password) };
  await db
    .insertInto('account')
    .values({ id: newId('acc'), ...account, createdAt: now, updatedAt: now })
    .execute();
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  await response.arrayBuffer();
  // The second factor is set up after the session began, as at a first sign-in.
  if (!isPartner) await db.updateTable('people').set({ two_factor_enabled: true }).where('id', '=', id).execute();
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
