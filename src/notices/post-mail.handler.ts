import { newId } from '../platform/ids.js';
import type { Secrets } from '../platform/secrets.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { mailBody, subjectLine, type MailContent } from './mail.js';
import { insertMail } from './mail.store.js';

/** Kind of the work that hands a mail over. Key: mail id. */
export const sendMailWork = 'send-mail';

export interface NewMail {
  /** What it is about, such as `invitation`. */
  readonly topic: string;
  readonly to: string;
  readonly content: MailContent;
}

export type PostMail = (uow: UnitOfWork, mail: NewMail) => Promise<void>;

/** Puts a mail on its way, in the transaction of its cause. */
export function createPostMail(secrets: Secrets): PostMail {
  return async (uow, { topic, to, content }) => {
    const id = newId('mail');
    await insertMail(uow.trx, {
      id,
      topic,
      recipient: to,
      subject: subjectLine(content.subject),
      sealed_body: secrets.seal(JSON.stringify(mailBody(content))),
      created_at: uow.now,
      sent_at: null,
    });
    await uow.enqueue([{ kind: sendMailWork, key: id }]);
  };
}
