import type { Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';

export interface UnconfirmedSubmissionsTable {
  id: string;
  partner_id: string;
  submission_token: string;
  /** SHA-256 of what the mailed link ends with. */
  link_hash: string;
  /** The hash of the address that the link was mailed to. */
  recipient_key: string;
  /** What was typed, by field name; null once it was confirmed. */
  sealed_values: string | null;
  created_at: Date;
  expires_at: Date;
  confirmed_at: Date | null;
}

declare module '../platform/database.js' {
  interface Tables {
    unconfirmed_submissions: UnconfirmedSubmissionsTable;
  }
}

export type UnconfirmedRow = Selectable<UnconfirmedSubmissionsTable>;

export async function insertUnconfirmed(trx: Tx, row: UnconfirmedRow): Promise<void> {
  await trx.insertInto('unconfirmed_submissions').values(row).execute();
}

export async function isHeld(db: Reader, partnerId: string, token: string): Promise<boolean> {
  const row = await db
    .selectFrom('unconfirmed_submissions')
    .select('id')
    .where('partner_id', '=', partnerId)
    .where('submission_token', '=', token)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many links were mailed to an address since a moment. */
export async function countMailedTo(db: Reader, recipientKey: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom('unconfirmed_submissions')
    .select(({ fn }) => fn.countAll<string>().as('mailed'))
    .where('recipient_key', '=', recipientKey)
    .where('created_at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(row.mailed);
}

export async function findByLink(db: Reader, linkHash: string, now: Date): Promise<UnconfirmedRow | undefined> {
  return db
    .selectFrom('unconfirmed_submissions')
    .selectAll()
    .where('link_hash', '=', linkHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

export async function markConfirmed(trx: Tx, id: string, now: Date): Promise<void> {
  await trx
    .updateTable('unconfirmed_submissions')
    .set({ sealed_values: null, confirmed_at: now })
    .where('id', '=', id)
    .execute();
}

export async function forgetUnconfirmed(trx: Tx, ids: readonly string[]): Promise<void> {
  await trx.deleteFrom('unconfirmed_submissions').where('id', 'in', ids).execute();
}
