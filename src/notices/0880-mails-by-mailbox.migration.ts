import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Finds what one mailbox was sent of late. `ann+news@acme.com` is read in the mailbox of `ann@acme.com`. */
export const mailsByMailboxMigration: Migration = {
  name: '0880-mails-by-mailbox',
  async up(db) {
    await sql`
      create index mails_by_mailbox
      on mails ((regexp_replace(lower(recipient), '[+][^@]*@', '@')), topic, created_at)`.execute(db);
  },
};
