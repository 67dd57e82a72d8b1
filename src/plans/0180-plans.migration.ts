import { sql } from 'kysely';
import { makeAppendOnly } from '../ledger/0110-journal.migration.js';
import type { Migration } from '../platform/migration.js';

/**
 * Versions of commission plans. A version is never edited: lines refer to it, and a partner who keeps an explanation must find
 * the terms it names. So where one version ends because another begins is computed, not written (plan-versions.ts).
 */
export const plansMigration: Migration = {
  name: '0180-plans',
  async up(db) {
    await sql`
      create table plan_versions (
        id text primary key,
        slug text not null,
        number integer not null check (number >= 1),
        effective_from date not null,
        -- Exclusive, as the document says it; null is open-ended.
        effective_to date check (effective_to > effective_from),
        corrects integer check (corrects < number),
        -- The terms with every default filled in, and the text they came from.
        document jsonb not null,
        source text not null,
        created_by text not null,
        created_at timestamptz not null,
        -- The day it became known, in the program's time zone: its effect is booked from then on, not before.
        known_on date not null,
        unique (slug, number)
      )`.execute(db);
    await makeAppendOnly(db, 'plan_versions');
  },
};
