import { z } from 'zod';
import { formatAmount } from '../money/money.js';
import { assertDefined } from '../platform/assert.js';
import type { Reader } from '../platform/database.js';
import { pageOf, pageQuery, readCursor, toPage } from '../platform/http/page.js';
import { defineRoute, type Route } from '../platform/http/route.js';
import { linksOfDeals } from '../sync/crm-link.store.js';
import { paymentQuery, paymentsBody, paymentShape, paymentsRecorded } from './customer-payment.api.js';
import { listPayments, type PaymentFilter, type RecordedPayment } from './customer-payment.store.js';
import { recordPayments } from './record-payments.handler.js';

const tags = ['Customer payments'];
const path = '/api/v1/payments';
const position = z.strictObject({ id: z.string() });

/** The money that customers paid and got back. */
export function customerPaymentRoutes(): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path,
      access: 'operator',
      right: 'money:record',
      kind: 'write',
      summary: "Record customers' payments and refunds",
      description:
        'One, or up to 1000 as `{payments: […]}`, recorded together or not at all. The same payment again is answered with 200 ' +
        'and changes nothing; other content under the same `externalId` is a conflict.',
      tags,
      body: paymentsBody,
      responses: { 200: paymentsRecorded, 201: paymentsRecorded },
      handle: async ({ uow, actor, body }) => {
        const many = 'payments' in body;
        const report = many
          ? body.payments.map((payment, index) => ({ place: `payments[${String(index)}].`, payment }))
          : [{ place: '', payment: body }];
        const { fresh, payments } = await recordPayments(uow, actor, report);
        const shown = payments.map(paymentOnWire);
        const answer = many ? { payments: shown } : assertDefined(shown[0], 'the payment that was told');
        return fresh > 0 ? { status: 201, body: answer } : { status: 200, body: answer };
      },
    }),
    defineRoute({
      method: 'get',
      path,
      access: 'operator',
      kind: 'read',
      summary: "Customers' payments and refunds, newest first",
      tags,
      query: z.strictObject({ ...pageQuery, ...paymentQuery }),
      responses: { 200: pageOf(paymentShape) },
      handle: async ({ db, query }) => {
        const before = readCursor(query.cursor, position)?.id ?? null;
        const payments = await listPayments(db, await filterOf(db, query), { before, limit: query.limit + 1 });
        return { status: 200, body: toPage(payments, query.limit, ({ id }) => ({ id }), paymentOnWire) };
      },
    }),
  ];
}

async function filterOf(
  db: Reader,
  { dealId, registrationId }: { readonly dealId?: string | undefined; readonly registrationId?: string | undefined },
): Promise<PaymentFilter | null> {
  if (dealId === undefined)
    return registrationId === undefined ? null : { dealIds: [], registrationIds: [registrationId] };
  const linked = (await linksOfDeals(db, [dealId])).map((link) => link.registration_id);
  if (registrationId === undefined) return { dealIds: [dealId], registrationIds: linked };
  return { dealIds: [], registrationIds: linked.filter((id) => id === registrationId) };
}

function paymentOnWire(payment: RecordedPayment): z.input<typeof paymentShape> {
  const { id, externalId, dealId, registrationId, kind, amountMinor, currency, taxMinor, receivedOn } = payment;
  return {
    id,
    externalId,
    dealId,
    registrationId,
    kind,
    amount: formatAmount(amountMinor, currency),
    currency,
    tax: taxMinor === null ? null : formatAmount(taxMinor, currency),
    receivedOn,
    servicePeriod: payment.servicePeriod,
    refundOf: payment.refundOfExternalId,
    recordedAt: payment.recordedAt.toISOString(),
  };
}
