import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import type { RegistrationRow } from './registration.store.js';

/** What a registration is about: the company, and the contact, by which the same prospect is known under another domain. */
export interface Prospect {
  readonly company_key: string;
  readonly contact_key: string;
}

/**
 * Serialises everybody who registers, decides or releases one prospect, so that "who was first" has one answer. The locks end
 * with the transaction, and are taken in one order by everybody.
 */
export async function lockProspect(trx: Tx, prospect: Prospect): Promise<void> {
  for (const key of [...new Set([prospect.company_key, prospect.contact_key])].sort()) await lockKey(trx, key);
}

/** Serialises everybody who decides on claims to one deal. */
export async function lockDeal(trx: Tx, dealId: string): Promise<void> {
  await lockKey(trx, dealId);
}

/** Serialises everybody who sends one page of the form. */
export async function lockSubmission(trx: Tx, token: string): Promise<void> {
  await lockKey(trx, token);
}

async function lockKey(trx: Tx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
}

const standingStatuses = ['submitted', 'in_review', 'returned', 'waiting', 'approved'] as const;

/** Claims on the same company or contact that still stand, whatever the product, oldest first. */
export async function claimsOnProspect(db: Reader, prospect: Prospect): Promise<readonly RegistrationRow[]> {
  return db
    .selectFrom('registrations')
    .selectAll()
    .where((row) =>
      row.or([row('company_key', '=', prospect.company_key), row('contact_key', '=', prospect.contact_key)]),
    )
    .where('status', 'in', standingStatuses)
    .orderBy('submitted_at')
    .orderBy('id')
    .execute();
}

/** By what the prospect of a registration is recognised. */
export interface KnownBy {
  /** As `contactKey` makes them. */
  readonly contactKeys: readonly string[];
  /** Registrable domains of companies. */
  readonly domains: readonly string[];
}

/** Whether any registration waits for an answer. */
export async function hasUnanswered(db: Reader): Promise<boolean> {
  const row = await db
    .selectFrom('registrations')
    .select('id')
    .where('status', 'in', ['submitted', 'in_review', 'returned'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Registrations of these people and companies that were neither rejected nor withdrawn, oldest first. */
export async function claimsKnownBy(
  db: Reader,
  { contactKeys, domains }: KnownBy,
): Promise<readonly RegistrationRow[]> {
  if (contactKeys.length + domains.length === 0) return [];
  return db
    .selectFrom('registrations')
    .selectAll()
    .where((row) =>
      row.or([
        row('contact_key', '=', sql<string>`any(${[...contactKeys]}::text[])`),
        // The key of a company that has a domain is that domain.
        row('company_key', '=', sql<string>`any(${[...domains]}::text[])`),
      ]),
    )
    .where('status', 'in', [...standingStatuses, 'expired'])
    .orderBy('submitted_at')
    .orderBy('id')
    .execute();
}

/** Claims on the same person and product that were approved once and hold nothing any more. */
export async function endedClaimsOfContact(
  db: Reader,
  { id, contact_key: contactKey, product_key: productKey }: RegistrationRow,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('registrations')
    .select('id')
    .where('contact_key', '=', contactKey)
    .where('product_key', '=', productKey)
    .where('id', '<>', id)
    .where('approved_at', 'is not', null)
    .where('holds_company', '=', false)
    .execute();
  return rows.map((row) => row.id);
}

/** Standing claims on a company of this name in this country, or where one of the two countries is not known. */
export async function claimsOnName(
  db: Reader,
  name: string,
  country: string | null,
): Promise<readonly RegistrationRow[]> {
  return db
    .selectFrom('registrations')
    .selectAll()
    .where('name_key', '=', name)
    .where(sql<boolean>`(country is null or ${country}::text is null or country = ${country}::text)`)
    .where('status', 'in', standingStatuses)
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(namesakesShown)
    .execute();
}

/** More companies of one name than a reviewer would read. */
const namesakesShown = 50;

/** Registrations whose approval named one of these deals. */
export async function registrationsAttachedTo(
  db: Reader,
  dealIds: readonly string[],
): Promise<readonly RegistrationRow[]> {
  return db
    .selectFrom('registrations')
    .selectAll()
    .where('attach_deal_id', '=', sql<string>`any(${[...dealIds]}::text[])`)
    .execute();
}
