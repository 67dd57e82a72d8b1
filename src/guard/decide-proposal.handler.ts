import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { assertDefined } from '../platform/assert.js';
import { resolveProblems } from '../platform/problems.store.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { lockDeal, lockProspect } from '../registration/prospect.store.js';
import { findRegistration, lockRegistration, type RegistrationRow } from '../registration/registration.store.js';
import { linksOfRegistrations } from '../sync/crm-link.store.js';
import { conversionGuard } from './alarm.js';
import { DealOfAnother, LinkProposalDecided, LinkProposalNotFound, RegistrationEnded } from './guard-errors.js';
import { decideProposal, findProposal, proposalsOf, type LinkProposal } from './link-proposal.store.js';
import { moveLink } from './move-link.handler.js';
import { takenDeals } from './neighbours.handler.js';

export interface ProposalDecision {
  readonly id: string;
  readonly actor: Actor;
  readonly reason: string | null;
}

/**
 * Gives the registration the proposed deal. Accepted a second time it is what it was after the first.
 * @throws LinkProposalNotFound, LinkProposalDecided, RegistrationEnded, DealOfAnother
 */
export async function acceptProposal(uow: UnitOfWork, { id, actor, reason }: ProposalDecision): Promise<LinkProposal> {
  const { proposal, registration } = await lockProposal(uow, id);
  if (proposal.status === 'accepted') return proposal;
  if (proposal.status !== 'open') throw new LinkProposalDecided(id, proposal.status);
  if (registration.status !== 'approved' && registration.status !== 'expired') {
    throw new RegistrationEnded(registration.id, registration.status);
  }
  const { deal_id: dealId, registration_id: registrationId } = proposal;
  if ((await takenDeals(uow, registrationId, [dealId])).has(dealId)) throw new DealOfAnother(dealId);
  await decideProposal(uow.trx, id, { status: 'accepted', by: actorKey(actor), reason }, uow.now);
  const [found] = await linksOfRegistrations(uow.trx, [registrationId]);
  const link = assertDefined(found, 'a registration with a proposal is in the CRM');
  await moveLink(uow, { link, dealId, actor, reason: reason ?? 'accepted', proposalId: id });
  return decided(uow, id);
}

/**
 * Says that the deal is not this registration's; it is not proposed again. With the last one the alarm ends.
 * @throws LinkProposalNotFound, LinkProposalDecided
 */
export async function rejectProposal(uow: UnitOfWork, { id, actor, reason }: ProposalDecision): Promise<LinkProposal> {
  const { proposal } = await lockProposal(uow, id);
  if (proposal.status === 'rejected') return proposal;
  if (proposal.status !== 'open') throw new LinkProposalDecided(id, proposal.status);
  const { registration_id: registrationId, deal_id: dealId } = proposal;
  await decideProposal(uow.trx, id, { status: 'rejected', by: actorKey(actor), reason }, uow.now);
  await recordAudit(uow, {
    actor,
    action: 'link-proposal.reject',
    subject: { type: 'registration', id: registrationId },
    details: { proposal: id, deal: dealId, reason },
  });
  const left = (await proposalsOf(uow.trx, [registrationId])).some((one) => one.status === 'open');
  if (!left) await resolveProblems(uow.trx, conversionGuard, [registrationId], uow.now);
  return decided(uow, id);
}

/** Everybody who decides about a registration or a deal takes these locks, in this order. */
async function lockProposal(
  uow: UnitOfWork,
  id: string,
): Promise<{ readonly proposal: LinkProposal; readonly registration: RegistrationRow }> {
  const found = await findProposal(uow.trx, id);
  if (found === undefined) throw new LinkProposalNotFound(id);
  const about = await findRegistration(uow.trx, found.registration_id);
  const prospect = assertDefined(about, 'a proposal has its registration');
  await lockProspect(uow.trx, prospect);
  const registration = assertDefined(await lockRegistration(uow.trx, prospect.id), 'a registration is never removed');
  await lockDeal(uow.trx, found.deal_id);
  return { proposal: await decided(uow, id), registration };
}

async function decided(uow: UnitOfWork, id: string): Promise<LinkProposal> {
  return assertDefined(await findProposal(uow.trx, id), 'a proposal is never removed');
}
