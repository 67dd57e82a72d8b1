import { sql } from 'kysely';
import { makeAppendOnly } from '../ledger/0110-journal.migration.js';
import type { Migration } from '../platform/migration.js';

/**
 * The partner agreement in its versions, and who accepted which. Neither is ever changed: what was accepted must be readable, to the
 * letter, for as long as anybody may ask. Who accepted is an id, so that a person can be forgotten.
 */
export const agreementsMigration: Migration = {
  name: '0831-agreements',
  async up(db) {
    await sql`
      create table agreement_versions (
        version integer primary key check (version > 0),
        text text not null,
        effective_from date not null,
        asks_acceptance boolean not null,
        note text,
        content_hash text not null,
        published_at timestamptz not null,
        published_by text not null
      )`.execute(db);
    await makeAppendOnly(db, 'agreement_versions');
    await sql`
      create table agreement_acceptances (
        partner_id text not null references partners (id),
        version integer not null references agreement_versions (version),
        content_hash text not null,
        person_id text not null,
        accepted_at timestamptz not null,
        primary key (partner_id, version)
      )`.execute(db);
    await makeAppendOnly(db, 'agreement_acceptances');
  },
};
