import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Won deals that no registration that stands is credited for, as they were seen. `due`: nobody asked yet whom it is about. `tied`:
 * it was about somebody when that was asked last.
 */
export const unclaimedWinsMigration: Migration = {
  name: '0900-unclaimed-wins',
  async up(db) {
    await sql`
      create table unclaimed_wins (
        connection_id text not null,
        crm_deal_id text not null,
        facts jsonb not null,
        due boolean not null,
        tied boolean not null,
        seen_won_at timestamptz not null,
        checked_at timestamptz,
        noted_at timestamptz not null,
        primary key (connection_id, crm_deal_id)
      )`.execute(db);
    await sql`create index unclaimed_wins_due on unclaimed_wins (connection_id, crm_deal_id) where due`.execute(db);
    await sql`create index unclaimed_wins_noted on unclaimed_wins (noted_at)`.execute(db);
  },
};
