import type { Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';

export interface MailsTable {
  id: string;
  /** What it is about, such as `invitation`. */
  topic: string;
  recipient: string;
  subject: string;
  /** Null once it was handed over. */
  sealed_body: string | null;
  created_at: Date;
  sent_at: Date | null;
}

declare module '../platform/database.js' {
  interface Tables {
    mails: MailsTable;
  }
}

export type MailRow = Selectable<MailsTable>;

export async function insertMail(trx: Tx, mail: MailRow): Promise<void> {
  await trx.insertInto('mails').values(mail).execute();
}

export async function findMail(db: Reader, id: string): Promise<MailRow | undefined> {
  return db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function markSent(trx: Tx, id: string, now: Date): Promise<void> {
  await trx.updateTable('mails').set({ sent_at: now, sealed_body: null }).where('id', '=', id).execute();
}

/** Newest first. */
export async function listMails(
  db: Reader,
  filter: { readonly state?: 'waiting' | 'sent' | undefined; readonly beforeId?: string | undefined },
  limit: number,
): Promise<readonly MailRow[]> {
  return db
    .selectFrom('mails')
    .selectAll()
    .$if(filter.state === 'waiting', (query) => query.where('sent_at', 'is', null))
    .$if(filter.state === 'sent', (query) => query.where('sent_at', 'is not', null))
    .$if(filter.beforeId !== undefined, (query) => query.where('id', '<', filter.beforeId ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Ids of every mail that was not handed over yet. */
export async function waitingMails(db: Reader): Promise<readonly string[]> {
  const rows = await db.selectFrom('mails').select('id').where('sent_at', 'is', null).orderBy('id').execute();
  return rows.map((row) => row.id);
}
