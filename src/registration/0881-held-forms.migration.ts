import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * A page that is sent again to another address waits a second time, for whoever reads there, and registers under a token of its own:
 * neither takes the place of the other.
 */
export const heldFormsMigration: Migration = {
  name: '0881-held-forms',
  async up(db) {
    await sql`alter table unconfirmed_submissions add column page_token text`.execute(db);
    await sql`update unconfirmed_submissions set page_token = submission_token`.execute(db);
    await sql`
      alter table unconfirmed_submissions
        alter column page_token set not null,
        add constraint unconfirmed_submissions_one_per_recipient unique (partner_id, page_token, recipient_key)`.execute(
      db,
    );
    await sql`drop index unconfirmed_submissions_by_recipient`.execute(db);
    await sql`create index unconfirmed_submissions_by_time on unconfirmed_submissions (created_at)`.execute(db);
  },
};
