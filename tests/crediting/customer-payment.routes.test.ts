import { customerPaymentRoutes } from '../../src/crediting/customer-payment.routes.js';
import { paymentsOfDeals } from '../../src/crediting/customer-payment.store.js';
import { startFactsApi, type FactsApi } from '../support/facts-api.js';

interface Payment {
  readonly id: string;
  readonly externalId: string;
  readonly [field: string]: unknown;
}
interface Problem {
  readonly type: string;
  readonly errors: readonly { readonly field: string; readonly value?: string; readonly expected: string }[];
}

let api: FactsApi;
let count = 0;

beforeAll(async () => {
  api = await startFactsApi(customerPaymentRoutes());
});
afterAll(() => api.close());

const path = '/api/v1/payments';
const payment = (fields: Readonly<Record<string, unknown>>) => {
  count += 1;
  return {
    externalId: `INV-${String(count)}`,
    kind: 'payment',
    amount: '119.00',
    currency: 'EUR',
    receivedOn: '2026-03-02',
    ...fields,
  };
};
const tell = <T = Payment>(body: unknown) => api.operator.send<T>('POST', path, body);
const refusal = async (body: unknown) => {
  const { status, body: problem } = await tell<Problem>(body);
  return [status, ...problem.errors.map(({ field }) => field)];
};
const counted = async () => (await api.operator.get<{ items: readonly Payment[] }>(`${path}?limit=200`)).items.length;

describe('what customers paid', () => {
  it('is recorded once, however often it is told, and has the deal credited again', async () => {
    const dealId = await api.addDeal();
    const body = payment({ dealId, tax: '19.00', servicePeriod: { from: '2026-03-01', to: '2026-03-31' } });
    const first = await tell(body);
    expect(first).toMatchObject({
      status: 201,
      body: { ...body, registrationId: null, refundOf: null, recordedAt: '2026-03-02T09:00:00.000Z' },
    });
    expect(await api.takeCrediting()).toEqual([dealId]);
    expect(await tell({ ...body, amount: '119', tax: '19.0' })).toMatchObject({ status: 200, body: first.body });
    expect(await api.takeCrediting()).toEqual([]);
  });

  it('is never told otherwise under the same id: the problem names what differs', async () => {
    const dealId = await api.addDeal();
    const body = payment({ dealId });
    await tell(body);
    const other = await tell<Problem>({ ...body, amount: '120.00', receivedOn: '2026-03-01' });
    expect(other).toMatchObject({
      status: 409,
      body: {
        type: 'urn:introducer:problem:customer-payment-conflict',
        errors: [
          { field: 'amount', value: '120.00', expected: `119.00, as recorded under ${body.externalId}` },
          { field: 'receivedOn', value: '2026-03-01' },
        ],
      },
    });
    const many = { payments: [payment({ dealId }), { ...body, dealId: await api.addDeal() }] };
    expect(await refusal(many)).toEqual([409, 'payments[1].dealId']);
  });

  it('may name a registration, and belongs to the deal that this is linked to by then', async () => {
    const [dealId, registrationId] = [await api.addDeal(), await api.addRegistration()];
    await api.takeCrediting();
    await tell(payment({ registrationId }));
    expect(await api.takeCrediting()).toEqual([]);
    await api.linkRegistration(registrationId, dealId);
    await tell(payment({ registrationId, receivedOn: '2026-03-01' }));
    await tell(payment({ dealId, receivedOn: '2026-02-28', currency: 'JPY', amount: '1190' }));
    expect(await api.takeCrediting()).toEqual([dealId]);
    const listed = await api.operator.get<{ items: readonly Payment[] }>(`${path}?dealId=${dealId}`);
    expect(listed.items).toHaveLength(3);
    const read = await paymentsOfDeals(api.db, [dealId], [registrationId]);
    expect(read).toMatchObject([
      { dealId, receivedOn: '2026-02-28', amountMinor: 1190n, currency: 'JPY', taxMinor: null, servicePeriod: null },
      { registrationId, receivedOn: '2026-03-01', amountMinor: 11900n },
      { registrationId, receivedOn: '2026-03-02' },
    ]);
    expect(await paymentsOfDeals(api.db, [], [])).toEqual([]);
  });

  it('is given back by refunds of the same deal or registration, told in any order', async () => {
    const [dealId, otherDealId] = [await api.addDeal(), await api.addDeal()];
    const registrationId = await api.addRegistration(dealId);
    const paid = payment({ dealId });
    const refund = payment({ registrationId, kind: 'refund', amount: '19.00', refundOf: paid.externalId });
    const answer = await tell<{ payments: readonly Payment[] }>({ payments: [refund, paid] });
    expect([answer.status, answer.body.payments.map(({ refundOf }) => refundOf)]).toEqual([
      201,
      [paid.externalId, null],
    ]);
    const [first, second] = await paymentsOfDeals(api.db, [dealId], [registrationId]);
    expect([first?.kind, second?.kind, second?.refundOf]).toEqual(['payment', 'refund', first?.id]);
    const again = { dealId, kind: 'refund' };
    expect(await refusal(payment({ ...again, refundOf: 'INV-NONE' }))).toEqual([422, 'refundOf']);
    expect(await refusal(payment({ ...again, refundOf: refund.externalId }))).toEqual([422, 'refundOf']);
    expect(await refusal(payment({ ...again, dealId: otherDealId, refundOf: paid.externalId }))).toEqual([
      422,
      'refundOf',
    ]);
    expect(await refusal(payment({ ...again, currency: 'USD', refundOf: paid.externalId }))).toEqual([422, 'currency']);
    expect(await refusal(payment({ dealId, refundOf: paid.externalId }))).toEqual([422, 'refundOf']);
  });

  it.each([
    [{ amount: '0' }, 'amount'],
    [{ amount: '-1' }, 'amount'],
    [{ amount: 1 }, 'amount'],
    [{ amount: '1.005' }, 'amount'],
    [{ amount: '1.5', currency: 'JPY' }, 'amount'],
    [{ tax: '119.01' }, 'tax'],
    [{ tax: '-1' }, 'tax'],
    [{ currency: 'EURO' }, 'currency'],
    [{ receivedOn: '2026-02-30' }, 'receivedOn'],
    [{ receivedOn: '2026-03-03' }, 'receivedOn'],
    [{ servicePeriod: { from: '2026-03-02', to: '2026-03-01' } }, 'servicePeriod.to'],
    [{ dealId: 'deal_unknown' }, 'dealId'],
    [{ dealId: null, registrationId: 'reg_unknown' }, 'registrationId'],
    [{ registrationId: 'reg_unknown' }, 'dealId'],
    [{ dealId: null }, 'dealId'],
    [{ kind: 'gift' }, 'kind'],
    [{ colour: 'red' }, 'colour'],
  ])('is refused with %j, naming the field, and nothing of the report is kept', async (fields, field) => {
    const dealId = await api.addDeal();
    const before = await counted();
    expect(await refusal(payment({ dealId, ...fields }))).toEqual([422, field]);
    expect(await refusal({ payments: [payment({ dealId }), payment({ dealId, ...fields })] })).toEqual([
      422,
      `payments[1].${field}`,
    ]);
    expect(await counted()).toBe(before);
  });

  it('is listed page by page, newest first, and is nobody’s business but the operator’s', async () => {
    const dealId = await api.addDeal();
    const payments = [payment({ dealId }), payment({ dealId }), payment({ dealId })];
    for (const one of payments) await tell(one);
    const list = `${path}?limit=2&dealId=${dealId}`;
    const page = await api.operator.get<{ items: readonly Payment[]; nextCursor: string }>(list);
    const rest = await api.operator.get<{ items: readonly Payment[]; nextCursor: null }>(
      `${list}&cursor=${page.nextCursor}`,
    );
    expect([...page.items, ...rest.items].map(({ externalId }) => externalId)).toEqual(
      payments.map(({ externalId }) => externalId).toReversed(),
    );
    expect(rest.nextCursor).toBeNull();
    expect((await api.as(null).send('GET', path)).status).toBe(401);
    expect(await refusal({ payments: [] })).toEqual([422, 'payments']);
  });
});
