import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * What all processes know together of the calls a CRM allows, and what each was given of them. Without a foreign key: the command
 * line may call a CRM before its connection has a row. `findings`: what the last examination of the CRM found.
 */
export const callAccountsMigration: Migration = {
  name: '0780-call-accounts',
  async up(db) {
    await sql`create table crm_call_accounts (connection_id text primary key, account jsonb)`.execute(db);
    await sql`
      alter table connections
        add column findings jsonb not null default '[]',
        add column examined_at timestamptz`.execute(db);
  },
};
