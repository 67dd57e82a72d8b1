import type { UnitOfWork } from '../platform/unit-of-work.js';
import { countMailsTo, lockMailbox } from './mail.store.js';
import { mailboxOf } from './mailbox.js';

/** Mails of one topic within a day to an address that a stranger typed: more would be a nuisance to whoever reads there. */
export const mailsToStrangersADay = 3;
/** … and to somebody who is known, that strangers have us send. */
const mailsToKnownADay = 50;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Whether one more mail of a topic may go to an address that a stranger typed. Of two who ask at once, the second waits for what the
 * first sends. Mail that still waits for a mail server counts, too.
 */
export async function mayMailStranger(uow: UnitOfWork, topic: string, address: string): Promise<boolean> {
  await lockMailbox(uow.trx, mailboxOf(address));
  return (await mailedToday(uow, topic, address)) < mailsToStrangersADay;
}

/** The same for somebody who is known; a few too many do no harm there, so nobody waits. */
export async function mayMailKnown(uow: UnitOfWork, topic: string, address: string): Promise<boolean> {
  return (await mailedToday(uow, topic, address)) < mailsToKnownADay;
}

async function mailedToday(uow: UnitOfWork, topic: string, address: string): Promise<number> {
  const since = new Date(uow.now.getTime() - dayMs);
  return countMailsTo(uow.trx, { mailbox: mailboxOf(address), topic, since });
}
