import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Mail on its way. What it says rests encrypted, and is dropped once it has been handed over. */
export const mailsMigration: Migration = {
  name: '0810-mails',
  async up(db) {
    await sql`
      create table mails (
        id text primary key,
        topic text not null,
        recipient text not null,
        subject text not null,
        sealed_body text,
        created_at timestamptz not null,
        sent_at timestamptz,
        check ((sealed_body is null) = (sent_at is not null))
      )`.execute(db);
    await sql`create index mails_waiting on mails (id) where sent_at is null`.execute(db);
  },
};
