import { assert } from '../platform/assert.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { isCurrency } from '../money/currency.js';
import { formatAmount } from '../money/money.js';
import { markPaidExternally } from './mark-paid-externally.handler.js';
import { externalPayment, markedPaid } from './payout.api.js';
import type { PayoutRow } from './payout.store.js';

export function payoutRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/payouts/external',
      access: 'operator',
      right: 'payouts:record',
      kind: 'write',
      summary: 'Record that lines were paid elsewhere',
      description:
        'From then on an undone deal is clawed back instead of reversed. The same report again changes nothing.',
      tags: ['Payouts'],
      body: externalPayment,
      responses: { 200: markedPaid, 201: markedPaid },
      handle: async ({ uow, actor, body }) => {
        const { kind, payouts } = await markPaidExternally(uow, { ...body, actor });
        const answer = { outcome: kind, payouts: payouts.map(payoutOnWire) };
        return kind === 'recorded' ? { status: 201, body: answer } : { status: 200, body: answer };
      },
    }),
  ];
}

function payoutOnWire(payout: PayoutRow) {
  assert(isCurrency(payout.currency), 'a stored payout is in a currency');
  return {
    id: payout.id,
    partnerId: payout.partner_id,
    amount: formatAmount(BigInt(payout.amount_minor), payout.currency),
    currency: payout.currency,
    paidOn: payout.paid_on,
    reference: payout.reference,
  };
}
