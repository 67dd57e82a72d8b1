import { DomainError, fieldFault } from '../platform/domain-error.js';
import type { ApprovalStep } from '../program/review.api.js';
import type { ReviewApproval, ReviewAssignment } from '../registration/review.store.js';

/** Somebody else answers it already, and may be at it. */
export class ReviewTaken extends DomainError {
  constructor(id: string, { assignee_name: name, assigned_at: at }: ReviewAssignment) {
    super({
      kind: 'conflict',
      code: 'review-taken',
      message: `Registration ${id} is ${name}'s since ${at.toISOString()}. Say insteadOf to take it all the same.`,
    });
  }
}

/** A registration is answered by an operator who may decide. */
export class NobodyToAssign extends DomainError {
  constructor(to: string) {
    super({
      kind: 'invalid',
      code: 'assignee-unknown',
      message: `Nobody who decides on registrations has the id ${to}.`,
      errors: [fieldFault('to', to, 'me, nobody, or the id of an operator who may decide')],
    });
  }
}

/** Of two who take a step at once, the second is told. */
export class StepTaken extends DomainError {
  constructor(id: string, { step, name, approver_name: who, approved_at: at }: ReviewApproval) {
    super({
      kind: 'conflict',
      code: 'approval-step-taken',
      message: `Step ${String(step)} (${name}) of registration ${id} was taken by ${who} at ${at.toISOString()}.`,
    });
  }
}

/** The step is for people of another role. */
export class StepOfAnother extends DomainError {
  constructor({ name, role }: ApprovalStep) {
    super({
      kind: 'forbidden',
      code: 'approval-step-role',
      message: `The next step, ${name}, is for somebody of the role ${role}.`,
    });
  }
}

/** Each step is another person's. */
export class AnotherPersonNeeded extends DomainError {
  constructor({ name }: ApprovalStep, own: ReviewApproval) {
    super({
      kind: 'conflict',
      code: 'approval-second-person',
      message: `You took the step ${own.name} at ${own.approved_at.toISOString()}: somebody else has to take the next, ${name}.`,
    });
  }
}
