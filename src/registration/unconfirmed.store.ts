import { sql, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';

export interface UnconfirmedSubmissionsTable {
  id: string;
  partner_id: string;
  /** What the page that was sent carried. */
  page_token: string;
  /** What it registers under: the page's, unless that one waits for another recipient already. */
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

/** Lets one at a time count what waits and add to it. */
export async function lockHeldForms(trx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('unconfirmed_submissions', 0))`.execute(trx);
}

/** What waits of one page, or waited: one for each address it was sent with. */
export async function heldOfPage(db: Reader, partnerId: string, pageToken: string): Promise<readonly UnconfirmedRow[]> {
  return db
    .selectFrom('unconfirmed_submissions')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .where('page_token', '=', pageToken)
    .execute();
}

export async function countHeldSince(db: Reader, since: Date): Promise<number> {
  const row = await db
    .selectFrom('unconfirmed_submissions')
    .select(({ fn }) => fn.countAll<string>().as('held'))
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(row.held);
}

/** What was typed last takes the place of what was typed before. */
export async function correctHeld(trx: Tx, id: string, sealedValues: string): Promise<void> {
  await trx.updateTable('unconfirmed_submissions').set({ sealed_values: sealedValues }).where('id', '=', id).execute();
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
