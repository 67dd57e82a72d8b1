import { sql } from 'kysely';
import { makeAppendOnly } from '../ledger/0110-journal.migration.js';
import type { Migration } from '../platform/migration.js';

/** Between whom the commission of a registration is divided. A row is never changed: the last of a registration counts. */
export const registrationSharesMigration: Migration = {
  name: '0690-registration-shares',
  async up(db) {
    await sql`
      create table registration_shares (
        registration_id text not null references registrations (id),
        number integer not null check (number >= 1),
        -- As a list of partner and percentage; empty: it is all its partner's.
        shares jsonb not null,
        reason text not null,
        recorded_at timestamptz not null,
        recorded_by text not null,
        primary key (registration_id, number)
      )`.execute(db);
    await makeAppendOnly(db, 'registration_shares');
    await sql`create index registration_shares_by_partner on registration_shares using gin (shares jsonb_path_ops)`.execute(
      db,
    );
  },
};
