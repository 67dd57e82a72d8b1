import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Won deals that may be owed to a registration, once for each pair, with the evidence and what a person said. */
export const missingCommissionsMigration: Migration = {
  name: '0901-missing-commissions',
  async up(db) {
    await sql`
      create table missing_commissions (
        id text primary key,
        deal_id text not null,
        registration_id text not null,
        status text not null check (status in ('open', 'linked', 'dismissed', 'obsolete')),
        likelihood integer not null,
        deal jsonb not null,
        evidence jsonb not null,
        found_at timestamptz not null,
        updated_at timestamptz not null,
        decided_by text,
        decided_at timestamptz,
        reason text,
        unique (deal_id, registration_id)
      )`.execute(db);
    await sql`create index missing_commissions_open on missing_commissions (likelihood, id) where status = 'open'`.execute(
      db,
    );
  },
};
