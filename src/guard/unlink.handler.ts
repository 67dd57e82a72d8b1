import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { assertDefined } from '../platform/assert.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { lockDeal, lockProspect } from '../registration/prospect.store.js';
import { RegistrationNotFound } from '../registration/registration-errors.js';
import {
  findRegistration,
  lockRegistration,
  recordOutcomes,
  updateRegistration,
} from '../registration/registration.store.js';
import { linksOfRegistrations, updateLink } from '../sync/crm-link.store.js';
import { writeBackWork } from '../sync/rep-view-work.js';
import { creditDealsWork } from '../watch/store-readings.handler.js';
import { insertMove } from './link-move.store.js';
import { stampLinkWork } from './move-link.handler.js';
import { linkToMove, movedMeanwhile } from './relink.handler.js';

export interface Unlink {
  readonly registrationId: string;
  readonly reason: string;
  /** The deal the person saw; undefined: whatever there is. */
  readonly insteadOf?: string | null | undefined;
  readonly actor: Actor;
}

/**
 * Takes a registration off its deal: it counts as open again, the deal is credited without it, and the guard does not bring it back
 * to that deal. Done a second time it changes nothing. @throws RegistrationNotFound, RegistrationEnded, NotInCrmYet, LinkMovedMeanwhile
 */
export async function unlink(uow: UnitOfWork, { registrationId, reason, insteadOf, actor }: Unlink): Promise<void> {
  const found = await findRegistration(uow.trx, registrationId);
  if (found === undefined) throw new RegistrationNotFound(registrationId);
  await lockProspect(uow.trx, found);
  const registration = await lockRegistration(uow.trx, registrationId);
  const { deal_id: from } = await linkToMove(uow, assertDefined(registration, 'a registration is never removed'));
  if (from === null) return;
  if (insteadOf !== undefined && insteadOf !== from) throw await movedMeanwhile(uow, registrationId);
  await lockDeal(uow.trx, from);
  await updateLink(uow.trx, registrationId, { deal_id: null, stamp_due: true });
  // Nor is it promised the deal any more.
  if (registration?.attach_deal_id === from) {
    await updateRegistration(uow.trx, registrationId, { attach_deal_id: null }, uow.now);
  }
  await insertMove(uow.trx, {
    registration_id: registrationId,
    from_deal_id: from,
    to_deal_id: null,
    proposal_id: null,
    moved_by: actorKey(actor),
    reason,
    at: uow.now,
  });
  await recordAudit(uow, {
    actor,
    action: 'registration.unlink',
    subject: { type: 'registration', id: registrationId },
    details: { from, reason },
  });
  await recordOutcomes(uow.trx, [{ registrationId, outcome: 'open', wonOn: null }], uow.now);
  const [link] = await linksOfRegistrations(uow.trx, [registrationId]);
  await uow.enqueue([
    { kind: creditDealsWork, key: from },
    { kind: stampLinkWork, key: registrationId },
    { kind: writeBackWork, key: from },
    // What a seller has not converted yet shows its registration again.
    ...(link?.lead_state === 'open' ? [{ kind: writeBackWork, key: registrationId }] : []),
  ]);
}
