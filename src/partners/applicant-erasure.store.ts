import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import { erasedMark, type Person } from '../platform/personal-data.js';
import { nameInParts, type PersonalPlace } from '../platform/personal-place.js';

/** An address that belongs to nobody, for columns that must have one. */
function nobodyAt(id: string): string {
  return `${id}@erased.invalid`;
}

const applications: PersonalPlace = {
  table: 'partner_applications',
  recognise: async (db, address) => {
    const rows = await applicationsFrom(db, [address]);
    return { names: rows.map((row) => nameInParts(row.contact_name)), ids: rows.map((row) => row.id) };
  },
  find: async (db, { addresses }) =>
    (await applicationsFrom(db, addresses)).map((row) => ({
      id: row.id,
      company: row.company_name,
      website: row.website,
      name: row.contact_name,
      email: row.contact_email,
      message: row.message,
      status: row.status,
      submittedAt: row.submitted_at.toISOString(),
    })),
  /** Nobody is there any more whom one that is still open could be answered. */
  erase: async ({ trx, now }, { addresses, keys }) => {
    const rows = await applicationsFrom(trx, addresses);
    for (const { id, status } of rows) {
      await trx
        .updateTable('partner_applications')
        .set({
          contact_name: erasedMark,
          contact_email: nobodyAt(id),
          message: null,
          ...(status === 'open'
            ? { status: 'rejected' as const, decided_at: now, reason: 'The applicant was erased.' }
            : {}),
        })
        .where('id', '=', id)
        .execute();
    }
    for (const { was, becomes } of keys) {
      await trx
        .updateTable('partner_applications')
        .set({ company_key: becomes })
        .where('company_key', '=', was)
        .execute();
    }
    return rows.length;
  },
};

const repeats: PersonalPlace = {
  table: 'partner_application_repeats',
  recognise: async (db, address) => {
    const rows = await repeatsFrom(db, [address]);
    return { names: rows.map((row) => nameInParts(row.contact_name)), ids: rows.map((row) => row.id) };
  },
  find: async (db, { addresses }) =>
    (await repeatsFrom(db, addresses)).map((row) => ({
      applicationId: row.application_id,
      company: row.company_name,
      name: row.contact_name,
      email: row.contact_email,
      message: row.message,
      at: row.at.toISOString(),
    })),
  erase: async ({ trx }, { addresses }) => {
    const rows = await repeatsFrom(trx, addresses);
    for (const { id } of rows) {
      await trx
        .updateTable('partner_application_repeats')
        .set({ contact_name: erasedMark, contact_email: nobodyAt(id), message: null })
        .where('id', '=', id)
        .execute();
    }
    return rows.length;
  },
};

/** Those who asked to become a partner. */
export const applicantPlaces: readonly PersonalPlace[] = [applications, repeats];

async function applicationsFrom(db: Reader, addresses: Person['addresses']) {
  return db
    .selectFrom('partner_applications')
    .selectAll()
    .where('contact_email', '=', sql<string>`any(${[...addresses]}::text[])`)
    .execute();
}

async function repeatsFrom(db: Reader, addresses: Person['addresses']) {
  return db
    .selectFrom('partner_application_repeats')
    .selectAll()
    .where(sql<boolean>`lower(contact_email) = any(${[...addresses]}::text[])`)
    .execute();
}

/** The partner that is reached under this address. */
export async function partnerReachedAt(db: Reader, address: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('partners')
    .select('id')
    .where(sql<boolean>`lower(email) = ${address}`)
    .executeTakeFirst();
  return row?.id;
}

/** Who asked, of applications that were decided on before a moment, is forgotten, and what was sent again with them. @returns how many */
export async function forgetApplicantsDecidedBefore(trx: Tx, before: Date): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update partner_applications set
      contact_name = ${erasedMark}, contact_email = id || '@erased.invalid', message = null,
      company_key = case when company_key like 'address:%' then 'forgotten:' || id else company_key end
    where decided_at < ${before} and contact_email <> id || '@erased.invalid' returning id`.execute(trx);
  await sql`
    update partner_application_repeats set
      contact_name = ${erasedMark}, contact_email = id || '@erased.invalid', message = null
    where application_id = any(${rows.map(({ id }) => id)}::text[])`.execute(trx);
  return rows.length;
}
