import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** What was last written to each deal in the CRM, so that an unchanged view is not written again. */
export const repViewMigration: Migration = {
  name: '0600-rep-view',
  async up(db) {
    await sql`
      create table rep_views (
        deal_id text primary key,
        stamp jsonb not null,
        written_at timestamptz not null
      )`.execute(db);
  },
};
