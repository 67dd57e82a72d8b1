import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Forms that were sent without the check against robots wait here until whoever sent them follows a mailed link. What was typed rests
 * encrypted, goes as soon as it is confirmed, and with its row when it is not. Who sent a form stands with the contact: it can be erased.
 */
export const unconfirmedSubmissionsMigration: Migration = {
  name: '0821-unconfirmed-submissions',
  async up(db) {
    await sql`
      create table unconfirmed_submissions (
        id text primary key,
        partner_id text not null,
        submission_token text not null,
        link_hash text not null unique,
        recipient_key text not null,
        sealed_values text,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        confirmed_at timestamptz,
        unique (partner_id, submission_token),
        check ((sealed_values is null) = (confirmed_at is not null))
      )`.execute(db);
    await sql`create index unconfirmed_submissions_by_recipient on unconfirmed_submissions (recipient_key, created_at)`.execute(
      db,
    );
    await sql`alter table registration_contacts add column submitter_email text`.execute(db);
  },
};
