import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** A registration may be taken off its deal without getting another one. */
export const unlinkMigration: Migration = {
  name: '0902-unlink',
  async up(db) {
    await sql`alter table link_moves alter column to_deal_id drop not null`.execute(db);
  },
};
