import { sql } from 'kysely';
import type { Migration } from './migration.js';

/** What the platform itself keeps: work to do, work set aside, kept answers, signing keys. */
export const workMigration: Migration = {
  name: '0001-work',
  async up(db) {
    await sql`
      create table work (
        kind text not null,
        key text not null,
        payload jsonb not null,
        -- Raised by each enqueue: a worker removes the row only if it still is as it was claimed.
        gen bigint not null default 1,
        due_at timestamptz not null,
        -- Null: free. In the future: a worker has it. In the past: that worker is gone.
        lease_until timestamptz,
        -- Failed tries that count towards the kind's limit.
        attempts integer not null default 0,
        -- Failed tries in a row, counted or not: above 0 the row waits, and a new enqueue must not bring it forward.
        failures integer not null default 0,
        last_error text,
        created_at timestamptz not null,
        primary key (kind, key)
      )`.execute(db);
    // The two ways to claim: free rows by due time, and rows whose worker is gone.
    await sql`create index work_free on work (kind, due_at, key) where lease_until is null`.execute(db);
    await sql`create index work_leased on work (kind, lease_until, key) where lease_until is not null`.execute(db);
    await sql`
      create table problems (
        id text primary key,
        kind text not null,
        work_kind text not null,
        work_key text not null,
        payload jsonb not null,
        subject_type text not null,
        subject_id text not null,
        title text not null,
        detail text not null,
        occurrences integer not null default 1,
        created_at timestamptz not null,
        last_seen_at timestamptz not null,
        resolved_at timestamptz
      )`.execute(db);
    await sql`create unique index problems_one_open on problems (work_kind, work_key) where resolved_at is null`.execute(
      db,
    );
    await sql`create index problems_by_subject on problems (subject_type, subject_id)`.execute(db);
    await sql`
      create table idempotency_keys (
        actor text not null,
        key text not null,
        request_hash text not null,
        status integer,
        response jsonb,
        created_at timestamptz not null,
        primary key (actor, key)
      )`.execute(db);
    await sql`create index idempotency_keys_by_age on idempotency_keys (created_at)`.execute(db);
    await sql`
      create table signing_keys (
        id text primary key,
        public_key text not null,
        private_sealed text,
        created_at timestamptz not null,
        retired_at timestamptz
      )`.execute(db);
    await sql`create unique index signing_keys_one_active on signing_keys ((true)) where retired_at is null`.execute(
      db,
    );
  },
};
