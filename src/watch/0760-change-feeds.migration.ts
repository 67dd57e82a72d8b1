import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * One row per connection whose CRM tells of changes over a connection of ours. `position`: how far it has been heard.
 * `lease_owner` is the one process that listens, `retry_at` when to try again after the CRM refused. `state` and `detail` are for
 * people. `reread_since`: changes since then must be looked for although no signal names them; `reread_cursor` is how far that has
 * come, and `reread_gen` tells a later wish from the one under way.
 */
export const changeFeedsMigration: Migration = {
  name: '0760-change-feeds',
  async up(db) {
    await sql`
      create table change_feeds (
        connection_id text primary key,
        position text,
        lease_owner text,
        lease_until timestamptz,
        retry_at timestamptz,
        state text not null check (state in ('connecting', 'live', 'waiting', 'refused')),
        state_since timestamptz not null,
        detail text,
        reread_since timestamptz,
        reread_cursor text,
        reread_gen bigint not null default 0
      )`.execute(db);
  },
};
