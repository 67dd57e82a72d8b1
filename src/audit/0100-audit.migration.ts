import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Who did what, when. The database itself refuses to change or delete a row; TRUNCATE needs a statement trigger because row
 * triggers do not see it.
 */
export const auditMigration: Migration = {
  name: '0100-audit',
  async up(db) {
    await sql`
      create table audit_log (
        id bigint generated always as identity primary key,
        at timestamptz not null,
        actor_kind text not null check (actor_kind in ('operator', 'partner', 'system')),
        actor_id text,
        actor_name text,
        action text not null,
        subject_type text not null,
        subject_id text not null,
        details jsonb not null
      )`.execute(db);
    await sql`create index audit_log_by_subject on audit_log (subject_type, subject_id, id)`.execute(db);
    await sql`create index audit_log_by_actor on audit_log (actor_id, id)`.execute(db);
    await sql`
      create function audit_log_refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'audit_log is append-only: % refused', tg_op using errcode = 'restrict_violation';
      end $$`.execute(db);
    await sql`
      create trigger audit_log_append_only before update or delete on audit_log
      for each row execute function audit_log_refuse_change()`.execute(db);
    await sql`
      create trigger audit_log_no_truncate before truncate on audit_log
      for each statement execute function audit_log_refuse_change()`.execute(db);
  },
};
