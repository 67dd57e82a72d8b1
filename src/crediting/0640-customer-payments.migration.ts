import { sql } from 'kysely';
import { makeAppendOnly } from '../ledger/0110-journal.migration.js';
import type { Migration } from '../platform/migration.js';

/**
 * What customers paid, and what they were paid back, as somebody's billing tells it. A row is never changed: money that went
 * back is a refund. It names a deal, or a registration whose deal may come later.
 */
export const customerPaymentsMigration: Migration = {
  name: '0640-customer-payments',
  async up(db) {
    await sql`
      create table customer_payments (
        id text primary key,
        external_id text not null unique,
        deal_id text,
        registration_id text,
        kind text not null check (kind in ('payment', 'refund')),
        amount_minor bigint not null check (amount_minor > 0),
        currency text not null check (currency ~ '^[A-Z]{3}$'),
        -- Part of the amount.
        tax_minor bigint check (tax_minor between 0 and amount_minor),
        received_on date not null,
        -- Both days included.
        service_from date,
        service_to date,
        refund_of text references customer_payments (id),
        recorded_at timestamptz not null,
        recorded_by text not null,
        check ((deal_id is null) <> (registration_id is null)),
        check ((service_from is null) = (service_to is null) and service_from <= service_to),
        check (refund_of is null or kind = 'refund')
      )`.execute(db);
    await makeAppendOnly(db, 'customer_payments');
    await sql`create index customer_payments_by_deal on customer_payments (deal_id) where deal_id is not null`.execute(
      db,
    );
    await sql`
      create index customer_payments_by_registration on customer_payments (registration_id)
      where registration_id is not null`.execute(db);
  },
};
