import { recordAudit } from '../audit/audit.store.js';
import type { OperatorActor } from '../platform/actor.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { dayIn } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import type { ApprovalStep } from '../program/review.api.js';
import type { DecideRegistration } from '../registration/decide-registration.handler.js';
import type { RegistrationRow } from '../registration/registration.store.js';
import { traitsOf } from '../registration/registration-traits.handler.js';
import { approvalsOf, insertApproval, type ReviewApproval } from '../registration/review.store.js';
import { stepsFor } from './approval-chain.js';
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
    const steps = since === null ? [] : await chainOf(uow, registration);
    if (since === null || steps.length === 0) return decide.approve(uow, approve);

    const taken = (await approvalsOf(uow.trx, [registration.id])).filter(
      (approval) => approval.since.getTime() === since.getTime(),
    );
    const number = taken.length + 1;
    const last = taken.at(-1);
    if (seen !== null && seen !== number && last !== undefined) throw new StepTaken(registration.id, last);
    const next = steps[taken.length];
    if (next !== undefined) {
      requireApprover(approve.actor, next, taken);
      await takeStep(uow, { registration, since, number, next, approve });
    }
    if (number < steps.length) return registration;
    return decide.approve(uow, { ...approve, dealId: approve.dealId ?? last?.deal_id ?? null });
  };
}

/** The steps of a registration's approval, by the settings of now. */
export async function chainOf(
  uow: Pick<UnitOfWork, 'trx' | 'now'>,
  registration: RegistrationRow,
): Promise<readonly ApprovalStep[]> {
  const { approvalChain, timeZone } = (await loadProgram(uow.trx)).settings;
  if (approvalChain.length === 0) return [];
  const traits = await traitsOf(uow.trx, registration, dayIn(uow.now, timeZone));
  return stepsFor(approvalChain, { ...traits, amount: registration.amount });
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
