import { recordAudit } from '../audit/audit.store.js';
import { forgetMailsSentBefore } from '../notices/mail-erasure.store.js';
import { forgetApplicantsDecidedBefore } from '../partners/applicant-erasure.store.js';
import { eraseTraces, followIds } from '../platform/personal-data.store.js';
import type { Transact, UnitOfWork } from '../platform/unit-of-work.js';
import { loadProgram } from '../program/program.store.js';
import {
  contactsEndedBefore,
  eraseContacts,
  eraseFreeAnswers,
  forgetKeys,
  type EndedStatus,
} from '../registration/contact-erasure.store.js';
import type { ContactRow } from '../registration/registration.store.js';
import { personalData } from './desk-personal-data.js';
import { beginErasing } from './erasure.store.js';

/** Kind of the standing work that erases what was kept long enough. One row, with any key. */
export const applyRetentionWork = 'apply-retention';

const dayMs = 24 * 60 * 60 * 1000;
/** Contacts one transaction forgets; there may be years of them when somebody first sets a limit. */
const mostAtOnce = 10;
/** Everybody else works in between. */
const restMs = 2_000;

/**
 * Erases contact details that the program's settings keep no longer, in steps that each are whole, and notes how many.
 * @returns when to look again: soon where there is more, otherwise in a day
 */
export function createApplyRetention({ transact }: { readonly transact: Transact }): () => Promise<Date> {
  return () =>
    transact(async (uow) => {
      const { retention } = (await loadProgram(uow.trx)).settings;
      await beginErasing(uow.trx);
      const rejected = await forgetEnded(uow, ['rejected', 'withdrawn'], retention.rejectedRegistrationsDays);
      const expired = await forgetEnded(uow, ['expired'], retention.expiredRegistrationsDays);
      const { applicationsDays, mailsDays } = retention;
      const counts = {
        rejectedRegistrations: rejected,
        expiredRegistrations: expired,
        applications:
          applicationsDays === null ? 0 : await forgetApplicantsDecidedBefore(uow.trx, daysAgo(uow, applicationsDays)),
        mails: mailsDays === null ? 0 : await forgetMailsSentBefore(uow.trx, daysAgo(uow, mailsDays)),
      };
      if (Object.values(counts).some((count) => count > 0)) {
        const subject = { type: 'program', id: 'retention' };
        await recordAudit(uow, { actor: { kind: 'system' }, action: 'retention.apply', subject, details: counts });
      }
      const isMore = rejected === mostAtOnce || expired === mostAtOnce;
      return new Date(uow.now.getTime() + (isMore ? restMs : dayMs));
    });
}

function daysAgo(uow: UnitOfWork, days: number): Date {
  return new Date(uow.now.getTime() - days * dayMs);
}

async function forgetEnded(uow: UnitOfWork, statuses: readonly EndedStatus[], days: number | null): Promise<number> {
  if (days === null) return 0;
  const contacts = await contactsEndedBefore(uow.trx, statuses, daysAgo(uow, days), mostAtOnce);
  for (const contact of contacts) await forgetContact(uow, contact);
  return contacts.length;
}

/** Only in what is about this registration: the person may be known here for another reason. */
async function forgetContact({ trx }: UnitOfWork, contact: ContactRow): Promise<void> {
  const own = [contact.registration_id];
  const led = await followIds(trx, personalData, own);
  const person = {
    addresses: [contact.email, ...(contact.submitter_email === null ? [] : [contact.submitter_email.toLowerCase()])],
    names: [{ first: contact.first_name, last: contact.last_name }],
    phones: contact.phone === null ? [] : [contact.phone],
    // A deal may be another registration's by now.
    ids: led.filter((id) => !id.startsWith('deal_')),
    keys: [],
  };
  for (const table of personalData) await eraseTraces(trx, table, person, 'about');
  await eraseFreeAnswers(trx, own);
  await eraseContacts(trx, own);
  await forgetKeys(trx, own);
}
