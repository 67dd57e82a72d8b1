import { listPeople } from '../access/person.store.js';
import { recordAudit } from '../audit/audit.store.js';
import { mayMailKnown, strangerLimit, type StrangerLimit } from '../notices/mail-limit.handler.js';
import type { PostMail } from '../notices/post-mail.handler.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { ProgramSettings } from '../program/program.api.js';
import { loadProgram } from '../program/program.store.js';
import { receiptMail } from './form-mails.js';
import type { Registered } from './submit-registration.handler.js';

/** More people than a partner has. */
const mostMails = 100;
const topic = 'receipt';

/**
 * Mails the receipt to the partner's people, and to whoever sent the form and left an address. That one is nobody we know: the mail
 * then says nothing of what was typed. A public form must not fill anybody's mailbox, so a day has its limit; the receipt is on the page
 * in any case.
 */
export function createMailReceipt(deps: {
  readonly post: PostMail;
  readonly publicUrl: () => string;
  /** The day by which somebody should have decided. */
  readonly decideBy: (submittedAt: Date, settings: ProgramSettings) => string;
}): (uow: UnitOfWork, registered: Registered) => Promise<void> {
  return async (uow, { partnerId, companyName, receipt, submitter, language }) => {
    const { settings } = await loadProgram(uow.trx);
    const base = deps.publicUrl();
    const decideBy = deps.decideBy(uow.now, settings);
    const shared = { programName: settings.publicName, receipt, decideBy, verifyUrl: `${base}/verify` };
    const people = await listPeople(uow.trx, { kind: 'partner', partnerId }, mostMails);
    const known = people.filter((person) => person.ended_at === null);
    const url = `${base}/registrations/${receipt.registrationId}`;
    for (const { id: personId, email: to } of known) {
      const content = receiptMail({ ...shared, language: 'en', companyName, url });
      if (await mayMailKnown(uow, topic, to)) await deps.post(uow, { topic, to, personId, content });
      else await recordUnmailed(uow, receipt.registrationId);
    }
    if (submitter === null || known.some(({ email }) => email === submitter)) return;
    const content = receiptMail({ ...shared, language, companyName: null, url: null });
    const limit = await strangerLimit(uow, topic, submitter);
    if (limit !== null) await recordUnmailed(uow, receipt.registrationId, limit);
    else await deps.post(uow, { topic, to: submitter, personId: null, toStranger: true, content });
  };
}

async function recordUnmailed(
  uow: UnitOfWork,
  registrationId: string,
  limit: StrangerLimit = 'mailbox',
): Promise<void> {
  await recordAudit(uow, {
    actor: { kind: 'system' },
    action: 'receipt.not-mailed',
    subject: { type: 'registration', id: registrationId },
    details: { reason: 'too-many', limit },
  });
}
