import type { z } from 'zod';
import type { ApprovalStep } from '../program/review.api.js';
import { conflictView } from '../registration/conflict.js';
import type { ConflictRow, RegistrationRow } from '../registration/registration.store.js';
import { stepsLeft } from './approval-chain.js';
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
  /** The steps of its approval, by the settings of now. */
  readonly steps: readonly ApprovalStep[];
}

/** Where the review of a registration stands. */
export function reviewView(
  registration: Pick<RegistrationRow, 'awaits_since' | 'crm_check' | 'status' | 'duplicate_of'>,
  { conflicts, assignment, approvals, steps }: Reviewed,
): z.input<typeof reviewShape> {
  const { awaits_since: since } = registration;
  const taken = approvals.filter((approval) => approval.since.getTime() === since?.getTime());
  return {
    since: since?.toISOString() ?? null,
    assignee: assigneeView(assignment ?? null),
    recommendation: recommendation(registration, conflicts),
    approvals: taken.map(approvalView),
    next: nextStep(registration, steps, taken),
    duplicateOf: registration.duplicate_of,
  };
}

function nextStep(
  { status }: Pick<RegistrationRow, 'status'>,
  steps: readonly ApprovalStep[],
  taken: readonly ReviewApproval[],
): z.input<typeof reviewShape>['next'] {
  const [next] = stepsLeft(steps, taken);
  if (next === undefined || (status !== 'submitted' && status !== 'in_review')) return null;
  return { step: taken.length + 1, name: next.name, role: next.role };
}

function approvalView({ step, name, approver_name: approver, approved_at: at, deal_id: dealId }: ReviewApproval) {
  return { step, name, approver, at: at.toISOString(), dealId };
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
