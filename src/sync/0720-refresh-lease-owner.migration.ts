import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Who holds the right to refresh a connection's tokens, so that nobody gives back what another one took over. */
export const refreshLeaseOwnerMigration: Migration = {
  name: '0720-refresh-lease-owner',
  async up(db) {
    await sql`alter table connections add column refresh_lease_owner text`.execute(db);
  },
};
