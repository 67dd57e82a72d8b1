import { sql } from 'kysely';
import type { PersonalPlace } from '../platform/personal-place.js';
import type { Reader } from '../platform/database.js';

/** Where a company is known by nothing but the address of its contact, the hash of that address stands for it. */
const companies: PersonalPlace = {
  table: 'crm_companies',
  find: () => Promise.resolve([]),
  erase: async ({ trx }, { keys }) => {
    let changed = 0;
    for (const { was, becomes } of keys) {
      const updated = await trx
        .updateTable('crm_companies')
        .set({ company_key: becomes })
        .where('company_key', '=', was)
        .executeTakeFirst();
      changed += Number(updated.numUpdatedRows);
    }
    return changed;
  },
};

export const crmPlaces: readonly PersonalPlace[] = [companies];

/** Registrations whose contact this is in the CRM. */
export async function registrationsOfContact(
  db: Reader,
  connectionId: string,
  crmContactId: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('crm_links')
    .select('registration_id')
    .where('connection_id', '=', connectionId)
    .where('crm_contact_id', '=', crmContactId)
    .execute();
  return rows.map((row) => row.registration_id);
}

/** The records of contacts in CRMs that these registrations name. */
export async function crmContactsOf(db: Reader, registrationIds: readonly string[]) {
  return db
    .selectFrom('crm_links')
    .select(['connection_id', 'crm_contact_id', 'deal_id', 'crm_lead_id', 'deal_started_at', 'lead_started_at'])
    .select('registration_id')
    .where('registration_id', '=', sql<string>`any(${[...registrationIds]}::text[])`)
    .orderBy('registration_id')
    .execute();
}
