import { sql } from 'kysely';
import { makeAppendOnly } from '../ledger/0110-journal.migration.js';
import type { Migration } from '../platform/migration.js';

/**
 * What kind of partner somebody is, over time: plans tell partners apart by it, and a deal goes by the day it was won. A row holds
 * until the next day that has one; of several for one day the last recorded counts. It takes the place of `partners.type`,
 * which knew only the present.
 */
export const partnerTermsMigration: Migration = {
  name: '0630-partner-terms',
  async up(db) {
    await sql`
      create table partner_terms (
        id bigint generated always as identity primary key,
        partner_id text not null references partners (id),
        since date not null,
        type text not null,
        tier text,
        tags jsonb not null,
        recorded_at timestamptz not null,
        recorded_by text not null
      )`.execute(db);
    await makeAppendOnly(db, 'partner_terms');
    await sql`create index partner_terms_by_partner on partner_terms (partner_id, since, id)`.execute(db);
    // From the first day there is, as for a new partner: deals may have been won before somebody was entered here.
    await sql`
      insert into partner_terms (partner_id, since, type, tier, tags, recorded_at, recorded_by)
      select id, '0001-01-01', type, null, '[]', created_at, 'system' from partners order by id`.execute(db);
    await sql`alter table partners drop column type`.execute(db);
  },
};
