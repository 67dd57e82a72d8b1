import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { assertDefined } from '../platform/assert.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { loadProgram } from '../program/program.store.js';
import { honourThrough } from '../registration/honour-protection.handler.js';
import { lockDeal, lockProspect } from '../registration/prospect.store.js';
import { findRegistration, lockRegistration, type RegistrationRow } from '../registration/registration.store.js';
import { findDeals, linksOfRegistrations } from '../sync/crm-link.store.js';
import { dealLinkedWork } from '../sync/link-deal.handler.js';
import { findDealStates } from '../watch/deal-state.store.js';
import { creditDealsWork } from '../watch/store-readings.handler.js';
import { firstSeenWon } from '../watch/unclaimed-win.store.js';
import {
  DealOfAnother,
  MissingCommissionDecided,
  MissingCommissionNotFound,
  NotInCrmYet,
  RegistrationEnded,
  RegistrationUnanswered,
} from './guard-errors.js';
import { honouredThrough, isUnanswered } from './missing-commission.js';
import { decideMissing, findMissing, type MissingCommission } from './missing-commission.store.js';
import { moveLink } from './move-link.handler.js';
import { takenDeals } from './neighbours.handler.js';

export interface MissingDecision {
  readonly id: string;
  readonly actor: Actor;
  readonly reason: string | null;
}

/**
 * Gives the registration the won deal, and honours its protection until the win where it had run out before; crediting goes on as
 * after any link. Done a second time it is what it was after the first.
 * @throws MissingCommissionNotFound, MissingCommissionDecided, RegistrationUnanswered, RegistrationEnded, NotInCrmYet, DealOfAnother
 */
export async function linkMissing(uow: UnitOfWork, { id, actor, reason }: MissingDecision): Promise<MissingCommission> {
  const { missing, registration } = await lockMissing(uow, id);
  if (missing.status === 'linked') return missing;
  if (missing.status !== 'open') throw new MissingCommissionDecided(id, missing.status);
  const { deal_id: dealId, registration_id: registrationId } = missing;
  const { status, outcome } = registration;
  if (isUnanswered(status)) throw new RegistrationUnanswered(registrationId, dealId);
  if (status !== 'approved' && status !== 'expired') throw new RegistrationEnded(registrationId, status);
  const [link] = await linksOfRegistrations(uow.trx, [registrationId]);
  // The push that is under way would give it its own deal after this one.
  if (link === undefined || link.linked_at === null) throw new NotInCrmYet(registrationId);
  // Won by another deal meanwhile: its credit is not to be taken from there.
  if (outcome === 'won' && link.deal_id !== dealId) throw new RegistrationEnded(registrationId, 'won');
  if ((await takenDeals(uow, registrationId, [dealId])).has(dealId)) throw new DealOfAnother(dealId);
  const why = reason ?? 'the win was introduced';
  await honour(uow, { registration, dealId, actor, reason: why });
  await decideMissing(uow.trx, id, { status: 'linked', by: actorKey(actor), reason }, uow.now);
  if (link.deal_id !== dealId) {
    await moveLink(uow, { link, dealId, actor, reason: why, proposalId: null });
    return decided(uow, id);
  }
  await uow.enqueue([
    { kind: dealLinkedWork, key: dealId },
    { kind: creditDealsWork, key: dealId },
  ]);
  return decided(uow, id);
}

/**
 * Says that nobody is owed anything for the win; it is shown again only with other evidence.
 * @throws MissingCommissionNotFound, MissingCommissionDecided
 */
export async function dismissMissing(
  uow: UnitOfWork,
  { id, actor, reason }: MissingDecision,
): Promise<MissingCommission> {
  const { missing } = await lockMissing(uow, id);
  if (missing.status === 'dismissed') return missing;
  if (missing.status !== 'open') throw new MissingCommissionDecided(id, missing.status);
  await decideMissing(uow.trx, id, { status: 'dismissed', by: actorKey(actor), reason }, uow.now);
  await recordAudit(uow, {
    actor,
    action: 'missing-commission.dismiss',
    subject: { type: 'registration', id: missing.registration_id },
    details: { missing: id, deal: missing.deal_id, reason },
  });
  return decided(uow, id);
}

interface Honour {
  readonly registration: RegistrationRow;
  readonly dealId: string;
  readonly actor: Actor;
  readonly reason: string;
}

async function honour(uow: UnitOfWork, { registration, dealId, actor, reason }: Honour): Promise<void> {
  const [deal] = await findDeals(uow.trx, [dealId]);
  const state = (await findDealStates(uow.trx, [dealId])).get(dealId)?.state;
  const seen = deal === undefined ? undefined : await firstSeenWon(uow.trx, deal.connection_id, deal.crm_deal_id);
  const { timeZone } = (await loadProgram(uow.trx)).settings;
  const until = honouredThrough(state ?? { wonAt: null, closeDate: null }, seen, timeZone);
  if (until !== null) await honourThrough(uow, registration, until, { actor, reason });
}

/** Everybody who decides about a registration or a deal takes these locks, in this order. */
async function lockMissing(
  uow: UnitOfWork,
  id: string,
): Promise<{ readonly missing: MissingCommission; readonly registration: RegistrationRow }> {
  const found = await findMissing(uow.trx, id);
  if (found === undefined) throw new MissingCommissionNotFound(id);
  const prospect = assertDefined(
    await findRegistration(uow.trx, found.registration_id),
    'what was found has its registration',
  );
  await lockProspect(uow.trx, prospect);
  const registration = assertDefined(await lockRegistration(uow.trx, prospect.id), 'a registration is never removed');
  await lockDeal(uow.trx, found.deal_id);
  return { missing: await decided(uow, id), registration };
}

async function decided(uow: UnitOfWork, id: string): Promise<MissingCommission> {
  return assertDefined(await findMissing(uow.trx, id), 'what was found is never removed');
}
