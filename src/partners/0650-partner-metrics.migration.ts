import { sql } from 'kysely';
import { makeAppendOnly } from '../ledger/0110-journal.migration.js';
import type { Migration } from '../platform/migration.js';

/** Figures about partners, such as what they certified or how content their customers are. The last recorded of a period counts. */
export const partnerMetricsMigration: Migration = {
  name: '0650-partner-metrics',
  async up(db) {
    await sql`
      create table partner_metrics (
        id bigint generated always as identity primary key,
        partner_id text not null references partners (id),
        name text not null,
        -- A month, quarter or year: 2026-03, 2026-Q1 or 2026.
        period text not null,
        value numeric not null,
        recorded_at timestamptz not null,
        recorded_by text not null
      )`.execute(db);
    await makeAppendOnly(db, 'partner_metrics');
    await sql`create index partner_metrics_by_partner on partner_metrics (partner_id, name, period, id)`.execute(db);
  },
};
