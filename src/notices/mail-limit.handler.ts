import type { UnitOfWork } from '../platform/unit-of-work.js';
import { countMailsTo, countMailsToStrangers, lockMailbox, lockStrangersMail } from './mail.store.js';
import { mailboxOf } from './mailbox.js';

/** Mails of one topic within a day to an address that a stranger typed: more would be a nuisance to whoever reads there. */
export const mailsToStrangersADay = 3;
/** … and to all such addresses together: a robot has many, and a mail server that writes to strangers all day is soon believed by nobody. */
const mailsToStrangersAnHour = 100;
/** … and to somebody who is known, that strangers have us send. */
const mailsToKnownADay = 50;
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** What keeps a mail from going to a stranger: what that mailbox, or all of them together, were sent of late. */
export type StrangerLimit = 'mailbox' | 'all-together';

/**
 * What keeps one more mail of a topic from going to an address that a stranger typed; null for nothing. Of two who ask at once, the second
 * waits for what the first sends. Mail that still waits for a mail server counts, too.
 */
export async function strangerLimit(uow: UnitOfWork, topic: string, address: string): Promise<StrangerLimit | null> {
  await lockStrangersMail(uow.trx);
  await lockMailbox(uow.trx, mailboxOf(address));
  if ((await mailedToday(uow, topic, address)) >= mailsToStrangersADay) return 'mailbox';
  const since = new Date(uow.now.getTime() - hourMs);
  return (await countMailsToStrangers(uow.trx, since)) >= mailsToStrangersAnHour ? 'all-together' : null;
}

/** Whether one more goes to somebody who is known; a few too many do no harm there, so nobody waits. */
export async function mayMailKnown(uow: UnitOfWork, topic: string, address: string): Promise<boolean> {
  return (await mailedToday(uow, topic, address)) < mailsToKnownADay;
}

async function mailedToday(uow: UnitOfWork, topic: string, address: string): Promise<number> {
  const since = new Date(uow.now.getTime() - dayMs);
  return countMailsTo(uow.trx, { mailbox: mailboxOf(address), topic, since });
}
