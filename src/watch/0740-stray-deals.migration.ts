import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Deals of no registration that were made while registrations are watched: whom they are about is asked once for each of their
 * stages, in batches. `due`: not asked yet. `tied`: it was about somebody when it was asked last.
 */
export const strayDealsMigration: Migration = {
  name: '0740-stray-deals',
  async up(db) {
    await sql`
      create table stray_deals (
        connection_id text not null,
        crm_deal_id text not null,
        stage_id text,
        due boolean not null,
        tied boolean not null,
        checked_at timestamptz,
        noted_at timestamptz not null,
        primary key (connection_id, crm_deal_id)
      )`.execute(db);
    await sql`create index stray_deals_due on stray_deals (connection_id, crm_deal_id) where due`.execute(db);
    await sql`create index stray_deals_noted on stray_deals (noted_at)`.execute(db);
  },
};
