/** Every status a list can be narrowed to, in the order of a registration's life. */
export const shownStatuses = [
  'in_review',
  'submitted',
  'returned',
  'waiting',
  'approved',
  'won',
  'lost',
  'rejected',
  'withdrawn',
  'expired',
] as const;

export type Decision = 'approve' | 'return' | 'reject' | 'extend' | 'refuse-extension';
export type PartnerAct = 'resubmit' | 'withdraw' | 'extend';

const open = ['submitted', 'in_review', 'waiting'];

/** What an operator can do now. The service has the last word: somebody else may be faster. */
export function possibleDecisions(registration: {
  readonly status: string;
  readonly extensionRequestedAt?: string | null | undefined;
}): readonly Decision[] {
  const { status, extensionRequestedAt } = registration;
  if (open.includes(status)) return ['approve', 'return', 'reject'];
  if (status === 'returned') return ['reject'];
  if (status !== 'approved') return [];
  return extensionRequestedAt == null ? ['extend'] : ['extend', 'refuse-extension'];
}

/** What the partner can do now. */
export function possibleActs(status: string): readonly PartnerAct[] {
  if (status === 'returned') return ['resubmit', 'withdraw'];
  if (status === 'approved') return ['extend', 'withdraw'];
  return open.includes(status) ? ['withdraw'] : [];
}
