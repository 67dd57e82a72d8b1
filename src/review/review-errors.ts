import { DomainError, fieldFault } from '../platform/domain-error.js';
import type { ReviewAssignment } from '../registration/review.store.js';

/** Somebody else answers it already, and may be at it. */
export class ReviewTaken extends DomainError {
  constructor(id: string, { assignee_name: name, assigned_at: at }: ReviewAssignment) {
    super({
      kind: 'conflict',
      code: 'review-taken',
      message: `Registration ${id} is ${name}'s since ${at.toISOString()}. Say takeOver to take it all the same.`,
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
