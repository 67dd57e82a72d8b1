import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** The program's settings are one document in one row; what they were before stands in the audit log. */
export const programMigration: Migration = {
  name: '0130-program',
  async up(db) {
    await sql`
      create table program_settings (
        id smallint primary key check (id = 1),
        revision integer not null,
        settings jsonb not null,
        updated_at timestamptz not null
      )`.execute(db);
  },
};
