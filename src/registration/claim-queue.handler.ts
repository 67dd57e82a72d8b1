import { findPartners } from '../partners/partner.store.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { apply, grant, type DecisionDependencies } from './decision.handler.js';
import { isEarlier } from './registration.js';
import { claimsOnProspect, lockDeal, lockProspect, registrationsAttachedTo } from './prospect.store.js';
import { lockRegistration, type RegistrationRow } from './registration.store.js';

/**
 * Whether something comes before this claim: another one holds the prospect and product or the deal to attach to, or a partner
 * that is active registered the prospect earlier and awaits its decision. Of two claims of one partner neither waits for the
 * other's decision. The prospect is locked by the caller.
 */
export async function isTaken(
  uow: UnitOfWork,
  deps: DecisionDependencies,
  registration: RegistrationRow,
  dealId: string | null,
): Promise<boolean> {
  if (dealId !== null) {
    await lockDeal(uow.trx, dealId);
    if (await deps.isDealTaken(uow, dealId, registration.id)) return true;
    const attached = await registrationsAttachedTo(uow.trx, [dealId]);
    if (attached.some((other) => other.id !== registration.id && other.holds_company)) return true;
  }
  const claims = (await claimsOnProspect(uow.trx, registration)).filter((claim) => isRival(claim, registration));
  if (claims.some((claim) => claim.holds_company)) return true;
  const earlier = claims.filter(
    (claim) =>
      claim.status !== 'approved' && claim.partner_id !== registration.partner_id && isEarlier(claim, registration),
  );
  const active = await activePartners(uow, earlier);
  return earlier.some((claim) => active.has(claim.partner_id));
}

function isRival(claim: RegistrationRow, registration: RegistrationRow): boolean {
  return claim.id !== registration.id && claim.product_key === registration.product_key;
}

async function activePartners(uow: UnitOfWork, claims: readonly RegistrationRow[]): Promise<ReadonlySet<string>> {
  const partners = await findPartners(uow.trx, [...new Set(claims.map((claim) => claim.partner_id))]);
  return new Set(partners.filter((partner) => partner.status === 'active').map((partner) => partner.id));
}

/**
 * Gives free what a claim held or stood before. After a sale nobody moves up by itself: whether the customer may be introduced
 * once more is for a person to say, so the claims that waited are reviewed again. Otherwise the earliest moves up.
 */
export async function makeRoom(uow: UnitOfWork, deps: DecisionDependencies, left: RegistrationRow): Promise<void> {
  const dealId = (await deps.linkedDealId(uow, left.id)) ?? left.attach_deal_id;
  // A claim that was never approved leaves no deal behind: the one it named may be another's.
  const hadDeal = left.approved_at !== null;
  for (const next of await waitingBehind(uow, left, dealId)) {
    const inherits = hadDeal && isRival(next, left) && sharesProspect(next, left);
    if (left.outcome === 'won') await reviewAgain(uow, deps, next);
    else await moveUp(uow, deps, next, inherits ? dealId : null);
  }
}

/** Claims that waited for the prospect and product, and claims that wanted the deal, in the order in which they were submitted. */
async function waitingBehind(
  uow: UnitOfWork,
  left: RegistrationRow,
  dealId: string | null,
): Promise<readonly RegistrationRow[]> {
  const onProspect = (await claimsOnProspect(uow.trx, left)).filter((claim) => isRival(claim, left));
  const onDeal = dealId === null ? [] : await registrationsAttachedTo(uow.trx, [dealId]);
  const found = new Map([...onProspect, ...onDeal].map((claim) => [claim.id, claim]));
  const waiting: RegistrationRow[] = [];
  for (const claim of [...found.values()].sort((a, b) => (isEarlier(a, b) ? -1 : 1))) {
    if (claim.status !== 'waiting') continue;
    // It may be known by another domain, which somebody else is deciding on.
    await lockProspect(uow.trx, claim);
    const locked = await lockRegistration(uow.trx, claim.id);
    if (locked?.status === 'waiting') waiting.push(locked);
  }
  return waiting;
}

function sharesProspect(a: RegistrationRow, b: RegistrationRow): boolean {
  return a.company_key === b.company_key || a.contact_key === b.contact_key;
}

/** A claim of the same prospect inherits the deal that is there; one that ended meanwhile is nothing to inherit. */
async function moveUp(
  uow: UnitOfWork,
  deps: DecisionDependencies,
  next: RegistrationRow,
  inherited: string | null,
): Promise<void> {
  const active = await activePartners(uow, [next]);
  if (!active.has(next.partner_id)) return;
  const wanted = inherited ?? next.attach_deal_id;
  const attachDealId = wanted !== null && (await deps.dealStanding(uow, wanted)) === 'open' ? wanted : null;
  if (await isTaken(uow, deps, next, attachDealId)) return;
  await grant(uow, deps, next, 'promote', {
    actor: { kind: 'system' },
    reason: 'moved up: the registration before it ended',
    attachDealId,
  });
}

async function reviewAgain(uow: UnitOfWork, deps: DecisionDependencies, next: RegistrationRow): Promise<void> {
  if (await isTaken(uow, deps, next, null)) return;
  await apply(
    uow,
    next,
    'review-again',
    { kind: 'system' },
    {
      status: 'in_review',
      attach_deal_id: null,
      decision_reason: null,
      decided_at: null,
    },
  );
}
