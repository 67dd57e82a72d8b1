import { sql, type Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn } from '../platform/platform-tables.js';

export interface PayoutsTable {
  id: string;
  entry_id: string;
  partner_id: string;
  currency: string;
  amount_minor: BigintColumn;
  method: 'external';
  reference: string;
  paid_on: string;
  idempotency_key: string;
  created_by: string;
  created_at: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    payouts: PayoutsTable;
  }
}

export type PayoutRow = Selectable<PayoutsTable>;

export async function insertPayouts(trx: Tx, payouts: readonly PayoutRow[]): Promise<void> {
  await trx
    .insertInto('payouts')
    .values([...payouts])
    .execute();
}

export async function findPayoutsByKeys(db: Reader, idempotencyKeys: readonly string[]): Promise<readonly PayoutRow[]> {
  return db
    .selectFrom('payouts')
    .selectAll()
    .where('idempotency_key', '=', sql<string>`any(${[...idempotencyKeys]}::text[])`)
    .orderBy('id')
    .execute();
}

/** The payouts that were booked by these entries; entries of anything else are left out. */
export async function payoutsOfEntries(db: Reader, entryIds: readonly string[]): Promise<readonly PayoutRow[]> {
  return db
    .selectFrom('payouts')
    .selectAll()
    .where('entry_id', '=', sql<string>`any(${[...entryIds]}::text[])`)
    .execute();
}

/** Those of the payouts that were booked before a moment. */
export async function payoutsBookedBefore(
  db: Reader,
  payoutIds: readonly string[],
  moment: Date,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('payouts')
    .select('id')
    .where('id', '=', sql<string>`any(${[...payoutIds]}::text[])`)
    .where('created_at', '<', moment)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
