import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Wins that were asked about while only the registered records counted are asked about once more. */
export const winsByAddressMigration: Migration = {
  name: '0942-wins-by-address',
  async up(db) {
    await sql`update unclaimed_wins set due = true where checked_at is not null`.execute(db);
  },
};
