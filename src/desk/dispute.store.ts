import { sql, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';
import type { DisputeStatus } from './dispute.js';

export interface DisputesTable {
  id: string;
  partner_id: string;
  line_id: string | null;
  registration_id: string | null;
  deal_named: string | null;
  reason: string;
  links: JsonColumn<readonly string[]>;
  status: DisputeStatus;
  opened_at: Date;
  opened_by: string | null;
  due_on: string | null;
  settled_at: Date | null;
  settled_by: string | null;
  outcome: string | null;
  decision_id: string | null;
}

export interface DisputeMessagesTable {
  id: string;
  dispute_id: string;
  side: 'partner' | 'vendor';
  author: string;
  text: string;
  at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    disputes: DisputesTable;
    dispute_messages: DisputeMessagesTable;
  }
}

export type DisputeRow = Selectable<DisputesTable>;
export type MessageRow = Selectable<DisputeMessagesTable>;
export type DisputeMove = Partial<
  Pick<DisputeRow, 'status' | 'due_on' | 'settled_at' | 'settled_by' | 'outcome' | 'decision_id'>
>;

/** Lets one dispute of a partner at a time be opened: of two about one thing the second finds the first. */
export async function lockDisputesOf(trx: Tx, partnerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`disputes ${partnerId}`}, 0))`.execute(trx);
}

export async function insertDispute(trx: Tx, { links, ...dispute }: DisputeRow): Promise<void> {
  await trx
    .insertInto('disputes')
    .values({ ...dispute, links: JSON.stringify(links) })
    .execute();
}

export async function findDispute(db: Reader, id: string): Promise<DisputeRow | undefined> {
  return db.selectFrom('disputes').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The same, kept from being moved by somebody else until the transaction ends. */
export async function lockDispute(trx: Tx, id: string): Promise<DisputeRow | undefined> {
  return trx.selectFrom('disputes').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function updateDispute(trx: Tx, id: string, move: DisputeMove): Promise<void> {
  await trx.updateTable('disputes').set(move).where('id', '=', id).execute();
}

export async function insertMessage(trx: Tx, message: MessageRow): Promise<void> {
  await trx.insertInto('dispute_messages').values(message).execute();
}

/** Oldest first. */
export async function messagesOf(db: Reader, disputeId: string): Promise<readonly MessageRow[]> {
  return db.selectFrom('dispute_messages').selectAll().where('dispute_id', '=', disputeId).orderBy('id').execute();
}

export interface DisputeFilter {
  readonly state: 'unsettled' | 'settled' | 'all';
  readonly order: 'due' | 'newest';
  readonly partnerId?: string | undefined;
  readonly lineId?: string | undefined;
  readonly registrationId?: string | undefined;
  /** As the partner named it. */
  readonly deal?: string | undefined;
  /** `dueKey` of the last one of the page before. */
  readonly after?: string | undefined;
}

/** Where a dispute stands in the order of due times: those that wait for the partner come last. */
export function dueKey(dispute: Pick<DisputeRow, 'id' | 'due_on'>): string {
  return `${dispute.due_on ?? '9999-12-31'} ${dispute.id}`;
}

export async function listDisputes(db: Reader, filter: DisputeFilter, limit: number): Promise<readonly DisputeRow[]> {
  const key = sql<string>`(coalesce(to_char(due_on, 'YYYY-MM-DD'), '9999-12-31') || ' ' || id) collate "C"`;
  let query = db.selectFrom('disputes').selectAll().limit(limit);
  if (filter.state !== 'all') query = query.where('settled_at', filter.state === 'settled' ? 'is not' : 'is', null);
  if (filter.partnerId !== undefined) query = query.where('partner_id', '=', filter.partnerId);
  if (filter.lineId !== undefined) query = query.where('line_id', '=', filter.lineId);
  if (filter.registrationId !== undefined) query = query.where('registration_id', '=', filter.registrationId);
  if (filter.deal !== undefined) query = query.where('deal_named', '=', filter.deal);
  const byDue = filter.order === 'due';
  if (filter.after !== undefined) {
    query = byDue ? query.where(key, '>', filter.after) : query.where('id', '<', filter.after.split(' ')[1] ?? '');
  }
  return (byDue ? query.orderBy(key) : query.orderBy('id', 'desc')).execute();
}

/** How many disputes wait for the vendor's answer. */
export async function countDueDisputes(db: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from disputes where settled_at is null and due_on is not null`.execute(db);
  return rows[0]?.count ?? 0;
}
