import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * `link_proposals`: deals that may be a registration's, once for each pair, with the evidence. `link_moves`: which deal a
 * registration had before, append-only.
 */
export const guardMigration: Migration = {
  name: '0750-guard',
  async up(db) {
    await sql`
      create table link_proposals (
        id text primary key,
        registration_id text not null,
        deal_id text not null,
        status text not null check (status in ('open', 'accepted', 'rejected', 'superseded')),
        likelihood integer not null,
        evidence jsonb not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        decided_by text,
        decided_at timestamptz,
        reason text,
        unique (registration_id, deal_id)
      )`.execute(db);
    await sql`create index link_proposals_by_deal on link_proposals (deal_id) where status = 'open'`.execute(db);
    await sql`create index link_proposals_open on link_proposals (id) where status = 'open'`.execute(db);
    await sql`
      create table link_moves (
        id bigint generated always as identity primary key,
        registration_id text not null,
        from_deal_id text,
        to_deal_id text not null,
        proposal_id text,
        moved_by text not null,
        reason text not null,
        at timestamptz not null
      )`.execute(db);
    await sql`create index link_moves_by_registration on link_moves (registration_id, id)`.execute(db);
    await sql`
      create function link_moves_refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'link_moves is append-only: % refused', tg_op using errcode = 'restrict_violation';
      end $$`.execute(db);
    await sql`
      create trigger link_moves_append_only before update or delete on link_moves
      for each row execute function link_moves_refuse_change()`.execute(db);
    await sql`
      create trigger link_moves_no_truncate before truncate on link_moves
      for each statement execute function link_moves_refuse_change()`.execute(db);
  },
};
