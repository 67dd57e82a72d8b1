import { maySeePartner } from '../access/visibility.js';
import { recordAudit } from '../audit/audit.store.js';
import { partnerOfDecision } from '../crediting/manual-decision.store.js';
import type { OperatorActor, PartnerActor, SignedInActor } from '../platform/actor.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { disputeAfter, isSettled, type DisputeAct } from './dispute.js';
import type { SettleBody } from './dispute.api.js';
import { DisputeNotFound, DisputeRefused, DisputeSettled } from './dispute-errors.js';
import { insertMessage, lockDispute, updateDispute, type DisputeMove, type DisputeRow } from './dispute.store.js';
import { putInDiary, startClock, type TellOfDispute } from './open-dispute.handler.js';

/** A message of either side: the vendor's stops the clock, the partner's starts it again. @throws DisputeNotFound, DisputeSettled */
export async function writeMessage(
  uow: UnitOfWork,
  tell: TellOfDispute,
  { actor, id, text }: { readonly actor: SignedInActor; readonly id: string; readonly text: string },
): Promise<DisputeRow> {
  const act = actor.kind === 'operator' ? 'answer' : 'reply';
  const dispute = await movable(uow, actor, id);
  await insertMessage(uow.trx, {
    id: newId('dsm'),
    dispute_id: id,
    side: actor.kind === 'operator' ? 'vendor' : 'partner',
    author: nameOf(actor),
    text,
    at: uow.now,
  });
  return move(uow, tell, { actor, act, dispute, patch: {} });
}

/** @throws DisputeNotFound, DisputeSettled, DisputeRefused */
export async function settleDispute(
  uow: UnitOfWork,
  tell: TellOfDispute,
  { actor, id, body }: { readonly actor: OperatorActor; readonly id: string; readonly body: SettleBody },
): Promise<DisputeRow> {
  const dispute = await movable(uow, actor, id);
  const { decisionId } = body;
  if (decisionId !== undefined && (await partnerOfDecision(uow.trx, decisionId)) !== dispute.partner_id) {
    throw new DisputeRefused('decisionId', decisionId, 'the id of a decision about this partner');
  }
  const patch = { outcome: body.words, decision_id: decisionId ?? null };
  return move(uow, tell, { actor, act: body.outcome === 'upheld' ? 'uphold' : 'decline', dispute, patch });
}

/** @throws DisputeNotFound, DisputeSettled */
export async function withdrawDispute(
  uow: UnitOfWork,
  tell: TellOfDispute,
  { actor, id }: { readonly actor: PartnerActor; readonly id: string },
): Promise<DisputeRow> {
  return move(uow, tell, { actor, act: 'withdraw', dispute: await movable(uow, actor, id), patch: {} });
}

async function movable(uow: UnitOfWork, actor: SignedInActor, id: string): Promise<DisputeRow> {
  const dispute = await lockDispute(uow.trx, id);
  if (dispute === undefined || !maySeePartner(actor, dispute.partner_id)) throw new DisputeNotFound(id);
  const { status, settled_at: at, settled_by: by } = dispute;
  // A partner is told that it was decided, not by which of the vendor's people.
  const shownBy = actor.kind === 'operator' || status === 'withdrawn' ? (by ?? 'somebody') : 'the program';
  if (at !== null) throw new DisputeSettled({ status, by: shownBy, at });
  return dispute;
}

interface Move {
  readonly actor: SignedInActor;
  readonly act: DisputeAct;
  readonly dispute: DisputeRow;
  readonly patch: DisputeMove;
}

async function move(uow: UnitOfWork, tell: TellOfDispute, { actor, act, dispute, patch }: Move): Promise<DisputeRow> {
  const status = disputeAfter(dispute.status, act) ?? dispute.status;
  const change: DisputeMove = {
    ...patch,
    status,
    due_on: status === 'open' ? (dispute.due_on ?? (await startClock(uow))) : null,
    ...(isSettled(status) ? { settled_at: uow.now, settled_by: nameOf(actor) } : {}),
  };
  await updateDispute(uow.trx, dispute.id, change);
  const moved = { ...dispute, ...change };
  if (moved.due_on !== dispute.due_on) await putInDiary(uow, moved);
  await recordAudit(uow, {
    actor,
    action: `dispute.${act}`,
    subject: { type: 'dispute', id: dispute.id },
    details: { from: dispute.status, to: status, decisionId: moved.decision_id },
  });
  await tell(uow, moved, actor.kind === 'operator' ? 'partner' : 'vendor');
  return moved;
}

function nameOf(actor: SignedInActor): string {
  return actor.kind === 'operator' ? actor.name : (actor.person?.name ?? 'the partner’s program');
}
