export const disputeStatuses = ['open', 'answered', 'upheld', 'declined', 'withdrawn'] as const;
export type DisputeStatus = (typeof disputeStatuses)[number];

/** `answer` is the vendor's message, `reply` the partner's. */
export type DisputeAct = 'answer' | 'reply' | 'uphold' | 'decline' | 'withdraw';

const leadsTo: Readonly<Record<DisputeAct, DisputeStatus>> = {
  answer: 'answered',
  reply: 'open',
  uphold: 'upheld',
  decline: 'declined',
  withdraw: 'withdrawn',
};

/** What an act makes of a dispute; null where it is settled, which is for good. */
export function disputeAfter(status: DisputeStatus, act: DisputeAct): DisputeStatus | null {
  return isSettled(status) ? null : leadsTo[act];
}

export function isSettled(status: DisputeStatus): boolean {
  return status !== 'open' && status !== 'answered';
}
