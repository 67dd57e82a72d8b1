import type { Day } from '../../src/program/calendar.js';
import { ProtectionTooLong } from '../../src/registration/protection-errors.js';
import {
  availability,
  isProtectedOn,
  protectedUntil,
  shownStatus,
  transition,
  type RegistrationAction,
  type RegistrationStatus,
} from '../../src/registration/registration.js';

const day = (text: string): Day => text as Day;

describe('the life of a registration', () => {
  const statuses: readonly RegistrationStatus[] = [
    'draft',
    'submitted',
    'in_review',
    'approved',
    'returned',
    'rejected',
    'waiting',
    'withdrawn',
    'expired',
  ];

  it.each<[RegistrationAction, readonly RegistrationStatus[]]>([
    ['approve', ['submitted', 'in_review', 'waiting']],
    ['reject', ['submitted', 'in_review', 'returned', 'waiting']],
    ['return', ['submitted', 'in_review', 'waiting']],
    ['resubmit', ['returned']],
    ['withdraw', ['draft', 'submitted', 'in_review', 'approved', 'returned', 'waiting']],
    ['extend', ['approved']],
    ['expire', ['approved']],
  ])('allows %s only from the statuses it makes sense in', (action, allowed) => {
    expect(statuses.filter((status) => transition(status, action).kind === 'allowed')).toEqual(allowed);
  });

  it('protects for 90 days after approval, the last day included', () => {
    const until = protectedUntil(day('2026-01-31'), 90);
    expect(until).toBe('2026-05-01');
    expect(isProtectedOn(until, day('2026-05-01'))).toBe(true);
    expect(isProtectedOn(until, day('2026-05-02'))).toBe(false);
  });

  it('protects no longer than there are days with a year of four digits', () => {
    expect(protectedUntil(day('9999-12-01'), 29)).toBe('9999-12-30');
    expect(() => protectedUntil(day('9999-12-01'), 30)).toThrow(ProtectionTooLong);
  });

  it('shows an approved registration as won or lost with its deal, and no other one', () => {
    expect(shownStatus('approved', 'won')).toBe('won');
    expect(shownStatus('approved', 'lost')).toBe('lost');
    expect(shownStatus('approved', 'open')).toBe('approved');
    expect(shownStatus('expired', 'won')).toBe('expired');
  });

  it('tells a partner only whether the company is clear, taken or under review', () => {
    expect(availability([])).toBe('clear');
    expect(availability([{ holdsCompany: false }])).toBe('under_review');
    expect(availability([{ holdsCompany: false }, { holdsCompany: true }])).toBe('taken');
  });
});
