import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * What each deal adds to the volumes of its partners' periods, as its last crediting found it. Derived, and written in the
 * transaction that books the deal: it spares the next deal of a period reading all the others.
 */
export const volumesMigration: Migration = {
  name: '0710-volumes',
  async up(db) {
    await sql`
      create table volume_entries (
        deal_id text not null,
        partner_id text not null,
        plan text not null,
        rule text not null,
        period text not null,
        -- A currency, or the word deals.
        measure text not null,
        -- An exact fraction: minor units of the currency, or a number of deals.
        numerator numeric not null,
        denominator numeric not null check (denominator > 0),
        place text collate "C" not null,
        primary key (deal_id, partner_id, plan, rule, period, measure)
      )`.execute(db);
    await sql`
      create index volume_entries_by_volume on volume_entries (partner_id, plan, rule, period, measure)
        include (deal_id, numerator, denominator, place)`.execute(db);
    // Only of these is known that no deal is missing.
    await sql`
      create table complete_volumes (
        partner_id text not null,
        plan text not null,
        rule text not null,
        period text not null,
        measure text not null,
        primary key (partner_id, plan, rule, period, measure)
      )`.execute(db);
  },
};
