import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * `pending_deals` is the pending set: one row per CRM record, however many signals name it. After a read the row stays for a
 * moment with `due_at` null, so that a second signal within a second waits for one trailing read. `deal_revisions` keeps
 * every state we saw, append-only: a commission line names the revision it was computed from.
 */
export const watchMigration: Migration = {
  name: '0400-watch',
  async up(db) {
    await sql`
      create table pending_deals (
        connection_id text not null,
        object_type text not null,
        crm_id text not null,
        due_at timestamptz,
        gen bigint not null default 1,
        lease_until timestamptz,
        attempts integer not null default 0,
        stage_hint text,
        read_at timestamptz,
        primary key (connection_id, object_type, crm_id)
      )`.execute(db);
    // In the order in which they are claimed, so that a claim reads only what it takes.
    await sql`
      create index pending_deals_due on pending_deals (connection_id, object_type, due_at, crm_id)
      where due_at is not null`.execute(db);
    await sql`create index pending_deals_read on pending_deals (read_at) where due_at is null`.execute(db);
    await sql`
      create table deal_states (
        deal_id text primary key,
        revision integer not null,
        name text,
        pipeline_id text,
        stage_id text,
        stage_label text,
        outcome text not null check (outcome in ('open', 'won', 'lost')),
        presence text not null check (presence in ('present', 'archived', 'missing', 'merged')),
        amount text,
        currency text,
        close_date date,
        owner_id text,
        won_at timestamptz,
        stamped_registration_id text,
        fields jsonb not null,
        crm_modified_at timestamptz,
        read_at timestamptz not null
      )`.execute(db);
    await sql`
      create table deal_revisions (
        deal_id text not null,
        revision integer not null,
        changes jsonb not null,
        snapshot jsonb not null,
        observed_at timestamptz not null,
        primary key (deal_id, revision)
      )`.execute(db);
  },
};
