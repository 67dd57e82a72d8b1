import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Counts mail to addresses that anybody may have typed, all of it together; and one mailbox of Google's is one, however it is written. */
export const mailsToStrangersMigration: Migration = {
  name: '0931-mails-to-strangers',
  async up(db) {
    await sql`alter table mails add column to_stranger boolean not null default false`.execute(db);
    await sql`create index mails_to_strangers on mails (created_at) where to_stranger`.execute(db);
    await sql`drop index mails_by_mailbox`.execute(db);
    await sql`
      create index mails_by_mailbox on mails ((
        case when split_part(lower(recipient), '@', 2) in ('gmail.com', 'googlemail.com')
          then replace(split_part(split_part(lower(recipient), '@', 1), '+', 1), '.', '') || '@gmail.com'
          else regexp_replace(lower(recipient), '[+][^@]*@', '@') end), topic, created_at)`.execute(db);
  },
};
