import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn } from '../platform/platform-tables.js';
import type { AccountCode } from './chart-of-accounts.js';
import type { EntryKind } from './entry-kinds.js';
import { faultOfEntry, type JournalEntry } from './entry.js';
import { EntryAlreadyBooked, IllegalEntry } from './journal-errors.js';

export interface JournalEntryRow {
  id: string;
  kind: EntryKind;
  idempotency_key: string;
  partner_id: string;
  deal_id: string | null;
  occurred_on: string;
  booked_at: Date;
  memo: string;
  posting_count: number;
}

export interface PostingRow {
  entry_id: string;
  posting_count: number;
  position: number;
  account_code: AccountCode;
  partner_id: string | null;
  currency: string;
  amount_minor: BigintColumn;
}

declare module '../platform/database.js' {
  interface Tables {
    journal_entries: JournalEntryRow;
    postings: PostingRow;
  }
}

const uniqueViolation = '23505';
const idempotencyConstraint = 'journal_entries_idempotency_key';

/**
 * Books entries with their postings: one statement for all of them, no row touched but the new ones.
 * @throws IllegalEntry before anything is written, when one is not a declared, balanced entry
 * @throws EntryAlreadyBooked when one's idempotency key is taken; the transaction is then lost and has to run again
 */
export async function appendEntries(trx: Tx, entries: readonly JournalEntry[], bookedAt: Date): Promise<void> {
  for (const entry of entries) {
    const fault = faultOfEntry(entry);
    if (fault !== null) throw new IllegalEntry(`entry ${entry.idempotencyKey}: ${fault}`);
  }
  if (entries.length === 0) return;
  try {
    await insertEntries(trx, entries, bookedAt);
  } catch (error) {
    if (isTakenKey(error)) throw new EntryAlreadyBooked('an entry of this batch is booked already', { cause: error });
    throw error;
  }
}

/** What an account holds per currency, debits positive. Always a sum over the postings. */
export async function accountBalances(
  db: Reader,
  account: { readonly code: AccountCode; readonly partnerId: string | null },
): Promise<ReadonlyMap<string, bigint>> {
  const rows = await db
    .selectFrom('postings')
    .select(({ fn }) => ['currency', fn.sum<string>('amount_minor').as('balance')])
    .where('account_code', '=', account.code)
    .where('partner_id', account.partnerId === null ? 'is' : '=', account.partnerId)
    .groupBy('currency')
    .orderBy('currency')
    .execute();
  return new Map(rows.map((row) => [row.currency, BigInt(row.balance)]));
}

async function insertEntries(trx: Tx, entries: readonly JournalEntry[], bookedAt: Date): Promise<void> {
  const postings = entries.flatMap((entry) =>
    entry.postings.map((posting, index) => ({ ...posting, entry, position: index + 1 })),
  );
  await sql`
    with entry as (
      insert into journal_entries
        (id, kind, idempotency_key, partner_id, deal_id, occurred_on, booked_at, memo, posting_count)
      select id, kind, idempotency_key, partner_id, deal_id, occurred_on, ${bookedAt}, memo, posting_count
      from unnest(
        ${entries.map((entry) => entry.id)}::text[],
        ${entries.map((entry) => entry.kind)}::text[],
        ${entries.map((entry) => entry.idempotencyKey)}::text[],
        ${entries.map((entry) => entry.partnerId)}::text[],
        ${entries.map((entry) => entry.dealId)}::text[],
        ${entries.map((entry) => entry.occurredOn)}::date[],
        ${entries.map((entry) => entry.memo)}::text[],
        ${entries.map((entry) => entry.postings.length)}::smallint[]
      ) as new (id, kind, idempotency_key, partner_id, deal_id, occurred_on, memo, posting_count)
    )
    insert into postings (entry_id, posting_count, position, account_code, partner_id, currency, amount_minor)
    select * from unnest(
      ${postings.map(({ entry }) => entry.id)}::text[],
      ${postings.map(({ entry }) => entry.postings.length)}::smallint[],
      ${postings.map(({ position }) => position)}::smallint[],
      ${postings.map(({ account }) => account)}::text[],
      ${postings.map(({ partnerId }) => partnerId)}::text[],
      ${postings.map(({ currency }) => currency)}::text[],
      ${postings.map(({ amountMinor }) => String(amountMinor))}::bigint[]
    )`.execute(trx);
}

/** By `code` and `constraint`, as the error classes of the two engines differ. */
function isTakenKey(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === uniqueViolation &&
    'constraint' in error &&
    error.constraint === idempotencyConstraint
  );
}
