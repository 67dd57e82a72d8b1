import { invitePerson, type SendInvitation } from '../access/invite-person.handler.js';
import { recordAudit } from '../audit/audit.store.js';
import { actorName, type Actor } from '../platform/actor.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { AcceptBody } from './application.api.js';
import { ApplicationDecided, ApplicationNotFound, CompanyIsPartner } from './application-errors.js';
import { applicationsOf, lockApplication, updateApplication, type ApplicationRow } from './application.store.js';
import { createPartner } from './partner.handler.js';

/** Tells the contact, in the words of whoever decided. */
export type SendRejection = (
  uow: UnitOfWork,
  rejected: { readonly email: string; readonly reason: string },
) => Promise<void>;

/**
 * Makes the company a partner and asks its contact in as the first owner, in one transaction.
 * @throws ApplicationNotFound, ApplicationDecided, CompanyIsPartner, PartnerEmailTaken, EmailTaken
 */
export async function acceptApplication(
  uow: UnitOfWork,
  sendInvitation: SendInvitation,
  { actor, id, body }: { readonly actor: Actor; readonly id: string; readonly body: AcceptBody },
): Promise<ApplicationRow> {
  const application = await openApplication(uow, id);
  const others = await applicationsOf(uow.trx, application);
  const partnerBefore = others.find(({ partner_id }) => partner_id !== null)?.partner_id;
  if (partnerBefore !== undefined && partnerBefore !== null) throw new CompanyIsPartner(partnerBefore);
  const { row: partner } = await createPartner(uow, actor, {
    name: body.name ?? application.company_name,
    email: application.contact_email,
    type: body.type ?? application.type,
    tier: body.tier,
    tags: [],
    recruitedBy: null,
    payoutCurrency: null,
  });
  await invitePerson(uow, sendInvitation, {
    actor,
    name: application.contact_name,
    email: application.contact_email,
    kind: 'partner',
    role: 'owner',
    partnerId: partner.id,
  });
  return decide(uow, actor, application, { status: 'accepted', partner_id: partner.id, reason: null });
}

/** Says no, by mail unless it is rejected silently: what robots send is not worth an answer. @throws ApplicationNotFound, ApplicationDecided */
export async function rejectApplication(
  uow: UnitOfWork,
  sendRejection: SendRejection,
  { actor, id, reason, silent }: Rejection,
): Promise<ApplicationRow> {
  const application = await openApplication(uow, id);
  if (!silent) await sendRejection(uow, { email: application.contact_email, reason });
  return decide(uow, actor, application, { status: 'rejected', partner_id: null, reason });
}

interface Rejection {
  readonly actor: Actor;
  readonly id: string;
  readonly reason: string;
  readonly silent: boolean;
}

async function openApplication(uow: UnitOfWork, id: string): Promise<ApplicationRow> {
  const application = await lockApplication(uow.trx, id);
  if (application === undefined) throw new ApplicationNotFound(id);
  const { status, decided_at: at, decided_by: by } = application;
  if (status !== 'open' && at !== null) throw new ApplicationDecided({ status, by: by ?? 'Somebody', at });
  return application;
}

async function decide(
  uow: UnitOfWork,
  actor: Actor,
  application: ApplicationRow,
  outcome: Pick<ApplicationRow, 'status' | 'partner_id' | 'reason'>,
): Promise<ApplicationRow> {
  const decision = { ...outcome, decided_at: uow.now, decided_by: actorName(actor) };
  await updateApplication(uow.trx, application.id, decision);
  await recordAudit(uow, {
    actor,
    action: outcome.status === 'accepted' ? 'application.accept' : 'application.reject',
    subject: { type: 'application', id: application.id },
    details: { partnerId: outcome.partner_id },
  });
  return { ...application, ...decision };
}
