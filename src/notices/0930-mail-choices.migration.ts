import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/** Which kinds of mail somebody wants none of; what was not sent for it is kept as a row without its text. */
export const mailChoicesMigration: Migration = {
  name: '0930-mail-choices',
  async up(db) {
    await sql`
      create table mail_choices (
        person_id text not null references people (id) on delete cascade,
        kind text not null,
        off_since timestamptz not null,
        primary key (person_id, kind)
      )`.execute(db);
    await sql`alter table mails add column withheld_at timestamptz`.execute(db);
    await sql`alter table mails drop constraint mails_check`.execute(db);
    await sql`
      alter table mails add constraint mails_text_until_done
        check ((sealed_body is null) = (sent_at is not null or withheld_at is not null)),
        add constraint mails_sent_or_withheld check (sent_at is null or withheld_at is null)`.execute(db);
    await sql`drop index mails_waiting`.execute(db);
    await sql`create index mails_waiting on mails (id) where sealed_body is not null`.execute(db);
  },
};
