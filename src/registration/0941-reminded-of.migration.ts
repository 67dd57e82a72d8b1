import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Of which end of its protection a partner was reminded: of each once. */
export const remindedOfMigration: Migration = {
  name: '0941-reminded-of',
  async up(db) {
    await sql`alter table registrations add column reminded_of date`.execute(db);
  },
};
