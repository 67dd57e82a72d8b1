import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Exchange rates, one row for a currency on a sheet. A line keeps the rate it was computed with; a sheet that is put right here
 * is followed by adjustments, like any other fact.
 */
export const exchangeRatesMigration: Migration = {
  name: '0135-exchange-rates',
  async up(db) {
    await sql`
      create table exchange_rates (
        base text not null check (base ~ '^[A-Z]{3}$'),
        day date not null,
        currency text not null check (currency ~ '^[A-Z]{3}$' and currency <> base),
        -- Units of the currency for one of the base.
        rate numeric not null check (rate > 0),
        primary key (base, day, currency)
      )`.execute(db);
    await sql`create index exchange_rates_by_day on exchange_rates (day)`.execute(db);
  },
};
