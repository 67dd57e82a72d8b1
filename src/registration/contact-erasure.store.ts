import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import { erasedMark, type Person } from '../platform/personal-data.js';
import type { PersonalPlace } from '../platform/personal-place.js';
import type { Secrets } from '../platform/secrets.js';
import type { FormValue } from './form-values.js';
import type { ContactRow, RegistrationRow } from './registration.store.js';

/** Places of this stage in which contacts and those who sent forms stand. */
export function registrationPlaces(secrets: Secrets): readonly PersonalPlace[] {
  return [contacts, registrations, heldForms(secrets)];
}

const contacts: PersonalPlace = {
  table: 'registration_contacts',
  recognise: async (db, address) => {
    const rows = await contactsAt(db, [address]);
    return {
      names: rows.map((row) => ({ first: row.first_name, last: row.last_name })),
      phones: rows.flatMap((row) => row.phone ?? []),
      ids: rows.map((row) => row.registration_id),
    };
  },
  find: async (db, { addresses }) => [
    ...(await contactsAt(db, addresses)).map((row) => ({
      registrationId: row.registration_id,
      firstName: row.first_name,
      lastName: row.last_name,
      email: row.email,
      phone: row.phone,
    })),
    ...(await sentFrom(db, addresses)).map((row) => ({
      registrationId: row.registration_id,
      submitterEmail: row.submitter_email,
    })),
  ],
  erase: async ({ trx }, { addresses }) => {
    const rows = await contactsAt(trx, addresses);
    const erased = await eraseContacts(
      trx,
      rows.map((row) => row.registration_id),
    );
    const sent = await sentFrom(trx, addresses);
    if (sent.length > 0) {
      await trx
        .updateTable('registration_contacts')
        .set({ submitter_email: null })
        .where(
          'registration_id',
          'in',
          sent.map((row) => row.registration_id),
        )
        .execute();
    }
    return erased + sent.length;
  },
};

const registrations: PersonalPlace = {
  table: 'registrations',
  recognise: async (db, address) => {
    const ids = (await contactsAt(db, [address])).map((row) => row.registration_id);
    const phones = (await answered(db, ids)).flatMap((row) =>
      row.form_values.flatMap(({ type, text }) => (type === 'phone' ? [text] : [])),
    );
    return { phones };
  },
  find: async (db, { ids }) => {
    const rows = await ofIds(db, ids);
    return rows.map((row) => ({
      registrationId: row.id,
      company: row.company_name,
      submittedAt: row.submitted_at.toISOString(),
      partnerId: row.partner_id,
      note: row.note,
      attestation: row.attestation,
      answers: row.form_values.map(({ label, text }) => ({ label, text })),
    }));
  },
  erase: async ({ trx }, { ids, keys }) => {
    const blanked = await eraseFreeAnswers(trx, ids);
    let rekeyed = 0;
    for (const { was, becomes } of keys) rekeyed += await replaceKey(trx, was, becomes);
    return Math.max(blanked, rekeyed);
  },
};

function heldForms(secrets: Secrets): PersonalPlace {
  const held = async (db: Reader, { addresses, keys }: Person) => {
    const rows = await db.selectFrom('unconfirmed_submissions').selectAll().execute();
    const recipients = new Set(keys.map(({ was }) => was));
    return rows.flatMap((row) => {
      const typed = row.sealed_values === null ? '' : secrets.open(row.sealed_values);
      const isTheirs = recipients.has(row.recipient_key) || addresses.some((one) => typed.toLowerCase().includes(one));
      return isTheirs ? [{ id: row.id, typed, createdAt: row.created_at.toISOString() }] : [];
    });
  };
  return {
    table: 'unconfirmed_submissions',
    find: held,
    erase: async ({ trx }, person) => {
      const ids = (await held(trx, person)).map(({ id }) => id);
      if (ids.length > 0) await trx.deleteFrom('unconfirmed_submissions').where('id', 'in', ids).execute();
      return ids.length;
    },
  };
}

async function contactsAt(db: Reader, addresses: readonly string[]): Promise<readonly ContactRow[]> {
  return db
    .selectFrom('registration_contacts')
    .selectAll()
    .where('email', '=', sql<string>`any(${[...addresses]}::text[])`)
    .orderBy('registration_id')
    .execute();
}

async function sentFrom(db: Reader, addresses: readonly string[]): Promise<readonly ContactRow[]> {
  return db
    .selectFrom('registration_contacts')
    .selectAll()
    .where(sql<boolean>`lower(submitter_email) = any(${[...addresses]}::text[])`)
    .execute();
}

/** The contacts of these registrations, whoever they are, are gone. */
export async function eraseContacts(trx: Tx, registrationIds: readonly string[]): Promise<number> {
  const deleted = await trx
    .deleteFrom('registration_contacts')
    .where('registration_id', '=', sql<string>`any(${[...registrationIds]}::text[])`)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}

async function ofIds(db: Reader, ids: readonly string[]): Promise<readonly RegistrationRow[]> {
  return db
    .selectFrom('registrations')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .orderBy('id')
    .execute();
}

async function answered(db: Reader, ids: readonly string[]): Promise<readonly RegistrationRow[]> {
  return (await ofIds(db, ids)).filter((row) => row.form_values.length > 0);
}

const freeTypes = new Set<FormValue['type']>(['text', 'long-text', 'phone']);

/** What was typed freely may name anybody; what was chosen, counted or dated does not. @returns how many registrations it changed */
export async function eraseFreeAnswers(trx: Tx, ids: readonly string[]): Promise<number> {
  let changed = 0;
  for (const row of await answered(trx, ids)) {
    const isFree = ({ type, text }: FormValue): boolean => freeTypes.has(type) && text !== erasedMark;
    if (!row.form_values.some(isFree)) continue;
    const values = row.form_values.map((value) =>
      isFree(value) ? { ...value, value: erasedMark, text: erasedMark } : value,
    );
    await trx
      .updateTable('registrations')
      .set({ form_values: JSON.stringify(values) })
      .where('id', '=', row.id)
      .execute();
    changed += 1;
  }
  return changed;
}

/** Anybody can compute the hash of an address they guess; the keyed one only this installation. */
async function replaceKey(trx: Tx, was: string, becomes: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update registrations set
      contact_key = case when contact_key = ${was} then ${becomes} else contact_key end,
      company_key = case when company_key = ${was} then ${becomes} else company_key end
    where contact_key = ${was} or company_key = ${was}`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/** Registrations whose claim still stands, later ones first: whoever ends them must not have one move up after another. */
export async function standingOf(db: Reader, ids: readonly string[]): Promise<readonly RegistrationRow[]> {
  const standing = ['draft', 'submitted', 'in_review', 'returned', 'waiting', 'approved'];
  return (await ofIds(db, ids))
    .filter((row) => standing.includes(row.status))
    .sort((a, b) => Number(a.status === 'approved') - Number(b.status === 'approved') || (a.id < b.id ? 1 : -1));
}

/** Addresses of the contacts of these registrations. */
export async function addressesOf(db: Reader, registrationIds: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('registration_contacts')
    .select('email')
    .distinct()
    .where('registration_id', '=', sql<string>`any(${[...registrationIds]}::text[])`)
    .execute();
  return rows.map((row) => row.email);
}

/** What a record of the CRM was called where it stood as evidence. */
export async function eraseLabelsOf(trx: Tx, objectType: string, crmId: string): Promise<number> {
  const changed = await trx
    .updateTable('registration_conflicts')
    .set({ label: erasedMark })
    .where('source', '=', 'crm')
    .where('object_type', '=', objectType)
    .where('reference', '=', crmId)
    .where('label', '<>', erasedMark)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows);
}

export type EndedStatus = 'rejected' | 'withdrawn' | 'expired';

/** Contacts of registrations that ended before a moment, the oldest first. */
export async function contactsEndedBefore(
  db: Reader,
  statuses: readonly EndedStatus[],
  before: Date,
  limit: number,
): Promise<readonly ContactRow[]> {
  return (
    db
      .selectFrom('registrations')
      .innerJoin('registration_contacts', 'registration_contacts.registration_id', 'registrations.id')
      .selectAll('registration_contacts')
      .where('registrations.status', 'in', statuses)
      // Of one that ran out, the decision was its approval.
      .where(
        sql<boolean>`case registrations.status when 'expired' then registrations.updated_at
        else coalesce(registrations.decided_at, registrations.updated_at) end < ${before}`,
      )
      .orderBy('registrations.id')
      .limit(limit)
      .execute()
  );
}

/** What ended long ago is compared with nothing: no hash of an address is kept for it. */
export async function forgetKeys(trx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    update registrations set
      company_key = case when company_key = contact_key then 'forgotten:' || id else company_key end,
      contact_key = 'forgotten:' || id
    where id = any(${[...ids]}::text[])`.execute(trx);
}
