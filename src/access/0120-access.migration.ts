import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** API keys: only their SHA-256 is kept. At most one operator key comes from the environment at a time. */
export const accessMigration: Migration = {
  name: '0120-access',
  async up(db) {
    await sql`
      create table api_keys (
        id text primary key,
        -- The readable part of an issued key, by which it is found; null for the key of the environment.
        prefix text unique,
        key_hash text not null,
        role text not null check (role in ('operator', 'partner')),
        partner_id text,
        name text not null,
        source text not null check (source in ('issued', 'environment')),
        created_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz,
        check ((role = 'partner') = (partner_id is not null)),
        check ((source = 'issued') = (prefix is not null)),
        check (source = 'issued' or role = 'operator')
      )`.execute(db);
    await sql`
      create unique index api_keys_one_of_environment on api_keys (source)
      where source = 'environment' and revoked_at is null`.execute(db);
    await sql`create index api_keys_by_partner on api_keys (partner_id, id)`.execute(db);
  },
};
