import { listPeople } from '../access/person.store.js';
import type { PostMail } from '../notices/post-mail.handler.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { loadProgram } from '../program/program.store.js';
import { decisionMail, type ToldDecision } from './decision-mails.js';
import { dayText } from './form-words.js';
import type { RegistrationRow } from './registration.store.js';

/** More people than a partner has. */
const mostMails = 100;
const topic = 'decision';

export type TellPartner = (uow: UnitOfWork, registration: RegistrationRow, decision: ToldDecision) => Promise<void>;

/** Mails the partner's people what was decided about a registration, in the transaction of the decision. */
export function createTellPartner(deps: { readonly post: PostMail; readonly publicUrl: () => string }): TellPartner {
  return async (uow, registration, decision) => {
    const { partner_id: partnerId, protected_until: until } = registration;
    const people = await listPeople(uow.trx, { kind: 'partner', partnerId }, mostMails);
    const known = people.filter((person) => person.ended_at === null);
    if (known.length === 0) return;
    const { publicName: programName } = (await loadProgram(uow.trx)).settings;
    const content = decisionMail({
      ...{ decision, programName, companyName: registration.company_name },
      protectedUntil: until === null ? null : dayText('en', until),
      url: `${deps.publicUrl()}/registrations/${registration.id}`,
    });
    for (const { id: personId, email: to } of known) {
      await deps.post(uow, { topic, to, personId, content });
    }
  };
}
