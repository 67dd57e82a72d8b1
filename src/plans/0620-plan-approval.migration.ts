import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Who stored a version and why; versions from before do not know. Where the program wants a second approver, what was put waits as
 * a proposal: no version, in force on no day and in nobody's way, until somebody else approves it.
 */
export const planApprovalMigration: Migration = {
  name: '0620-plan-approval',
  async up(db) {
    // `created_by` and `approved_by` are keys; `author` is what people call whoever holds the first.
    await sql`
      alter table plan_versions add column author text, add column reason text, add column approved_by text`.execute(
      db,
    );
    await sql`
      create table plan_proposals (
        id text primary key,
        slug text not null,
        document jsonb not null,
        source text not null,
        proposed_by text not null,
        author text not null,
        reason text,
        proposed_at timestamptz not null,
        status text not null check (status in ('open', 'approved', 'rejected')),
        decided_by text,
        decided_at timestamptz,
        decision_reason text,
        version_id text references plan_versions (id),
        check ((status = 'open') = (decided_at is null)),
        check ((status = 'approved') = (version_id is not null)),
        check (status <> 'approved' or decided_by <> proposed_by)
      )`.execute(db);
    await sql`create index plan_proposals_by_plan on plan_proposals (slug, id)`.execute(db);
  },
};
