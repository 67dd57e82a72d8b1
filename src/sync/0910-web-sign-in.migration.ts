import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Connections that people make in the browser. `sign_in` says where a connection's tokens come from; `sign_in_id` names the sign-in
 * that its tokens are of, so that a process that still holds those of another one can neither use nor store them, and is null while
 * nobody has connected it. `web_sign_ins` are those on their way through a browser. `last_signal_at`: when the CRM last told of a change.
 */
export const webSignInMigration: Migration = {
  name: '0910-web-sign-in',
  async up(db) {
    await sql`
      alter table connections
        add column sign_in text not null default 'environment' check (sign_in in ('environment', 'web')),
        add column sign_in_id text,
        add column connected_at timestamptz,
        add column connected_by text,
        add column disconnected_at timestamptz,
        add column disconnected_by text,
        add column disconnect_reason text,
        add column last_signal_at timestamptz`.execute(db);
    await sql`
      create table web_sign_ins (
        state_hash text primary key,
        connection_id text not null references connections (id),
        person_id text not null,
        verifier_sealed text,
        redirect_uri text not null,
        begun_at timestamptz not null,
        expires_at timestamptz not null
      )`.execute(db);
  },
};
