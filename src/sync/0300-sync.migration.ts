import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * `deals` gives every CRM deal we care about an id of ours that survives a merge. `crm_links` follows one registration into
 * the CRM step by step, so that a process that died goes on where it stopped. `crm_companies` makes one company per domain,
 * however many registrations name it: `anchors` are the contacts a company of ours could already hang on.
 */
export const syncMigration: Migration = {
  name: '0300-sync',
  async up(db) {
    await sql`
      create table connections (
        id text primary key,
        crm text not null check (crm in ('hubspot', 'salesforce')),
        name text not null,
        account_id text,
        tokens_sealed text,
        refresh_lease_until timestamptz,
        sweep_cursor text,
        swept_at timestamptz,
        full_read_at timestamptz,
        provisioned_at timestamptz,
        created_at timestamptz not null
      )`.execute(db);
    await sql`
      create table deals (
        id text primary key,
        connection_id text not null references connections (id),
        crm text not null,
        crm_deal_id text not null,
        created_at timestamptz not null,
        unique (connection_id, crm_deal_id)
      )`.execute(db);
    await sql`
      create table crm_links (
        registration_id text primary key,
        connection_id text not null references connections (id),
        crm_contact_id text,
        crm_company_id text,
        deal_id text references deals (id),
        deal_started_at timestamptz,
        linked_at timestamptz,
        created_at timestamptz not null
      )`.execute(db);
    await sql`create index crm_links_by_deal on crm_links (deal_id)`.execute(db);
    await sql`
      create table crm_companies (
        connection_id text not null references connections (id),
        company_key text not null,
        crm_company_id text,
        anchors jsonb not null default '[]',
        leased_by text,
        lease_until timestamptz,
        primary key (connection_id, company_key)
      )`.execute(db);
  },
};
