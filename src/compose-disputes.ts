import { activeOperators, findPerson } from './access/person.store.js';
import { operatorRoles, type Right } from './access/rights.js';
import type { TellOfDispute } from './desk/open-dispute.handler.js';
import { disputeMail } from './notices/dispute-mails.js';
import type { NewMail, PostMail } from './notices/post-mail.handler.js';
import { findPartner } from './partners/partner.store.js';
import type { Reader } from './platform/database.js';
import type { UnitOfWork } from './platform/unit-of-work.js';
import type { DisputeRow } from './desk/dispute.store.js';

interface TellDependencies {
  readonly post: PostMail;
  readonly publicUrl: () => string;
  readonly programName: (db: Reader) => Promise<string>;
}

/** Mails the other side of a dispute: who opened it at the partner, or the vendor's people who may settle it. */
export function createTellOfDispute({ post, publicUrl, programName }: TellDependencies): TellOfDispute {
  return async (uow, dispute, to) => {
    const partner = await findPartner(uow.trx, dispute.partner_id);
    if (partner === undefined) return;
    const content = disputeMail({
      programName: await programName(uow.trx),
      partnerName: partner.name,
      to,
      status: dispute.status,
      dueOn: dispute.due_on,
      url: `${publicUrl()}/disputes/${dispute.id}`,
    });
    const readers = to === 'vendor' ? await settlers(uow) : [await opener(uow, dispute, partner.email)];
    for (const reader of readers) await post(uow, { topic: 'dispute', ...reader, content });
  };
}

type MailedTo = Pick<NewMail, 'to' | 'personId'>;

async function settlers(uow: UnitOfWork): Promise<readonly MailedTo[]> {
  const right: Right = 'disputes:decide';
  const people = await activeOperators(uow.trx);
  return people
    .filter(({ role }) => rightsOf(role).includes(right))
    .map(({ id, email }) => ({ to: email, personId: id }));
}

function rightsOf(role: string): readonly Right[] {
  const roles: Readonly<Record<string, readonly Right[]>> = operatorRoles;
  return roles[role] ?? [];
}

async function opener(uow: UnitOfWork, { opened_by: id }: DisputeRow, otherwise: string): Promise<MailedTo> {
  const person = id === null ? undefined : await findPerson(uow.trx, id);
  if (person === undefined || person.ended_at !== null) return { to: otherwise, personId: null };
  return { to: person.email, personId: person.id };
}
