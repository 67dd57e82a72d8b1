import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.js';
import { createScrubber, type Person } from '../platform/personal-data.js';
import type { PersonalPlace } from '../platform/personal-place.js';
import type { Secrets } from '../platform/secrets.js';
import { choicesOf, forgetChoices } from './mail-choice.store.js';
import type { MailRow } from './mail.store.js';

/**
 * Mail to the person goes, and is told of without its text: links in it let people in. What waits to be sent to
 * others and names the person loses that.
 */
export function mailPlaces(secrets: Secrets): readonly PersonalPlace[] {
  const opened = ({ sealed_body: sealed }: MailRow): string | null => (sealed === null ? null : secrets.open(sealed));
  return [
    {
      table: 'mails',
      find: async (db, person) =>
        (await mailsTo(db, person)).map((mail) => ({
          id: mail.id,
          recipient: mail.recipient,
          subject: mail.subject,
          createdAt: mail.created_at.toISOString(),
        })),
      erase: async ({ trx }, person) => {
        const ids = (await mailsTo(trx, person)).map(({ id }) => id);
        if (ids.length > 0) await trx.deleteFrom('mails').where('id', 'in', ids).execute();
        let changed = ids.length;
        const scrubber = createScrubber(person);
        const waiting = await trx.selectFrom('mails').selectAll().where('sealed_body', 'is not', null).execute();
        for (const mail of waiting) {
          const body = opened(mail) ?? '';
          const after = scrubber.text(body, scrubber.names(body) ? 'about' : 'both-names');
          if (after === body) continue;
          await trx
            .updateTable('mails')
            .set({ sealed_body: secrets.seal(after) })
            .where('id', '=', mail.id)
            .execute();
          changed += 1;
        }
        return changed;
      },
    },
    {
      table: 'mail_choices',
      find: async (db, { ids }) =>
        (await choicesOf(db, ids)).map((row) => ({
          personId: row.person_id,
          kind: row.kind,
          offSince: row.off_since.toISOString(),
        })),
      erase: ({ trx }, { ids }) => forgetChoices(trx, ids),
    },
  ];
}

async function mailsTo(db: Reader, { addresses }: Person): Promise<readonly MailRow[]> {
  return db
    .selectFrom('mails')
    .selectAll()
    .where(sql<boolean>`lower(recipient) = any(${[...addresses]}::text[])`)
    .orderBy('id')
    .execute();
}

/** Mail that was sent or withheld before a moment is forgotten. @returns how many */
export async function forgetMailsSentBefore(trx: Tx, before: Date): Promise<number> {
  const deleted = await trx
    .deleteFrom('mails')
    .where(sql<boolean>`coalesce(sent_at, withheld_at) < ${before}`)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
