import { sql, type Selectable } from 'kysely';
import type { Reader } from '../platform/database.js';
import type { JournalEntryRow, PostingRow } from './journal.store.js';

export interface JournalFilter {
  readonly partnerId?: string | undefined;
  readonly dealId?: string | undefined;
  readonly kind?: string | undefined;
  readonly account?: string | undefined;
  readonly currency?: string | undefined;
  /** Days, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only entries older than this one. */
  readonly beforeId?: string | undefined;
}

export interface EntryWithPostings {
  readonly entry: Selectable<JournalEntryRow>;
  readonly postings: readonly Selectable<PostingRow>[];
}

/** Entries that match with all their postings, the last one first: ids are made in the order of time. */
export async function listEntries(
  db: Reader,
  filter: JournalFilter,
  limit: number,
): Promise<readonly EntryWithPostings[]> {
  const { partnerId, dealId, kind, account, currency, from, to, beforeId } = filter;
  let query = db.selectFrom('journal_entries').selectAll().orderBy('id', 'desc').limit(limit);
  if (partnerId !== undefined) query = query.where('partner_id', '=', partnerId);
  if (dealId !== undefined) query = query.where('deal_id', '=', dealId);
  if (kind !== undefined) query = query.where(sql<string>`kind`, '=', kind);
  if (from !== undefined) query = query.where('occurred_on', '>=', from);
  if (to !== undefined) query = query.where('occurred_on', '<=', to);
  if (beforeId !== undefined) query = query.where('id', '<', beforeId);
  if (account !== undefined || currency !== undefined) {
    query = query.where((where) => {
      let posted = where
        .selectFrom('postings')
        .select('position')
        .whereRef('postings.entry_id', '=', 'journal_entries.id');
      if (account !== undefined) posted = posted.where(sql<string>`account_code`, '=', account);
      if (currency !== undefined) posted = posted.where('currency', '=', currency);
      return where.exists(posted);
    });
  }
  const entries = await query.execute();
  const ids = entries.map(({ id }) => id);
  const postings = await db
    .selectFrom('postings')
    .selectAll()
    .where('entry_id', '=', sql<string>`any(${ids}::text[])`)
    .orderBy('entry_id')
    .orderBy('position')
    .execute();
  return entries.map((entry) => ({ entry, postings: postings.filter((posting) => posting.entry_id === entry.id) }));
}
