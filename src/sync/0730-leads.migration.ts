import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * In a CRM with leads a registration is a lead before it is a deal. `watched_from`: deals made since then on the link's contact
 * or company may be meant for this registration, until its claim ends and the column is emptied.
 * `stamp_due`: the link moved to another deal, and the CRM does not show it yet.
 */
export const leadsMigration: Migration = {
  name: '0730-leads',
  async up(db) {
    await sql`
      alter table crm_links
        add column crm_lead_id text,
        add column lead_state text check (lead_state in ('open', 'converted', 'deleted')),
        add column lead_started_at timestamptz,
        add column watched_from timestamptz,
        add column stamp_due boolean not null default false`.execute(db);
    await sql`update crm_links set watched_from = created_at`.execute(db);
    await sql`
      create index crm_links_by_lead on crm_links (connection_id, crm_lead_id) where crm_lead_id is not null`.execute(
      db,
    );
    await sql`
      create index crm_links_watched on crm_links (connection_id, watched_from) where watched_from is not null`.execute(
      db,
    );
    await sql`
      create index crm_links_by_contact on crm_links (connection_id, crm_contact_id) where watched_from is not null`.execute(
      db,
    );
    await sql`
      create index crm_links_by_company on crm_links (connection_id, crm_company_id) where watched_from is not null`.execute(
      db,
    );
  },
};
