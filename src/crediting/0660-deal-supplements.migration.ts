import { sql } from 'kysely';
import { makeAppendOnly } from '../ledger/0110-journal.migration.js';
import type { Migration } from '../platform/migration.js';

/** What is known of a deal beside the CRM: when the customer left, and values the CRM does not hold. The last number counts. */
export const dealSupplementsMigration: Migration = {
  name: '0660-deal-supplements',
  async up(db) {
    await sql`
      create table deal_supplements (
        deal_id text not null,
        number integer not null check (number >= 1),
        churned_on date,
        fields jsonb not null,
        recorded_at timestamptz not null,
        recorded_by text not null,
        primary key (deal_id, number)
      )`.execute(db);
    await makeAppendOnly(db, 'deal_supplements');
  },
};
