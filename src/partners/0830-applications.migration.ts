import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Companies that ask to become partners, before anybody decided; and what was sent again while one waited. */
export const applicationsMigration: Migration = {
  name: '0830-applications',
  async up(db) {
    await sql`
      create table partner_applications (
        id text primary key,
        company_name text not null,
        website text not null,
        -- What the company is recognised by: its domain, or the hashed address where it has none of its own.
        company_key text not null,
        country text not null,
        contact_name text not null,
        contact_email text not null check (contact_email = lower(contact_email)),
        type text not null,
        message text,
        status text not null check (status in ('open', 'accepted', 'rejected')),
        partner_id text references partners (id),
        reason text,
        submitted_at timestamptz not null,
        decided_at timestamptz,
        decided_by text,
        check ((status = 'accepted') = (partner_id is not null)),
        check ((status = 'open') = (decided_at is null))
      )`.execute(db);
    await sql`
      create unique index partner_applications_one_per_company on partner_applications (company_key)
      where status = 'open'`.execute(db);
    await sql`
      create unique index partner_applications_one_per_address on partner_applications (contact_email)
      where status = 'open'`.execute(db);
    await sql`create index partner_applications_by_status on partner_applications (status, id)`.execute(db);
    await sql`create index partner_applications_by_company on partner_applications (company_key)`.execute(db);
    await sql`create index partner_applications_by_address on partner_applications (contact_email)`.execute(db);
    await sql`
      create table partner_application_repeats (
        id text primary key,
        application_id text not null references partner_applications (id),
        company_name text not null,
        contact_name text not null,
        contact_email text not null,
        message text,
        at timestamptz not null
      )`.execute(db);
    await sql`create index partner_application_repeats_of on partner_application_repeats (application_id, id)`.execute(
      db,
    );
  },
};
