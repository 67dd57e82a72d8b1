import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** What somebody changed about a deal in the CRM after it was won, and what became of it. `status` open: it waits for a person. */
export const changesAfterWinMigration: Migration = {
  name: '0904-changes-after-win',
  async up(db) {
    await sql`
      create table changes_after_win (
        id text primary key,
        deal_id text not null,
        revision integer not null,
        field text not null check (field in ('amount', 'closeDate', 'registrationId')),
        before_value text,
        after_value text,
        changed_by text,
        changed_how text,
        changed_at timestamptz,
        status text not null check (status in ('open', 'accepted', 'restored', 'undone')),
        observed_at timestamptz not null,
        decided_by text,
        decided_at timestamptz,
        reason text,
        unique (deal_id, revision, field)
      )`.execute(db);
    await sql`create index changes_after_win_of_deal on changes_after_win (deal_id, field, id)`.execute(db);
    await sql`create index changes_after_win_by_status on changes_after_win (status, id)`.execute(db);
  },
};
