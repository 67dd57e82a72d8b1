import { recordAudit } from '../audit/audit.store.js';
import type { OperatorActor } from '../platform/actor.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import type { ApprovalStep } from '../program/review.api.js';
import type { DecideRegistration } from '../registration/decide-registration.handler.js';
import type { RegistrationRow } from '../registration/registration.store.js';
import { approvalsOf, insertApproval, type ReviewApproval } from '../registration/review.store.js';
import { stepsLeft } from './approval-chain.js';
import { approvalSteps } from './approval-steps.handler.js';
import { AnotherPersonNeeded, StepOfAnother, StepTaken } from './review-errors.js';

export interface Approve {
  readonly id: string;
  readonly actor: OperatorActor;
  readonly reason: string | null;
  readonly dealId: string | null;
  /** The step that whoever approves has seen to be the next; null: whichever is. */
  readonly step: number | null;
}

export type ApproveInSteps = (uow: UnitOfWork, approve: Approve) => Promise<RegistrationRow>;

/**
 * Approves a registration, or takes the next step of its approval where the program asks for several: each by another person of the
 * step's role, the last of which approves. Until then it stays in review.
 * @throws what approving throws; StepTaken, StepOfAnother, AnotherPersonNeeded
 */
export function createApproveInSteps(decide: DecideRegistration): ApproveInSteps {
  return async (uow, { step: seen, ...approve }) => {
    const registration = await decide.lockToApprove(uow, approve);
    const since = registration.awaits_since;
    const steps =
      since === null ? [] : ((await approvalSteps(uow.trx, [registration], uow.now)).get(registration.id) ?? []);
    if (since === null || steps.length === 0) return decide.approve(uow, approve);

    const taken = (await approvalsOf(uow.trx, [registration.id])).filter(
      (approval) => approval.since.getTime() === since.getTime(),
    );
    const number = taken.length + 1;
    const last = taken.at(-1);
    if (seen !== null && seen !== number && last !== undefined) throw new StepTaken(registration.id, last);
    // By name: the settings, or the partner's tier, may have changed the chain since the first step.
    const [next, ...left] = stepsLeft(steps, taken);
    if (next !== undefined) {
      requireApprover(approve.actor, next, taken);
      await takeStep(uow, { registration, since, number, next, approve });
    }
    if (left.length > 0) return registration;
    return decide.approve(uow, { ...approve, dealId: approve.dealId ?? (await chosenDeal(uow, decide, taken)) });
  };
}

/** The deal that an earlier step chose, the last of them, as long as it can still be won. */
async function chosenDeal(
  uow: UnitOfWork,
  decide: DecideRegistration,
  taken: readonly ReviewApproval[],
): Promise<string | null> {
  const chosen = taken.flatMap((approval) => approval.deal_id ?? []).at(-1);
  return chosen !== undefined && (await decide.isOpenDeal(uow, chosen)) ? chosen : null;
}

/** A key has no role: one with every right stands for an administrator. */
function requireApprover(actor: OperatorActor, step: ApprovalStep, taken: readonly ReviewApproval[]): void {
  const role = actor.role ?? (actor.rights === undefined ? 'admin' : null);
  if (role !== 'admin' && role !== step.role) throw new StepOfAnother(step);
  const own = taken.find((approval) => approval.approver_id === actor.id);
  if (own !== undefined) throw new AnotherPersonNeeded(step, own);
}

async function takeStep(
  uow: UnitOfWork,
  {
    registration,
    since,
    number,
    next,
    approve,
  }: {
    readonly registration: RegistrationRow;
    readonly since: Date;
    readonly number: number;
    readonly next: ApprovalStep;
    readonly approve: Omit<Approve, 'step'>;
  },
): Promise<void> {
  await insertApproval(uow.trx, {
    registration_id: registration.id,
    since,
    step: number,
    name: next.name,
    approver_id: approve.actor.id,
    approver_name: approve.actor.name,
    deal_id: approve.dealId,
    reason: approve.reason,
    approved_at: uow.now,
  });
  await recordAudit(uow, {
    actor: approve.actor,
    action: 'registration.approve-step',
    subject: { type: 'registration', id: registration.id },
    details: { step: number, name: next.name, reason: approve.reason },
  });
}
