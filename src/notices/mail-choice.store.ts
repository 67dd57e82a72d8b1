import type { Selectable } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';

export interface MailChoicesTable {
  person_id: string;
  /** Of mail that the person wants none of. */
  kind: string;
  off_since: Date;
}

declare module '../platform/database.js' {
  interface Tables {
    mail_choices: MailChoicesTable;
  }
}

type MailChoiceRow = Selectable<MailChoicesTable>;

/** What these people want no mail of. */
export async function choicesOf(db: Reader, personIds: readonly string[]): Promise<readonly MailChoiceRow[]> {
  if (personIds.length === 0) return [];
  return db
    .selectFrom('mail_choices')
    .selectAll()
    .where('person_id', 'in', personIds)
    .orderBy('person_id')
    .orderBy('kind')
    .execute();
}

export async function wantsNoMail(db: Reader, personId: string, kind: string): Promise<boolean> {
  const row = await db
    .selectFrom('mail_choices')
    .select('kind')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row !== undefined;
}

export async function switchOff(trx: Tx, personId: string, kind: string, now: Date): Promise<void> {
  await trx
    .insertInto('mail_choices')
    .values({ person_id: personId, kind, off_since: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function switchOn(trx: Tx, personId: string, kind: string): Promise<void> {
  await trx.deleteFrom('mail_choices').where('person_id', '=', personId).where('kind', '=', kind).execute();
}

/** @returns how many choices there were */
export async function forgetChoices(trx: Tx, personIds: readonly string[]): Promise<number> {
  if (personIds.length === 0) return 0;
  const deleted = await trx.deleteFrom('mail_choices').where('person_id', 'in', personIds).executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
