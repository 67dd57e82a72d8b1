import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Contact details sit in a table of their own so that a person can be erased while registrations keep adding up.
 * `holds_company` marks the one approved registration per company and product; the partial unique index makes a second
 * approval impossible even when two reviewers press the button at once.
 */
export const registrationMigration: Migration = {
  name: '0200-registration',
  async up(db) {
    await sql`
      create table registrations (
        id text primary key,
        partner_id text not null,
        status text not null check (status in ('draft', 'submitted', 'in_review', 'approved', 'returned', 'rejected', 'waiting', 'withdrawn', 'expired')),
        source text not null check (source in ('api', 'form', 'import')),
        submission_token text unique,
        company_name text not null,
        company_domain text,
        company_key text not null,
        country text,
        product text not null default '',
        deal_name text,
        amount text,
        currency text,
        expected_close_date date,
        note text,
        availability text not null check (availability in ('clear', 'taken', 'under_review')),
        content_hash text not null,
        receipt jsonb not null,
        submitted_at timestamptz not null,
        crm_check text not null default 'pending' check (crm_check in ('pending', 'done')),
        approved_at timestamptz,
        approved_by text,
        protected_until date,
        holds_company boolean not null default false,
        attach_deal_id text,
        outcome text not null default 'open' check (outcome in ('open', 'won', 'lost')),
        decision_code text,
        decision_reason text,
        decided_at timestamptz,
        question text,
        extension_requested_at timestamptz,
        extension_reason text,
        updated_at timestamptz not null
      )`.execute(db);
    await sql`create unique index registrations_one_holder on registrations (company_key, product) where holds_company`.execute(
      db,
    );
    await sql`create index registrations_by_company on registrations (company_key, submitted_at)`.execute(db);
    await sql`create index registrations_by_attached_deal on registrations (attach_deal_id) where attach_deal_id is not null`.execute(
      db,
    );
    await sql`create index registrations_by_partner on registrations (partner_id, id)`.execute(db);
    await sql`create index registrations_by_status on registrations (status, id)`.execute(db);
    await sql`
      create table registration_contacts (
        registration_id text primary key references registrations (id),
        first_name text not null,
        last_name text not null,
        email text not null,
        phone text
      )`.execute(db);
    await sql`create index registration_contacts_by_email on registration_contacts (lower(email))`.execute(db);
    await sql`
      create table registration_conflicts (
        registration_id text not null references registrations (id),
        source text not null check (source in ('registration', 'crm', 'partner')),
        code text not null,
        object_type text not null,
        reference text not null,
        deal_id text,
        label text not null,
        matched_by text not null,
        found_at timestamptz not null,
        primary key (registration_id, source, object_type, reference)
      )`.execute(db);
  },
};
