import { disputeAfter, disputeStatuses, isSettled, type DisputeAct } from '../../src/desk/dispute.js';

const acts = ['answer', 'reply', 'uphold', 'decline', 'withdraw'] as const satisfies readonly DisputeAct[];

describe('a dispute', () => {
  it.each([
    ['answer', 'answered'],
    ['reply', 'open'],
    ['uphold', 'upheld'],
    ['decline', 'declined'],
    ['withdraw', 'withdrawn'],
  ] as const)('that is not settled is moved by %s to %s', (act, status) => {
    expect(disputeAfter('open', act)).toBe(status);
    expect(disputeAfter('answered', act)).toBe(status);
  });

  it('that is settled stays as it is, whatever anybody does', () => {
    const settled = disputeStatuses.filter(isSettled);
    expect(settled).toEqual(['upheld', 'declined', 'withdrawn']);
    for (const status of settled) expect(acts.map((act) => disputeAfter(status, act))).toEqual(acts.map(() => null));
  });
});
