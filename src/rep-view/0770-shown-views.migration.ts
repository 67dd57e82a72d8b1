import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * What was last written to each record of a CRM, deals and leads alike. `stamp` is null where somebody else wrote to the record
 * since; `round` tells a write that was under way meanwhile that it must not note its own. What was noted by deal is given up:
 * a deal may have become another record by a merge, and writing a view once more changes nothing.
 */
export const shownViewsMigration: Migration = {
  name: '0770-shown-views',
  async up(db) {
    await sql`drop table rep_views`.execute(db);
    await sql`
      create table rep_views (
        connection_id text not null,
        object_type text not null check (object_type in ('deal', 'lead')),
        crm_id text not null,
        stamp jsonb,
        round bigint not null default 0,
        noted_at timestamptz not null,
        primary key (connection_id, object_type, crm_id)
      )`.execute(db);
  },
};
