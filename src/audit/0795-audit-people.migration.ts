import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Who of a partner's people acted: an opaque id, as a row of the log cannot be erased. */
export const auditPeopleMigration: Migration = {
  name: '0795-audit-people',
  async up(db) {
    await sql`alter table audit_log add column person_id text`.execute(db);
  },
};
