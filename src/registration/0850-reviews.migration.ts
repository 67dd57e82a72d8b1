import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Who answers a registration, and since when it waits for an answer. The database keeps that moment itself, so that no way into
 * or out of review can forget it: a status that waits for the vendor sets it once, any other takes it away.
 */
export const reviewsMigration: Migration = {
  name: '0850-reviews',
  async up(db) {
    await sql`alter table registrations add column awaits_since timestamptz, add column duplicate_of text references registrations (id)`.execute(
      db,
    );
    await sql`
      create function note_awaits_since() returns trigger language plpgsql as $$
      begin
        if new.status in ('submitted', 'in_review') then
          new.awaits_since := coalesce(new.awaits_since, new.updated_at);
        elsif new.status = 'approved' and new.extension_requested_at is not null then
          new.awaits_since := new.extension_requested_at;
        else
          new.awaits_since := null;
        end if;
        return new;
      end $$`.execute(db);
    await sql`
      update registrations set awaits_since = case
        when status in ('submitted', 'in_review') then coalesce(decided_at, submitted_at)
        when status = 'approved' then extension_requested_at end`.execute(db);
    await sql`
      create trigger registrations_note_awaits_since before insert or update on registrations
      for each row execute function note_awaits_since()`.execute(db);
    await sql`
      create index registrations_awaiting on registrations (awaits_since, id) where awaits_since is not null`.execute(
      db,
    );
    await sql`
      create table review_assignments (
        registration_id text primary key references registrations (id),
        assignee_id text not null,
        assignee_name text not null,
        assigned_by text not null,
        assigned_at timestamptz not null
      )`.execute(db);
  },
};
