import { listPeople } from '../access/person.store.js';
import type { PostMail } from '../notices/post-mail.handler.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { ProgramSettings } from '../program/program.api.js';
import { loadProgram } from '../program/program.store.js';
import { receiptMail } from './form-mails.js';
import type { Registered } from './submit-registration.handler.js';

/** More people than a partner has. */
const mostMails = 100;

/**
 * Mails the receipt to the partner's people, and to whoever sent the form and left an address. That one is nobody we know: the mail
 * then says nothing of what was typed.
 */
export function createMailReceipt(deps: {
  readonly post: PostMail;
  readonly publicUrl: () => string;
  /** The day by which somebody should have decided. */
  readonly decideBy: (submittedAt: Date, settings: ProgramSettings) => string;
}): (uow: UnitOfWork, registered: Registered) => Promise<void> {
  return async (uow, { partnerId, companyName, receipt, submitter }) => {
    const { settings } = await loadProgram(uow.trx);
    const shared = { programName: settings.publicName, receipt, decideBy: deps.decideBy(uow.now, settings) };
    const people = await listPeople(uow.trx, { kind: 'partner', partnerId }, mostMails);
    const known = people.filter((person) => person.ended_at === null).map((person) => person.email);
    const url = `${deps.publicUrl()}/registrations/${receipt.registrationId}`;
    for (const to of known) {
      await deps.post(uow, { topic: 'receipt', to, content: receiptMail({ ...shared, companyName, url }) });
    }
    if (submitter === null || known.includes(submitter)) return;
    const content = receiptMail({ ...shared, companyName: null, url: null });
    await deps.post(uow, { topic: 'receipt', to: submitter, content });
  };
}
