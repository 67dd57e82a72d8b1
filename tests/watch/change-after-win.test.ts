import { changesAfterWin, readAmountText, statusByPolicy } from '../../src/watch/change-after-win.js';
import type { DealState } from '../../src/watch/deal-change.js';

const won: DealState = {
  ...{ name: 'Deal', pipelineId: null, stageId: 'won', stageLabel: 'Won', outcome: 'won', presence: 'present' },
  ...{ amount: '100.00', currency: 'EUR', closeDate: '2026-03-01', ownerId: null, wonAt: '2026-03-01T09:00:00.000Z' },
  ...{ stampedRegistrationId: 'reg_1', stampedPartner: 'Northwind', fields: {} },
};
const own = { registrationIds: ['reg_1', 'reg_2'], partners: ['Northwind', 'Southwind'] };
const changed = (after: Partial<DealState>, before: Partial<DealState> = {}) =>
  changesAfterWin({ ...won, ...before }, { ...won, ...before, ...after }, own);

describe('a change of a deal after it was won', () => {
  it('is told for each field with what it was and what it is', () => {
    expect(changed({ amount: '90.00', closeDate: null, stampedRegistrationId: 'reg_9', name: 'Other' })).toEqual([
      { field: 'amount', before: '100.00 EUR', after: '90.00 EUR' },
      { field: 'closeDate', before: '2026-03-01', after: null },
      { field: 'registrationId', before: 'reg_1', after: 'reg_9' },
    ]);
  });

  it('is none while the deal is open, when it is won, and when it is lost', () => {
    expect(changed({ amount: '90.00' }, { outcome: 'open' })).toEqual([]);
    expect(changed({ amount: '90.00', outcome: 'won' }, { outcome: 'open' })).toEqual([]);
    expect(changed({ amount: '90.00', outcome: 'lost' })).toEqual([]);
    expect(changesAfterWin(null, won, own)).toEqual([]);
  });

  it('is told where only the currency is another one', () => {
    expect(changed({ currency: 'KWD' })).toEqual([{ field: 'amount', before: '100.00 EUR', after: '100.00 KWD' }]);
    expect(readAmountText('100.00 KWD')).toEqual({ amount: '100.00', currency: 'KWD' });
    expect([readAmountText('100.00'), readAmountText(null)]).toEqual([{ amount: '100.00' }, { amount: null }]);
  });

  it('is none where the deal was reopened and won anew between two looks', () => {
    expect(changed({ amount: '90.00', wonAt: '2026-05-01T09:00:00.000Z' })).toEqual([]);
  });

  it('is none where we wrote the id of a registration that the deal belongs to', () => {
    expect(changed({ stampedRegistrationId: 'reg_2' })).toEqual([]);
    expect(changed({ stampedRegistrationId: 'reg_1' }, { stampedRegistrationId: null })).toEqual([]);
  });

  it('is none where we wrote the name of a partner that registered it', () => {
    expect(changed({ stampedPartner: 'Southwind' })).toEqual([]);
    expect(changed({ stampedPartner: 'Northwind' }, { stampedPartner: null })).toEqual([]);
  });

  it('is told where somebody wrote another partner on it, or took ours off', () => {
    const before = 'Northwind';
    expect(changed({ stampedPartner: 'Eastwind' })).toEqual([{ field: 'partner', before, after: 'Eastwind' }]);
    expect(changed({ stampedPartner: null })).toEqual([{ field: 'partner', before, after: null }]);
  });

  it('is none where nobody knows which partner it named before', () => {
    expect(changed({ stampedPartner: 'Eastwind' }, { stampedPartner: null })).toEqual([]);
  });

  it('is told where another id stands although ours was never read', () => {
    expect(changed({ stampedRegistrationId: 'reg_9' }, { stampedRegistrationId: null })).toEqual([
      { field: 'registrationId', before: 'reg_1', after: 'reg_9' },
    ]);
  });
});

describe('what follows a change', () => {
  it.each([
    ['accept', 0, 'accepted'],
    ['hold', 0, 'open'],
    ['restore', 2, 'restored'],
    ['restore', 3, 'open'],
  ] as const)('is what the program says: %s after %i restores is %s', (policy, restores, status) => {
    expect(statusByPolicy(policy, restores)).toBe(status);
  });
});
