import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * What registrations are compared by stands beside what was typed: the hash of the contact's address, which outlives an erasure,
 * the product without its spelling, and the company's name. One approved registration per product holds the company, and the contact. Where
 * claims that were approved before now turn out to be about the same prospect, the later ones keep what they hold: their
 * product is told apart by their id.
 */
export const prospectKeysMigration: Migration = {
  name: '0610-prospect-keys',
  async up(db) {
    await sql`
      alter table registrations
        add column contact_key text, add column product_key text, add column name_key text, add column answer text`.execute(
      db,
    );
    await sql`
      update registrations set
        contact_key = 'address:' || encode(sha256(convert_to(coalesce(contact.email, registrations.id), 'UTF8')), 'hex'),
        product_key = lower(btrim(regexp_replace(normalize(registrations.product, NFKC), '\\s+', ' ', 'g'))),
        name_key = lower(btrim(regexp_replace(normalize(registrations.company_name, NFKC), '\\s+', ' ', 'g')))
      from registrations as own left join registration_contacts as contact on contact.registration_id = own.id
      where own.id = registrations.id`.execute(db);
    await sql`
      update registrations set product_key = product_key || ' ' || id
      where holds_company and exists (
        select 1 from registrations as earlier
        where earlier.holds_company and earlier.product_key = registrations.product_key
          and (earlier.company_key = registrations.company_key or earlier.contact_key = registrations.contact_key)
          and (earlier.approved_at, earlier.id) < (registrations.approved_at, registrations.id))`.execute(db);
    await sql`
      alter table registrations
        alter column contact_key set not null, alter column product_key set not null, alter column name_key set not null`.execute(
      db,
    );
    await sql`drop index registrations_one_holder`.execute(db);
    await sql`
      create unique index registrations_one_holder on registrations (company_key, product_key) where holds_company`.execute(
      db,
    );
    await sql`
      create unique index registrations_one_contact on registrations (contact_key, product_key) where holds_company`.execute(
      db,
    );
    await sql`create index registrations_by_contact on registrations (contact_key, submitted_at)`.execute(db);
    await sql`create index registrations_by_name on registrations (name_key)`.execute(db);
    await sql`drop index registration_contacts_by_email`.execute(db);
    await sql`alter table registrations drop constraint registrations_submission_token_key`.execute(db);
    await sql`
      alter table registrations
        add constraint registrations_by_submission_token unique (partner_id, submission_token)`.execute(db);
  },
};
