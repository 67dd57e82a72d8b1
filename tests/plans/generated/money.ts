import fc from 'fast-check';
import type { Currency } from '../../../src/money/currency.js';
import type { PaymentFacts } from '../../../src/plans/facts.js';
import { later } from '../naive/days.js';
import { asDay } from '../sample-facts.js';
import { day, type Told } from './told.js';
import { currency, seldom } from './written.js';

/** What the customer of a deal paid and got back, some of it naming the payment it gives back. */
export function moneyOf(dealId: string): fc.Arbitrary<Told[]> {
  const minor = fc.oneof(fc.integer({ min: 1, max: 60_000 }), fc.constantFrom(5, 15, 1000, 10_000, 11_900));
  const one = fc.record({
    isRefund: fc.constantFrom(false, false, true),
    minor,
    paidIn: currency,
    tax: seldom(fc.constantFrom(0n, 1n, 19n), 3),
    received: day,
    service: seldom(fc.tuple(fc.integer({ min: -40, max: 20 }), fc.integer({ min: 0, max: 200 })), 2),
    names: fc.nat(4),
  });
  return fc.tuple(currency, fc.array(one, { maxLength: 5 })).map(([usual, all]) => {
    const payments: PaymentFacts[] = [];
    const refunds: PaymentFacts[] = [];
    for (const [index, { isRefund, minor: size, paidIn, tax, received, service, names }] of all.entries()) {
      const named = isRefund && names < 2 ? payments[names] : undefined;
      const code = (named?.currency ?? (names === 4 ? paidIn : usual)) as Currency;
      const receivedOn = asDay(named !== undefined && named.receivedOn > received ? named.receivedOn : received);
      const from = later(receivedOn, service?.[0] ?? 0);
      const common = {
        dealId,
        registrationId: null,
        amountMinor: BigInt(size),
        currency: code,
        receivedOn,
      };
      if (isRefund) {
        refunds.push({
          ...common,
          id: `ref_${dealId}_${index}`,
          kind: 'refund',
          taxMinor: null,
          servicePeriod: null,
          refundOf: named?.id ?? null,
        });
      } else {
        const period = service === undefined ? null : { from: asDay(from), to: asDay(later(from, service[1])) };
        const taxMinor = tax === undefined || tax > BigInt(size) ? null : tax;
        payments.push({
          ...common,
          id: `pay_${dealId}_${index}`,
          kind: 'payment',
          taxMinor,
          servicePeriod: period,
          refundOf: null,
        });
      }
    }
    return [...payments, ...refunds].map((money) => ({ on: money.receivedOn, kind: 'money' as const, money }));
  });
}
