import { sql } from 'kysely';
import { makeAppendOnly } from '../ledger/0110-journal.migration.js';
import type { Migration } from '../platform/migration.js';

/**
 * `commission_lines` is the book's detail: one line for one entry, written in the same transaction and never changed. Whether a
 * line is pending, payable, on hold or paid is not in it: that follows from today, `line_holds` and `line_settlements`.
 */
export const creditingMigration: Migration = {
  name: '0500-crediting',
  async up(db) {
    await sql`
      create table commission_lines (
        id text primary key,
        entry_id text not null unique references journal_entries (id),
        -- Identity of what was earned, what it was earned by, and the place among the lines under that identity.
        line_key text not null,
        occasion text not null,
        ordinal integer not null check (ordinal >= 1),
        partner_id text not null,
        -- Who gets it: the partner, or (with a plan that rewards it) the referred customer.
        payee text not null check (payee in ('partner', 'customer')),
        kind text not null check (kind in ('commission', 'revshare', 'override', 'bonus', 'reversal', 'clawback', 'adjustment')),
        component text not null,
        amount_minor bigint not null check (amount_minor <> 0),
        currency text not null check (currency ~ '^[A-Z]{3}$'),
        earned_on date not null,
        payable_on date not null,
        deal_id text not null,
        deal_revision integer,
        registration_id text not null,
        plan_version_id text not null,
        plan_version text not null,
        source_line_id text references commission_lines (id),
        explanation jsonb not null,
        inputs_hash text not null,
        booked_at timestamptz not null,
        check ((source_line_id is null) = (kind in ('commission', 'revshare', 'override', 'bonus')))
      )`.execute(db);
    await makeAppendOnly(db, 'commission_lines');
    await sql`create index commission_lines_by_deal on commission_lines (deal_id, id)`.execute(db);
    await sql`create index commission_lines_by_partner on commission_lines (partner_id, id)`.execute(db);
    await sql`
      create table line_settlements (
        line_id text not null references commission_lines (id),
        payout_id text not null,
        paid_on date not null,
        -- Set when the payment came back: the line is unpaid again.
        returned_on date,
        primary key (line_id, payout_id)
      )`.execute(db);
    await sql`create unique index line_settlements_one_standing on line_settlements (line_id) where returned_on is null`.execute(
      db,
    );
    await sql`create index line_settlements_by_payout on line_settlements (payout_id)`.execute(db);
    await sql`
      create table line_holds (
        line_id text not null references commission_lines (id),
        reason text not null,
        placed_by text not null,
        placed_at timestamptz not null,
        released_by text,
        released_at timestamptz,
        primary key (line_id, placed_at)
      )`.execute(db);
    await sql`create unique index line_holds_one_standing on line_holds (line_id) where released_at is null`.execute(
      db,
    );
    await sql`
      create table deal_flags (
        deal_id text not null,
        kind text not null,
        about text not null,
        evidence jsonb not null,
        raised_at timestamptz not null,
        primary key (deal_id, kind, about)
      )`.execute(db);
  },
};
