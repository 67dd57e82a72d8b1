import type { Currency } from '../../src/money/currency.js';
import { ratio } from '../../src/money/ratio.js';
import type { PaymentFacts } from '../../src/plans/facts.js';
import { position } from '../../src/plans/position.js';
import { netOf } from '../../src/plans/wanted-line.js';
import { asDay, deal, factsOf, tenPercent, versions, type SampleFacts } from './sample-facts.js';

/** A payment of a deal that was won for 1000.00 EUR on 1 March. */
const money = (kind: 'payment' | 'refund', changes: Partial<PaymentFacts>): PaymentFacts => ({
  id: kind,
  dealId: 'deal_1',
  registrationId: null,
  kind,
  amountMinor: 50_000n,
  currency: 'USD' as Currency,
  taxMinor: null,
  receivedOn: asDay('2026-03-10'),
  servicePeriod: null,
  refundOf: null,
  ...changes,
});
const dollarsOn = (day: string, perEuro: bigint) => ({
  base: 'EUR' as Currency,
  day: asDay(day),
  rates: new Map([['USD' as Currency, ratio(perEuro)]]),
});
const inParts = `plan: parts
effectiveFrom: 2026-01-01
rules:
  - id: r
    pay: { percent: 10, of: amount }
    refunds: keep
    instalments: [{ percent: 50 }, { percent: 50, at: { paid: 50 } }]`;
const share = `plan: share
effectiveFrom: 2026-01-01
rules: [{ id: s, pay: { revshare: { percent: 10 } } }]`;

const seen = (sample: SampleFacts) => {
  const { lines, flags, again } = position(factsOf({ asOf: '2026-03-31', ...sample }));
  return {
    lines: lines.map((line) => [line.component, netOf(line), line.earnedOn]),
    flags: flags.map(({ kind }) => kind),
    again: [...again],
  };
};

describe('an instalment that waits for the customer to have paid', () => {
  const planVersions = versions(inParts);

  it('counts what was paid in another currency at the rate of the day of the payment', () => {
    const rateSheets = [dollarsOn('2026-02-01', 2n), dollarsOn('2026-03-10', 1n)];
    expect(seen({ planVersions, rateSheets, payments: [money('payment', {})] })).toMatchObject({
      lines: [
        ['r/1', 5000n, '2026-03-01'],
        ['r/2', 5000n, '2026-03-10'],
      ],
      flags: [],
    });
    const atHalf = { planVersions, rateSheets: [dollarsOn('2026-02-01', 2n)], payments: [money('payment', {})] };
    expect(seen(atHalf).lines).toHaveLength(1);
  });

  it('says so when that rate is missing, unless enough was paid without it', () => {
    const payments = [money('payment', {})];
    expect(seen({ planVersions, payments }).flags).toEqual(['exchange-rate-missing']);
    const enough = money('payment', { id: 'euros', currency: 'EUR' as Currency });
    expect(seen({ planVersions, payments: [...payments, enough] })).toMatchObject({
      lines: [
        ['r/1', 5000n, '2026-03-01'],
        ['r/2', 5000n, '2026-03-10'],
      ],
      flags: [],
    });
  });
});

describe('a refund in another currency', () => {
  const payments = [money('refund', {})];

  it('takes back its share at the rate of the day the deal was won', () => {
    const rateSheets = [dollarsOn('2026-03-01', 2n), dollarsOn('2026-03-10', 1n)];
    expect(seen({ payments, rateSheets })).toMatchObject({ lines: [['new-business', 7500n, '2026-03-01']], flags: [] });
  });

  it('is flagged while that rate is missing, and takes nothing back until then', () => {
    const planVersions = versions(tenPercent);
    expect(seen({ planVersions, payments })).toMatchObject({
      lines: [['new-business', 10_000n, '2026-03-01']],
      flags: ['exchange-rate-missing'],
    });
  });

  it('is not flagged where the plan keeps what was earned whatever is given back', () => {
    expect(seen({ planVersions: versions(inParts), payments }).flags).toEqual([]);
  });
});

describe('a refund that names no payment', () => {
  const planVersions = versions(share);
  const paid = money('payment', { currency: 'EUR' as Currency });

  it.each([
    ['in a currency in which nothing was paid', money('refund', {})],
    ['before anything was paid', money('refund', { currency: 'EUR' as Currency, receivedOn: asDay('2026-03-05') })],
  ])('takes nothing from a RevShare %s, and that is flagged', (_when, refund) => {
    expect(seen({ planVersions, payments: [refund, paid] })).toMatchObject({
      lines: [['s', 5000n, '2026-03-10']],
      flags: ['refund-without-payment'],
    });
  });

  it('takes from the payments before it, and nothing is flagged', () => {
    const refund = money('refund', { currency: 'EUR' as Currency, amountMinor: 10_000n });
    expect(seen({ planVersions, payments: [paid, refund] })).toMatchObject({
      lines: [['s', 4000n, '2026-03-10']],
      flags: [],
    });
  });
});

describe('a payment of a day to come', () => {
  it('counts from that day on', () => {
    const payments = [money('payment', { receivedOn: asDay('2026-04-02') })];
    const sample = { planVersions: versions(share), deals: [deal({ currency: 'USD' })], payments };
    expect(seen(sample)).toMatchObject({ lines: [], again: [['deal_1', '2026-04-02']] });
    expect(seen({ ...sample, asOf: '2026-04-02' }).lines).toEqual([['s', 5000n, '2026-04-02']]);
  });
});
