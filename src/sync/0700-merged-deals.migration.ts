import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Which deal of ours a merge left a deal in: what is told of the one that was eaten belongs to that one. */
export const mergedDealsMigration: Migration = {
  name: '0700-merged-deals',
  async up(db) {
    await sql`alter table deals add column merged_into text`.execute(db);
    await sql`create index deals_by_survivor on deals (merged_into) where merged_into is not null`.execute(db);
  },
};
