import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Who introduces customers. A partner is never deleted, as registrations and journal entries name it: it becomes inactive. */
export const partnersMigration: Migration = {
  name: '0140-partners',
  async up(db) {
    await sql`
      create table partners (
        id text primary key,
        name text not null,
        email text not null,
        type text not null,
        recruited_by text references partners (id),
        payout_currency text,
        status text not null check (status in ('active', 'inactive')),
        -- Last part of the personal link. Whoever has it can register leads in the partner's name, and nothing more.
        personal_token text not null unique,
        -- Since when it takes no part; what it introduced before is still credited.
        deactivated_at timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        check (recruited_by <> id)
      )`.execute(db);
    await sql`create unique index partners_one_per_email on partners (lower(email))`.execute(db);
    await sql`create index partners_by_recruiter on partners (recruited_by)`.execute(db);
    await sql`alter table api_keys add foreign key (partner_id) references partners (id)`.execute(db);
  },
};
