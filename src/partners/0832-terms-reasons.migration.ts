import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Why a partner's type or tier changed, and who says so, for whoever reads the history later. */
export const termsReasonsMigration: Migration = {
  name: '0832-terms-reasons',
  async up(db) {
    await sql`alter table partner_terms add column reason text, add column recorded_by_name text`.execute(db);
  },
};
