import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** The partner that a deal names in the CRM, which somebody may change after the win as well. */
export const stampedPartnerMigration: Migration = {
  name: '0940-stamped-partner',
  async up(db) {
    await sql`alter table deal_states add column stamped_partner text`.execute(db);
    await sql`alter table changes_after_win drop constraint changes_after_win_field_check`.execute(db);
    await sql`
      alter table changes_after_win add constraint changes_after_win_field_check
        check (field in ('amount', 'closeDate', 'registrationId', 'partner'))`.execute(db);
  },
};
