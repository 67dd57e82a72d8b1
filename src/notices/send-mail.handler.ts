import { createTransport, type Transporter } from 'nodemailer';
import { z } from 'zod';
import type { Database } from '../platform/database.js';
import type { Secrets } from '../platform/secrets.js';
import type { Transact } from '../platform/unit-of-work.js';
import type { WorkOutcome } from '../platform/work.js';
import { findMail, markSent, type MailRow } from './mail.store.js';
import type { MailBody } from './mail.js';

export interface SendMailDependencies {
  readonly db: Database;
  readonly transact: Transact;
  readonly secrets: Secrets;
  /** Null where there is no mail server: mail waits, and a page shows it. */
  readonly smtpUrl: string | null;
  /** Whom mail comes from. */
  readonly sender: () => Promise<{ readonly name: string; readonly address: string }>;
}

const bodyShape = z.object({ text: z.string(), html: z.string() });
const timeoutMs = 20_000;
const retryMs = 3_600_000;
/** SMTP's answers from here on say that trying again will not help. */
const permanentFrom = 500;

/**
 * Hands mails to the mail server, each once: one that dies between the hand-over and its note is sent twice under one
 * Message-ID, which mailboxes fold into one.
 */
export function createSendMail(deps: SendMailDependencies) {
  let transport: Transporter | null = null;
  return async (mailId: string, now: Date): Promise<WorkOutcome> => {
    const mail = await findMail(deps.db, mailId);
    if (mail?.sealed_body == null) return { kind: 'done' };
    if (deps.smtpUrl === null) return { kind: 'again', at: new Date(now.getTime() + retryMs) };
    transport ??= createTransport({
      url: deps.smtpUrl,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    });
    try {
      await transport.sendMail(await message(deps, mail, mail.sealed_body));
    } catch (failure) {
      if (!isPermanent(failure)) throw failure;
      return { kind: 'set-aside', title: 'A mail was refused', detail: failure.message };
    }
    await deps.transact((uow) => markSent(uow.trx, mail.id, uow.now));
    return { kind: 'done' };
  };
}

async function message({ sender, secrets }: SendMailDependencies, mail: MailRow, sealed: string) {
  const { name, address } = await sender();
  return {
    from: { name, address },
    to: mail.recipient,
    subject: mail.subject,
    messageId: `<${mail.id}@${address.split('@')[1] ?? 'localhost'}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...openBody(secrets, sealed),
  };
}

export function openBody(secrets: Secrets, sealed: string): MailBody {
  return bodyShape.parse(JSON.parse(secrets.open(sealed)));
}

function isPermanent(failure: unknown): failure is Error & { readonly responseCode: number } {
  return (
    failure instanceof Error &&
    'responseCode' in failure &&
    typeof failure.responseCode === 'number' &&
    failure.responseCode >= permanentFrom
  );
}
