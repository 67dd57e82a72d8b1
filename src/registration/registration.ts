import { addDays, isDay, type Day } from '../program/calendar.js';
import { ProtectionTooLong } from './protection-errors.js';

/** Where a registration stands (design section 3). `won` and `lost` are an approved registration's deal outcome, not states. */
export type RegistrationStatus =
  'draft' | 'submitted' | 'in_review' | 'approved' | 'returned' | 'rejected' | 'waiting' | 'withdrawn' | 'expired';

/** What everybody outside this stage is shown. */
export type ShownStatus = RegistrationStatus | 'won' | 'lost';

export type RegistrationAction =
  | 'check-finished'
  | 'approve'
  | 'reject'
  | 'return'
  | 'resubmit'
  | 'withdraw'
  | 'extend'
  | 'refuse-extension'
  | 'expire'
  | 'promote'
  | 'review-again';

export const rejectionCodes = [
  'duplicate',
  'already_registered',
  'existing_customer',
  'open_opportunity',
  'too_early',
  'out_of_territory',
  'incomplete',
  'self_referral',
  'other',
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

const allowedFrom = {
  'check-finished': ['submitted'],
  approve: ['submitted', 'in_review', 'waiting'],
  reject: ['submitted', 'in_review', 'returned', 'waiting'],
  return: ['submitted', 'in_review', 'waiting'],
  resubmit: ['returned'],
  withdraw: ['draft', 'submitted', 'in_review', 'returned', 'waiting', 'approved'],
  extend: ['approved'],
  expire: ['approved'],
  promote: ['waiting'],
  'review-again': ['waiting'],
  'refuse-extension': ['approved'],
} as const satisfies Record<RegistrationAction, readonly RegistrationStatus[]>;

export type Transition =
  { readonly kind: 'allowed' } | { readonly kind: 'refused'; readonly allowedFrom: readonly RegistrationStatus[] };

/** Whether an action is possible in a status. */
export function transition(status: RegistrationStatus, action: RegistrationAction): Transition {
  const from: readonly RegistrationStatus[] = allowedFrom[action];
  return from.includes(status) ? { kind: 'allowed' } : { kind: 'refused', allowedFrom: from };
}

/**
 * The last day on which the claim is honoured: `protectionDays` after the day of approval, that day included.
 * @throws ProtectionTooLong when the day after it, on which it ends, is no day of a year with four digits
 */
export function protectedUntil(approvedOn: Day, protectionDays: number): Day {
  if (!isDay(addDays(approvedOn, protectionDays + 1))) throw new ProtectionTooLong(approvedOn, protectionDays);
  return addDays(approvedOn, protectionDays);
}

/** Whether the claim is still honoured on a day; the expiry day itself counts. */
export function isProtectedOn(until: Day, day: Day): boolean {
  return day <= until;
}

/** The status to show: an approved registration follows its deal. */
export function shownStatus(status: RegistrationStatus, outcome: 'open' | 'won' | 'lost'): ShownStatus {
  if (status !== 'approved' || outcome === 'open') return status;
  return outcome;
}

export type Availability = 'clear' | 'taken' | 'under_review';

/** What a partner may learn of the others who claimed the same company: never who, when or what is in the CRM. */
export function availability(others: readonly { readonly holdsCompany: boolean }[]): Availability {
  if (others.some((other) => other.holdsCompany)) return 'taken';
  return others.length > 0 ? 'under_review' : 'clear';
}

interface Submitted {
  readonly id: string;
  readonly submitted_at: Date;
}

/** Who was first. Ids are made in the order of time, and decide within one millisecond. */
export function isEarlier(a: Submitted, b: Submitted): boolean {
  return a.submitted_at.getTime() === b.submitted_at.getTime() ? a.id < b.id : a.submitted_at < b.submitted_at;
}
