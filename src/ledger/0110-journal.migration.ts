import { sql, type Kysely } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * Makes the database refuse UPDATE, DELETE and TRUNCATE on a table, whoever asks: corrections are new rows. For use in later
 * schema steps too.
 */
export async function makeAppendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  const trigger = sql.id(`${table}_is_append_only`);
  await sql`
    create trigger ${trigger} before update or delete or truncate on ${sql.table(table)}
    for each statement execute function refuse_change()`.execute(db);
}

/**
 * The journal. What the code promises, the database enforces:
 * - no row is changed or removed (`refuse_change`);
 * - an entry is whole when its transaction commits: as many postings as it says, at least two, summing to zero in each
 *   currency (`entry_must_balance`, deferred because entry and postings are separate rows);
 * - an entry is closed from then on: a posting needs a free position between 1 and the entry's `posting_count`, and all are
 *   taken, so not even a balanced pair can be added later.
 *
 * Neither table refers to partners or deals: such a reference locks the row it points to for every insert, and a thousand
 * postings for one partner would queue up behind it.
 */
export const journalMigration: Migration = {
  name: '0110-journal',
  async up(db) {
    await sql`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only: % is refused, book a correction instead', tg_table_name, tg_op
          using errcode = 'restrict_violation';
      end $$`.execute(db);
    await createTables(db);
    await sql`
      create function entry_must_balance() returns trigger language plpgsql as $$
      declare
        posted integer;
        unbalanced text;
      begin
        select count(*) into posted from postings where entry_id = new.id;
        if posted <> new.posting_count then
          raise exception 'journal entry % has % of % postings', new.id, posted, new.posting_count
            using errcode = 'check_violation', constraint = 'journal_entry_is_whole';
        end if;
        select currency into unbalanced from postings where entry_id = new.id
        group by currency having sum(amount_minor) <> 0 limit 1;
        if unbalanced is not null then
          raise exception 'journal entry % does not sum to zero in %', new.id, unbalanced
            using errcode = 'check_violation', constraint = 'journal_entry_balances';
        end if;
        return null;
      end $$`.execute(db);
    await sql`
      create constraint trigger journal_entry_must_balance after insert on journal_entries
      deferrable initially deferred for each row execute function entry_must_balance()`.execute(db);
    await makeAppendOnly(db, 'journal_entries');
    await makeAppendOnly(db, 'postings');
  },
};

async function createTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table journal_entries (
      id text primary key,
      kind text not null,
      idempotency_key text not null constraint journal_entries_idempotency_key unique,
      partner_id text not null,
      deal_id text,
      occurred_on date not null,
      booked_at timestamptz not null,
      memo text not null,
      posting_count smallint not null check (posting_count >= 2),
      constraint journal_entries_closed_by unique (id, posting_count)
    )`.execute(db);
  await sql`
    create table postings (
      entry_id text not null,
      posting_count smallint not null,
      position smallint not null,
      account_code text not null,
      partner_id text,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      amount_minor bigint not null check (amount_minor <> 0),
      primary key (entry_id, position),
      constraint posting_position_is_declared check (position between 1 and posting_count),
      foreign key (entry_id, posting_count) references journal_entries (id, posting_count)
    )`.execute(db);
  await sql`create index postings_by_partner on postings (partner_id, currency) where partner_id is not null`.execute(
    db,
  );
}
