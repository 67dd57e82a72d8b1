import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { JsonColumn } from '../platform/platform-tables.js';

/** A partner's part in a registration, as decimal text. */
export interface StoredShare {
  readonly partnerId: string;
  readonly percent: string;
}

export interface RegistrationSharesTable {
  registration_id: string;
  number: number;
  shares: JsonColumn<readonly StoredShare[]>;
  reason: string;
  recorded_at: Date;
  recorded_by: string;
}

declare module '../platform/database.js' {
  interface Tables {
    registration_shares: RegistrationSharesTable;
  }
}

/** Adds the shares that hold from now on. The caller holds a lock on the registration. */
export async function insertShares(
  trx: Tx,
  registrationId: string,
  shares: readonly StoredShare[],
  recorded: { readonly reason: string; readonly at: Date; readonly by: string },
): Promise<void> {
  await sql`
    insert into registration_shares (registration_id, number, shares, reason, recorded_at, recorded_by)
    select ${registrationId}, coalesce(max(number), 0) + 1, ${JSON.stringify(shares)}::jsonb, ${recorded.reason},
      ${recorded.at}, ${recorded.by}
    from registration_shares where registration_id = ${registrationId}`.execute(trx);
}

/** The shares that hold now; registrations that are not shared are left out. */
export async function sharesOfRegistrations(
  db: Reader,
  registrationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredShare[]>> {
  if (registrationIds.length === 0) return new Map();
  const { rows } = await sql<{ registration_id: string; shares: readonly StoredShare[] }>`
    select distinct on (registration_id) registration_id, shares from registration_shares
    where registration_id = any(${[...registrationIds]}::text[])
    order by registration_id, number desc`.execute(db);
  return new Map(rows.filter(({ shares }) => shares.length > 0).map((row) => [row.registration_id, row.shares]));
}

/** Ids of the registrations that these partners share in, or did. */
export async function registrationIdsSharedBy(db: Reader, partnerIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ registration_id: string }>`
    select distinct registration_id from registration_shares
    where shares @> any(${partnerIds.map((partnerId) => JSON.stringify([{ partnerId }]))}::jsonb[])`.execute(db);
  return rows.map((row) => row.registration_id);
}
