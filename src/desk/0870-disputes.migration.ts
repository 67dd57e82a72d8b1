import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** What partners dispute: a line that they read differently, or a credit that they miss. One about each thing at a time. */
export const disputesMigration: Migration = {
  name: '0870-disputes',
  async up(db) {
    await sql`
      create table disputes (
        id text primary key,
        partner_id text not null references partners (id),
        line_id text,
        registration_id text,
        -- A deal in the partner's own words, who does not know its records.
        deal_named text,
        reason text not null,
        links jsonb not null,
        status text not null check (status in ('open', 'answered', 'upheld', 'declined', 'withdrawn')),
        opened_at timestamptz not null,
        -- Null where a program of the partner opened it.
        opened_by text,
        due_on date,
        settled_at timestamptz,
        settled_by text,
        outcome text,
        decision_id text,
        check (num_nonnulls(line_id, registration_id, deal_named) = 1),
        check ((status = 'open') = (due_on is not null)),
        check ((status in ('open', 'answered')) = (settled_at is null))
      )`.execute(db);
    await sql`
      create unique index disputes_one_per_line on disputes (partner_id, line_id)
      where settled_at is null and line_id is not null`.execute(db);
    await sql`
      create unique index disputes_one_per_registration on disputes (partner_id, registration_id)
      where settled_at is null and registration_id is not null`.execute(db);
    await sql`
      create unique index disputes_one_per_deal on disputes (partner_id, deal_named)
      where settled_at is null and deal_named is not null`.execute(db);
    await sql`create index disputes_by_partner on disputes (partner_id, id)`.execute(db);
    await sql`create index disputes_unsettled on disputes (due_on, id) where settled_at is null`.execute(db);
    await sql`
      create table dispute_messages (
        id text primary key,
        dispute_id text not null references disputes (id),
        side text not null check (side in ('partner', 'vendor')),
        author text not null,
        text text not null,
        at timestamptz not null
      )`.execute(db);
    await sql`create index dispute_messages_of on dispute_messages (dispute_id, id)`.execute(db);
  },
};
