import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * What was answered to the vendor's own fields, each with its question as it was then, and what was confirmed, in the words that
 * were shown. Of registrations from before nobody knows the words.
 */
export const formValuesMigration: Migration = {
  name: '0820-form-values',
  async up(db) {
    await sql`
      alter table registrations
        add column form_values jsonb not null default '[]',
        add column attestation text,
        add column attested_at timestamptz,
        add constraint registrations_attested_whole check ((attestation is null) = (attested_at is null))`.execute(db);
  },
};
