import { sql } from 'kysely';
import { makeAppendOnly } from '../ledger/0110-journal.migration.js';
import type { Migration } from '../platform/migration.js';

/**
 * Steps of approval that were taken, and who was reminded, by the moment since which the registration waited: an answer of the partner
 * begins anew.
 */
export const reviewApprovalsMigration: Migration = {
  name: '0855-review-approvals',
  async up(db) {
    await sql`
      create table review_approvals (
        registration_id text not null references registrations (id),
        since timestamptz not null,
        step smallint not null check (step >= 1),
        name text not null,
        approver_id text not null,
        approver_name text not null,
        deal_id text,
        reason text,
        approved_at timestamptz not null,
        primary key (registration_id, since, step)
      )`.execute(db);
    await makeAppendOnly(db, 'review_approvals');
    await sql`
      create table review_reminders (
        registration_id text primary key references registrations (id),
        since timestamptz not null,
        -- The highest rung of the ladder that was told, by its working days.
        told_up_to smallint not null
      )`.execute(db);
  },
};
