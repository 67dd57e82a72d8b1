import { newId } from '../platform/ids.js';
import type { Secrets } from '../platform/secrets.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { wantsNoMail } from './mail-choice.store.js';
import { footerOf, isMailKind } from './mail-kinds.js';
import { mailBody, subjectLine, type MailContent } from './mail.js';
import { insertMail } from './mail.store.js';

/** Kind of the work that hands a mail over. Key: mail id. */
export const sendMailWork = 'send-mail';

export interface NewMail {
  /** What it is about, such as `invitation`. */
  readonly topic: string;
  readonly to: string;
  /** Whose choice it is whether it is sent; null for an address that is mailed as nobody's we know. */
  readonly personId: string | null;
  /** Whether anybody may have typed the address: such mail has a limit. */
  readonly toStranger?: boolean;
  readonly content: MailContent;
}

export type PostMail = (uow: UnitOfWork, mail: NewMail) => Promise<void>;

/** Puts a mail on its way, in the transaction of its cause. What its reader chose not to get is noted as withheld, without its text. */
export function createPostMail(deps: { readonly secrets: Secrets; readonly publicUrl: () => string }): PostMail {
  return async (uow, { topic, to, personId, toStranger = false, content }) => {
    const kind = personId !== null && isMailKind(topic) ? topic : null;
    const isWithheld = personId !== null && kind !== null && (await wantsNoMail(uow.trx, personId, kind));
    const footer = kind === null ? null : footerOf(kind, deps.publicUrl());
    const id = newId('mail');
    await insertMail(uow.trx, {
      id,
      topic,
      recipient: to,
      subject: subjectLine(content.subject),
      sealed_body: isWithheld ? null : deps.secrets.seal(JSON.stringify(mailBody(content, footer))),
      created_at: uow.now,
      sent_at: null,
      withheld_at: isWithheld ? uow.now : null,
      to_stranger: toStranger,
    });
    if (!isWithheld) await uow.enqueue([{ kind: sendMailWork, key: id }]);
  };
}
