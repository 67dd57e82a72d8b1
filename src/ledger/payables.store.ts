import { sql, type RawBuilder } from 'kysely';
import { isCurrency, type Currency } from '../money/currency.js';
import { assert } from '../platform/assert.js';
import type { Reader } from '../platform/database.js';
import type { EntryKind } from './entry-kinds.js';

/**
 * What each entry changed for its partner, as a relation to join with: `entry_id, kind, partner_id, deal_id, currency,
 * amount_minor`, positive where the partner, or the customer it referred, gained. For the checks of the stages that book: the journal's tables are the
 * ledger's own.
 */
export const payablesByEntry: RawBuilder<unknown> = sql`(
  select e.id as entry_id, e.kind, e.partner_id, e.deal_id, p.currency, -sum(p.amount_minor) as amount_minor
  from journal_entries e join postings p on p.entry_id = e.id and p.account_code in ('partner-payable', 'customer-rewards')
  group by e.id, p.currency
)`;

/**
 * What the program owed a partner per currency at a moment, from everything booked before it; below zero, what the partner owed. By
 * when an entry was booked and not by the day it belongs to: what is booked later changes no balance that somebody has read.
 */
export async function payablesBefore(
  db: Reader,
  partnerId: string,
  moment: Date,
): Promise<ReadonlyMap<Currency, bigint>> {
  const { rows } = await sql<{ currency: string; amount_minor: string }>`
    select p.currency, -sum(p.amount_minor) as amount_minor
    from postings p join journal_entries e on e.id = p.entry_id
    where p.partner_id = ${partnerId} and p.account_code = 'partner-payable' and e.booked_at < ${moment}
    group by p.currency`.execute(db);
  return new Map(rows.map((row) => [currencyOf(row.currency), BigInt(row.amount_minor)]));
}

/** What one entry changed for its partner; positive where the partner gained. */
export interface PayableChange {
  readonly entryId: string;
  readonly kind: EntryKind;
  readonly occurredOn: string;
  readonly bookedAt: Date;
  readonly memo: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
}

/** What was booked for a partner from a moment up to, not including, another one; in the order of booking. */
export async function payablesBetween(
  db: Reader,
  partnerId: string,
  from: Date,
  until: Date,
): Promise<readonly PayableChange[]> {
  const { rows } = await sql<{
    id: string;
    kind: EntryKind;
    occurred_on: string;
    booked_at: Date;
    memo: string;
    currency: string;
    amount_minor: string;
  }>`
    select e.id, e.kind, e.occurred_on, e.booked_at, e.memo, p.currency, -sum(p.amount_minor) as amount_minor
    from postings p join journal_entries e on e.id = p.entry_id
    where p.partner_id = ${partnerId} and p.account_code = 'partner-payable'
      and e.booked_at >= ${from} and e.booked_at < ${until}
    group by e.id, p.currency order by e.booked_at, e.id`.execute(db);
  return rows.map((row) => ({
    entryId: row.id,
    kind: row.kind,
    occurredOn: row.occurred_on,
    bookedAt: row.booked_at,
    memo: row.memo,
    currency: currencyOf(row.currency),
    amountMinor: BigInt(row.amount_minor),
  }));
}

/** Only what `isCurrency` knew was ever booked. */
function currencyOf(code: string): Currency {
  assert(isCurrency(code), `${code} to be a currency`);
  return code;
}
