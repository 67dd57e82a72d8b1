import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** What an operator key may do beyond what all may; null is everything, which is what keys could do before. */
export const keyRightsMigration: Migration = {
  name: '0621-key-rights',
  async up(db) {
    await sql`
      alter table api_keys add column rights text[],
        add constraint api_keys_rights_of_operators check (rights is null or role = 'operator')`.execute(db);
  },
};
