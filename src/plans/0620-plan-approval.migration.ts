import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Who stored a version and why. Versions from before do not know. */
export const planApprovalMigration: Migration = {
  name: '0620-plan-approval',
  async up(db) {
    // `created_by` is the key; `author` is what people call whoever holds it.
    await sql`alter table plan_versions add column author text, add column reason text`.execute(db);
  },
};
