import { sql, type Generated, type Insertable, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';

export interface MailsTable {
  id: string;
  /** What it is about, such as `invitation`. */
  topic: string;
  recipient: string;
  subject: string;
  /** Null once it was handed over, or withheld. */
  sealed_body: string | null;
  created_at: Date;
  sent_at: Date | null;
  /** When its reader's choice kept it from being sent. */
  withheld_at: Date | null;
  /** Whether anybody may have typed the address. */
  to_stranger: Generated<boolean>;
}

declare module '../platform/database.js' {
  interface Tables {
    mails: MailsTable;
  }
}

export type MailRow = Selectable<MailsTable>;
export const mailStates = ['waiting', 'sent', 'withheld'] as const;
type MailState = (typeof mailStates)[number];

export async function insertMail(trx: Tx, mail: Insertable<MailsTable>): Promise<void> {
  await trx.insertInto('mails').values(mail).execute();
}

/** Lets one at a time count what a mailbox was sent and send it more, until the transaction ends. */
export async function lockMailbox(trx: Tx, mailbox: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mailbox ${mailbox}`}, 0))`.execute(trx);
}

/** Lets one at a time count what strangers were sent and send one more, until the transaction ends. */
export async function lockStrangersMail(trx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('mail to strangers', 0))`.execute(trx);
}

/** How many mails went since a moment to addresses that anybody may have typed. */
export async function countMailsToStrangers(db: Reader, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from mails where to_stranger and created_at > ${since}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** How many mails about something a mailbox was sent since a moment. */
export async function countMailsTo(
  db: Reader,
  { mailbox, topic, since }: { readonly mailbox: string; readonly topic: string; readonly since: Date },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from mails
    where ${mailbox} = case when split_part(lower(recipient), '@', 2) in ('gmail.com', 'googlemail.com')
        then replace(split_part(split_part(lower(recipient), '@', 1), '+', 1), '.', '') || '@gmail.com'
        else regexp_replace(lower(recipient), '[+][^@]*@', '@') end and topic = ${topic} and created_at > ${since}
      and withheld_at is null`.execute(db);
  return rows[0]?.count ?? 0;
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
  filter: { readonly state?: MailState | undefined; readonly beforeId?: string | undefined },
  limit: number,
): Promise<readonly MailRow[]> {
  return db
    .selectFrom('mails')
    .selectAll()
    .$if(filter.state === 'waiting', (query) => query.where('sealed_body', 'is not', null))
    .$if(filter.state === 'sent', (query) => query.where('sent_at', 'is not', null))
    .$if(filter.state === 'withheld', (query) => query.where('withheld_at', 'is not', null))
    .$if(filter.beforeId !== undefined, (query) => query.where('id', '<', filter.beforeId ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Ids of every mail that was not handed over yet. */
export async function waitingMails(db: Reader): Promise<readonly string[]> {
  const rows = await db.selectFrom('mails').select('id').where('sealed_body', 'is not', null).orderBy('id').execute();
  return rows.map((row) => row.id);
}

export async function countWaitingMails(db: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from mails where sealed_body is not null`.execute(db);
  return rows[0]?.count ?? 0;
}
