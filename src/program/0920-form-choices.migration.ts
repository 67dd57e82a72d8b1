import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * What may be chosen in fields of the form that take their choices from a field of the CRM, as it was read last. The form has to be
 * whole while the CRM is away, so this is what it is made of, never an answer of the CRM itself.
 */
export const formChoicesMigration: Migration = {
  name: '0920-form-choices',
  async up(db) {
    await sql`
      create table form_choices (
        connection_id text not null,
        record text not null check (record in ('lead', 'deal', 'company', 'contact')),
        field text not null,
        choices jsonb not null,
        read_at timestamptz not null,
        primary key (connection_id, record, field)
      )`.execute(db);
  },
};
