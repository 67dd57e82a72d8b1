import { sql, type Kysely } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Who was erased, as a keyed hash, and the certificate of it. Rows that are otherwise never changed lose, in an erasure, the words that name
 * somebody: the database lets those columns change, no other, and only in a transaction that says it is one. The journal and
 * the commission lines are as they were: no such exception is made for them.
 */
export const erasureMigration: Migration = {
  name: '0890-erasure',
  async up(db) {
    await sql`
      create table erasures (
        id text primary key,
        -- HMAC of the address; from it nobody learns who it was.
        contact_key text not null,
        cause text not null check (cause in ('request', 'crm')),
        requested_by text,
        requested_by_name text,
        requested_at timestamptz not null,
        -- Rows by table.
        erased jsonb not null,
        certificate jsonb not null
      )`.execute(db);
    await sql`create index erasures_by_contact on erasures (contact_key, id)`.execute(db);
    await sql`
      create function refuse_change_but_erasure() returns trigger language plpgsql as $$
      begin
        if current_setting('introducer.erasing', true) = 'on'
          and (to_jsonb(new) - tg_argv) = (to_jsonb(old) - tg_argv) then
          return new;
        end if;
        raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'restrict_violation';
      end $$`.execute(db);
    await allowErasure(db, 'partner_terms', ['reason'], 'partner_terms_is_append_only');
    await allowErasure(db, 'registration_shares', ['reason'], 'registration_shares_is_append_only');
    await allowErasure(db, 'review_approvals', ['reason'], 'review_approvals_is_append_only');
    await allowErasure(db, 'deal_supplements', ['fields'], 'deal_supplements_is_append_only');
    await allowErasure(db, 'link_moves', ['reason'], 'link_moves_append_only');
    await allowErasure(db, 'audit_log', ['actor_name', 'details'], 'audit_log_append_only');
  },
};

async function allowErasure(
  db: Kysely<unknown>,
  table: string,
  columns: readonly string[],
  trigger: string,
): Promise<void> {
  const on = sql.table(table);
  const list = sql.join(columns.map((column) => sql.lit(column)));
  await sql`drop trigger ${sql.id(trigger)} on ${on}`.execute(db);
  await sql`
    create trigger ${sql.id(trigger)} before update on ${on}
    for each row execute function refuse_change_but_erasure(${list})`.execute(db);
  await sql`
    create trigger ${sql.id(`${table}_keeps_rows`)} before delete or truncate on ${on}
    for each statement execute function refuse_change()`.execute(db);
}
