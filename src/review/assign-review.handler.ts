import { findPerson } from '../access/person.store.js';
import { recordAudit } from '../audit/audit.store.js';
import { actorKey, type OperatorActor } from '../platform/actor.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { RegistrationNotFound } from '../registration/registration-errors.js';
import { lockRegistration } from '../registration/registration.store.js';
import { NobodyToAssign, ReviewTaken } from './review-errors.js';
import {
  assignmentsOf,
  removeAssignment,
  storeAssignment,
  type ReviewAssignment,
} from '../registration/review.store.js';

export interface Assign {
  readonly id: string;
  readonly actor: OperatorActor;
  /** `me`, `nobody`, or the id of a person. */
  readonly to: string;
  /** Whom it is taken from; of two who take it at once, the second is told. */
  readonly insteadOf?: string | undefined;
}

/**
 * Says who answers a registration. Assigning it to whoever has it already changes nothing.
 * @returns who has it now; null: nobody
 * @throws RegistrationNotFound, NobodyToAssign, ReviewTaken
 */
export async function assignReview(
  uow: UnitOfWork,
  { id, actor, to, insteadOf }: Assign,
): Promise<ReviewAssignment | null> {
  if ((await lockRegistration(uow.trx, id)) === undefined) throw new RegistrationNotFound(id);
  const held = (await assignmentsOf(uow.trx, [id])).get(id) ?? null;
  const assignee = await assigneeOf(uow, actor, to);
  if (held?.assignee_id === assignee?.id) return held;
  if (held !== null && ![actor.id, insteadOf].includes(held.assignee_id)) throw new ReviewTaken(id, held);
  await recordAudit(uow, {
    actor,
    action: 'registration.assign',
    subject: { type: 'registration', id },
    details: { from: held?.assignee_name ?? null, to: assignee?.name ?? null },
  });
  if (assignee === null) {
    await removeAssignment(uow.trx, id);
    return null;
  }
  const assignment: ReviewAssignment = {
    registration_id: id,
    assignee_id: assignee.id,
    assignee_name: assignee.name,
    assigned_by: actorKey(actor),
    assigned_at: uow.now,
  };
  await storeAssignment(uow.trx, assignment);
  return assignment;
}

async function assigneeOf(
  uow: UnitOfWork,
  actor: OperatorActor,
  to: string,
): Promise<{ readonly id: string; readonly name: string } | null> {
  if (to === 'nobody') return null;
  if (to === 'me' || to === actor.id) return { id: actor.id, name: actor.name };
  const person = await findPerson(uow.trx, to);
  if (person?.kind !== 'operator' || person.ended_at !== null || person.role === 'viewer') throw new NobodyToAssign(to);
  return { id: person.id, name: person.name };
}
