import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { resolveProblems } from '../platform/problems.store.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { loadProgram } from '../program/program.store.js';
import { recordOutcomes } from '../registration/registration.store.js';
import { updateLink, type CrmLinkRow } from '../sync/crm-link.store.js';
import { guardLinkWork } from '../sync/guard-work.js';
import { dealLinkedWork } from '../sync/link-deal.handler.js';
import { toldOutcome } from '../watch/deal-change.js';
import { findDealStates } from '../watch/deal-state.store.js';
import { creditDealsWork } from '../watch/store-readings.handler.js';
import { conversionGuard } from './alarm.js';
import { insertMove } from './link-move.store.js';
import { supersedeOthers } from './link-proposal.store.js';
import { settleFound } from './missing-commission.store.js';

/** Kind of the work that shows in the CRM whose a deal is since a link moved. Key: registration id. */
export const stampLinkWork = 'stamp-link';

export interface LinkMove {
  readonly link: CrmLinkRow;
  readonly dealId: string;
  readonly actor: Actor;
  readonly reason: string;
  readonly proposalId: string | null;
}

/**
 * Makes another deal the registration's: the registration follows its outcome, both deals are credited anew, the CRM is told, and
 * whatever else was proposed about the two is over. The registration and the deal are locked by the caller.
 */
export async function moveLink(uow: UnitOfWork, { link, dealId, actor, reason, proposalId }: LinkMove): Promise<void> {
  const { registration_id: registrationId, deal_id: from } = link;
  const by = actorKey(actor);
  await updateLink(uow.trx, registrationId, { deal_id: dealId, linked_at: uow.now, stamp_due: true });
  await insertMove(uow.trx, {
    registration_id: registrationId,
    from_deal_id: from,
    to_deal_id: dealId,
    proposal_id: proposalId,
    moved_by: by,
    reason,
    at: uow.now,
  });
  await recordAudit(uow, {
    actor,
    action: 'registration.relink',
    subject: { type: 'registration', id: registrationId },
    details: { from, to: dealId, proposal: proposalId, reason },
  });
  await followOutcome(uow, registrationId, dealId);
  await settleFound(uow.trx, { registrationId, dealId, by, reason }, uow.now);
  const losers = await supersedeOthers(
    uow.trx,
    { registrationId, dealId, by, reason: 'another deal was chosen' },
    uow.now,
  );
  await resolveProblems(uow.trx, conversionGuard, [registrationId], uow.now);
  await uow.enqueue([
    { kind: stampLinkWork, key: registrationId },
    { kind: dealLinkedWork, key: dealId },
    { kind: creditDealsWork, key: dealId },
    ...(from === null ? [] : [{ kind: creditDealsWork, key: from }]),
    ...losers.map((key) => ({ kind: guardLinkWork, key })),
  ]);
}

/** Until the deal was read it counts as open: what it was before is the outcome of another deal. */
async function followOutcome(uow: UnitOfWork, registrationId: string, dealId: string): Promise<void> {
  const known = (await findDealStates(uow.trx, [dealId])).get(dealId);
  const { timeZone } = (await loadProgram(uow.trx)).settings;
  const told = known === undefined ? ({ outcome: 'open', wonOn: null } as const) : toldOutcome(known.state, timeZone);
  await recordOutcomes(uow.trx, [{ registrationId, ...told }], uow.now);
}
