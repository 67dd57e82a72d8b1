import { costOfDeal, differs } from '../../src/rep-view/rep-view.js';

const total = (amountMinor: bigint, status: 'pending' | 'payable' | 'paid' | 'on_hold', currency = 'EUR') => ({
  amountMinor,
  status,
  currency,
});

describe('what the rep sees of a deal', () => {
  it('shows nothing before anything was earned', () => {
    expect(costOfDeal([])).toBeNull();
  });

  it('shows the net amount and the least advanced status', () => {
    expect(costOfDeal([total(100_00n, 'paid'), total(20_00n, 'pending')])).toEqual({
      amountMinor: 120_00n,
      currency: 'EUR',
      status: 'pending',
    });
  });

  it('says that a commission was taken back', () => {
    expect(costOfDeal([total(100_00n, 'pending'), total(-100_00n, 'pending')])).toMatchObject({ status: 'reversed' });
  });

  it('never adds currencies up', () => {
    expect(costOfDeal([total(100n, 'pending', 'USD'), total(900n, 'payable', 'EUR')])).toEqual({
      amountMinor: 900n,
      currency: 'EUR',
      status: 'payable',
    });
  });

  it('is written again only when a field differs', () => {
    const stamp = {
      registrationId: 'reg_1',
      partner: 'Northwind',
      status: 'won',
      protectedUntil: '2026-05-01',
      commission: '100.00',
      commissionCurrency: 'EUR',
      commissionStatus: 'pending',
    };
    expect(differs(undefined, stamp)).toBe(true);
    expect(differs(stamp, { ...stamp })).toBe(false);
    expect(differs(stamp, { ...stamp, commissionStatus: 'paid' })).toBe(true);
  });
});
