import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** What every operator could do until now is kept by keys whose rights were chosen before it could be taken away. */
export const operatorRightsMigration: Migration = {
  name: '0790-operator-rights',
  async up(db) {
    await sql`
      update api_keys set rights = rights || array[
        'partners:manage', 'registrations:decide', 'links:decide', 'money:record', 'payouts:record', 'problems:retry'
      ] where rights is not null`.execute(db);
  },
};
