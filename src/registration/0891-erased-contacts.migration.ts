import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** That a contact was erased before is evidence for whoever decides on a new registration. */
export const erasedContactsMigration: Migration = {
  name: '0891-erased-contacts',
  async up(db) {
    await sql`
      alter table registration_conflicts drop constraint registration_conflicts_source_check,
        add constraint registration_conflicts_source_check
          check (source in ('registration', 'crm', 'partner', 'erasure'))`.execute(db);
    await sql`create index registration_contacts_by_email on registration_contacts (email)`.execute(db);
    await sql`
      create index registration_contacts_by_submitter on registration_contacts (lower(submitter_email))
      where submitter_email is not null`.execute(db);
  },
};
