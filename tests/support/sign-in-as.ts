import { newId } from '../../src/platform/ids.js';
import type { RunningService } from './running-service.js';

/** The cookie of a person who is there already, and has been through the whole sign-in elsewhere. */
export async function signInAs(
  { db, url }: RunningService,
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
    headers: { 'content-type': 'application/json' },
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
