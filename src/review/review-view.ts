import type { z } from 'zod';
import { conflictView } from '../registration/conflict.js';
import type { ConflictRow, RegistrationRow } from '../registration/registration.store.js';
import { recommend } from './recommend.js';
import type { assigneeShape, reviewShape } from './review.api.js';
import type { ReviewApproval, ReviewAssignment } from '../registration/review.store.js';

export function assigneeView(assignment: ReviewAssignment | null): z.input<typeof assigneeShape> | null {
  if (assignment === null) return null;
  const { assignee_id: id, assignee_name: name, assigned_at: at } = assignment;
  return { id, name, since: at.toISOString() };
}

/** What is known of a registration's review. */
export interface Reviewed {
  readonly conflicts: readonly ConflictRow[];
  readonly assignment: ReviewAssignment | undefined;
  /** Of every round. */
  readonly approvals: readonly ReviewApproval[];
}

/** Where the review of a registration stands. */
export function reviewView(
  registration: Pick<RegistrationRow, 'awaits_since' | 'crm_check' | 'status' | 'duplicate_of'>,
  { conflicts, assignment, approvals }: Reviewed,
): z.input<typeof reviewShape> {
  return {
    since: registration.awaits_since?.toISOString() ?? null,
    assignee: assigneeView(assignment ?? null),
    recommendation: recommendation(registration, conflicts),
    approvals: approvals
      .filter(({ since }) => since.getTime() === registration.awaits_since?.getTime())
      .map(approvalView),
    duplicateOf: registration.duplicate_of,
  };
}

function approvalView({ step, name, approver_name: approver, approved_at: at }: ReviewApproval) {
  return { step, name, approver, at: at.toISOString() };
}

/** An extension is asked for on other grounds than what was found before the approval. */
function recommendation(
  { status, crm_check: crmCheck }: Pick<RegistrationRow, 'crm_check' | 'status'>,
  conflicts: readonly ConflictRow[],
): z.input<typeof reviewShape>['recommendation'] {
  if (status !== 'submitted' && status !== 'in_review') return null;
  const { because, ...recommended } = recommend({ crmCheck, conflicts: conflicts.map(conflictView) });
  return { ...recommended, because: [...because] };
}
