import { sql } from 'kysely';
import { makeAppendOnly } from '../ledger/0110-journal.migration.js';
import type { Migration } from '../platform/migration.js';

/** What persons decided about commissions, above every plan. A row is never changed: a later decision takes its place. */
export const manualDecisionsMigration: Migration = {
  name: '0680-manual-decisions',
  async up(db) {
    await sql`
      create table manual_decisions (
        id text primary key,
        kind text not null check (kind in ('set', 'add')),
        partner_id text not null,
        deal_id text,
        -- The component of a line that is set.
        rule text,
        amount_minor bigint not null,
        currency text not null check (currency ~ '^[A-Z]{3}$'),
        decided_on date not null,
        reason text not null,
        author text not null,
        recorded_at timestamptz not null,
        check (case kind when 'set' then amount_minor >= 0 and deal_id is not null and rule is not null
          else amount_minor <> 0 and rule is null end)
      )`.execute(db);
    await makeAppendOnly(db, 'manual_decisions');
    await sql`create index manual_decisions_by_deal on manual_decisions (deal_id) where deal_id is not null`.execute(
      db,
    );
    await sql`create index manual_decisions_by_partner on manual_decisions (partner_id, id)`.execute(db);
    await sql`create index commission_lines_by_decision on commission_lines (line_key) where plan_version_id is null`.execute(
      db,
    );
  },
};
