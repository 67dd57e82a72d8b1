import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** One row per payment to a partner; the lines it paid are in `line_settlements`, its posting in the journal. */
export const payoutsMigration: Migration = {
  name: '0550-payouts',
  async up(db) {
    await sql`
      create table payouts (
        id text primary key,
        entry_id text not null unique references journal_entries (id),
        partner_id text not null,
        currency text not null check (currency ~ '^[A-Z]{3}$'),
        amount_minor bigint not null check (amount_minor > 0),
        -- external: paid elsewhere and told to us.
        method text not null check (method in ('external')),
        reference text not null,
        paid_on date not null,
        -- The same payment reported twice is one payment.
        idempotency_key text not null unique,
        created_by text not null,
        created_at timestamptz not null
      )`.execute(db);
    await sql`create index payouts_by_partner on payouts (partner_id, id)`.execute(db);
    await sql`alter table line_settlements add foreign key (payout_id) references payouts (id)`.execute(db);
  },
};
