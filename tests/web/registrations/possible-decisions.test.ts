import { transition, type RegistrationAction } from '../../../src/registration/registration.js';
import { possibleActs, possibleDecisions, shownStatuses } from '../../../src/web/registrations/possible-decisions.js';

const statuses = [
  'submitted',
  'in_review',
  'approved',
  'returned',
  'rejected',
  'waiting',
  'withdrawn',
  'expired',
] as const;
type Status = (typeof statuses)[number];

const allowed = <A extends RegistrationAction>(status: Status, actions: readonly A[]): readonly A[] =>
  actions.filter((action) => transition(status, action).kind === 'allowed');

describe('what a page offers', () => {
  it.each(statuses)('to the operator of a registration that is %s is what the service would do', (status) => {
    const registration = { status, extensionRequestedAt: '2026-01-01T00:00:00Z' };
    const actions = ['approve', 'return', 'reject', 'extend', 'refuse-extension'] as const;
    expect([...possibleDecisions(registration)].sort()).toEqual([...allowed(status, actions)].sort());
  });

  it.each(statuses)('to the partner of a registration that is %s is what the service would do', (status) => {
    expect([...possibleActs(status)].sort()).toEqual([...allowed(status, ['resubmit', 'withdraw', 'extend'])].sort());
  });

  it('is nothing once the deal is won or lost, and no refusal of an extension nobody asked for', () => {
    expect(['won', 'lost'].flatMap((status) => [...possibleDecisions({ status }), ...possibleActs(status)])).toEqual(
      [],
    );
    expect(possibleDecisions({ status: 'approved', extensionRequestedAt: null })).toEqual(['extend']);
  });

  it('can be narrowed to every status a registration may have', () => {
    expect([...shownStatuses].sort()).toEqual([...statuses, 'won', 'lost'].sort());
  });
});
