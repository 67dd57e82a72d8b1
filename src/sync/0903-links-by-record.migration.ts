import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Wins that nobody is credited for are looked for among every registration's contacts and companies, ended ones too. */
export const linksByRecordMigration: Migration = {
  name: '0903-links-by-record',
  async up(db) {
    await sql`create index crm_links_on_contact on crm_links (connection_id, crm_contact_id)`.execute(db);
    await sql`create index crm_links_on_company on crm_links (connection_id, crm_company_id)`.execute(db);
  },
};
