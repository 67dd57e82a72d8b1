import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * A line may have no deal (a lead that qualified), and no registration or plan either (what a person decided): then it corrects
 * no other line although it is an adjustment. `payee` says whom its entry is owed to.
 */
export const linesWithoutDealMigration: Migration = {
  name: '0670-lines-without-deal',
  async up(db) {
    await sql`
      alter table commission_lines
        alter column deal_id drop not null,
        alter column registration_id drop not null,
        alter column plan_version_id drop not null,
        alter column plan_version drop not null`.execute(db);
    const { rows } = await sql<{ name: string }>`
      select conname as name from pg_constraint
      where conrelid = 'commission_lines'::regclass and contype = 'c'
        and pg_get_constraintdef(oid) like '%source_line_id%'`.execute(db);
    for (const { name } of rows) await sql`alter table commission_lines drop constraint ${sql.id(name)}`.execute(db);
    await sql`
      alter table commission_lines add constraint commission_lines_source check (
        case kind
          when 'adjustment' then source_line_id is not null or plan_version_id is null
          else (source_line_id is null) = (kind in ('commission', 'revshare', 'override', 'bonus'))
        end)`.execute(db);
    await sql`create index commission_lines_by_registration on commission_lines (registration_id) where deal_id is null`.execute(
      db,
    );
  },
};
