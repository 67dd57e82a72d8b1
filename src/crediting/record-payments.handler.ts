import { recordAudit } from '../audit/audit.store.js';
import { parseMoney } from '../money/money.js';
import type { Currency } from '../money/currency.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { assert, assertDefined } from '../platform/assert.js';
import type { Reader } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { dayIn } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { findRegistrations } from '../registration/registration.store.js';
import { findDeals, linksOfRegistrations } from '../sync/crm-link.store.js';
import { creditDealsWork } from '../watch/store-readings.handler.js';
import { CustomerPaymentConflict, CustomerPaymentRefused } from './customer-payment-errors.js';
import type { NewPayment } from './customer-payment.api.js';
import { judgePayments, type CustomerPayment, type KnownOfPayments, type PaymentDraft } from './customer-payment.js';
import { findPayments, insertPayments, lockPayments, type RecordedPayment } from './customer-payment.store.js';

/** A payment as it was told, and where: what its faults begin with. */
export interface PlacedPayment {
  readonly place: string;
  readonly payment: NewPayment;
}

export interface PaymentsRecorded {
  /** How many of them were new. */
  readonly fresh: number;
  /** All of them as they stand now, in the order of the report. */
  readonly payments: readonly RecordedPayment[];
}

/**
 * Records what customers paid and got back, and has the deals it is about credited again. Told again it changes nothing.
 * @throws CustomerPaymentRefused, CustomerPaymentConflict naming each field, and nothing is recorded
 */
export async function recordPayments(
  uow: UnitOfWork,
  actor: Actor,
  report: readonly PlacedPayment[],
): Promise<PaymentsRecorded> {
  await lockPayments(uow.trx);
  const placed = report.map(({ place, payment }) => ({ place, draft: draftOf(payment) }));
  const drafts = placed.map(({ draft }) => draft);
  const recorded = await paymentsNamed(uow.trx, drafts);
  const known = await knownOf(uow, drafts, recorded);
  const judgement = judgePayments(placed, known);
  switch (judgement.kind) {
    case 'refused':
      throw new CustomerPaymentRefused(judgement.faults);
    case 'conflict':
      throw new CustomerPaymentConflict(judgement.faults);
    case 'accepted': {
      const { fresh } = judgement;
      await store(uow, actor, fresh, recorded);
      await recredit(uow, fresh, known);
      const standing = await paymentsNamed(uow.trx, drafts);
      const payments = drafts.map(({ externalId }) =>
        assertDefined(standing.get(externalId), 'what was just recorded'),
      );
      return { fresh: fresh.length, payments };
    }
  }
}

/** The recorded payments that these are, or give back, by external id. */
async function paymentsNamed(
  db: Reader,
  drafts: readonly PaymentDraft[],
): Promise<ReadonlyMap<string, RecordedPayment>> {
  const externalIds = drafts.flatMap(({ externalId, refundOf }) => [
    externalId,
    ...(refundOf === null ? [] : [refundOf]),
  ]);
  const payments = await findPayments(db, externalIds);
  return new Map(payments.map((payment) => [payment.externalId, payment]));
}

async function knownOf(
  { trx: db, now }: UnitOfWork,
  drafts: readonly PaymentDraft[],
  recorded: ReadonlyMap<string, RecordedPayment>,
): Promise<KnownOfPayments> {
  const named = [...drafts, ...recorded.values()];
  const registrationIds = [...new Set(named.flatMap(({ registrationId }) => registrationId ?? []))];
  const deals = await findDeals(db, [...new Set(drafts.flatMap(({ dealId }) => dealId ?? []))]);
  const registrations = await findRegistrations(db, registrationIds);
  const links = await linksOfRegistrations(db, registrationIds);
  const { timeZone } = (await loadProgram(db)).settings;
  return {
    today: dayIn(now, timeZone),
    dealIds: new Set(deals.map(({ id }) => id)),
    registrationIds: new Set(registrations.map(({ id }) => id)),
    dealOfRegistration: new Map(
      links.flatMap((link) => (link.deal_id === null ? [] : [[link.registration_id, link.deal_id] as const])),
    ),
    recorded: new Map([...recorded].map(([id, payment]) => [id, { ...payment, refundOf: payment.refundOfExternalId }])),
  };
}

async function store(
  uow: UnitOfWork,
  actor: Actor,
  fresh: readonly PaymentDraft[],
  recorded: ReadonlyMap<string, RecordedPayment>,
): Promise<void> {
  const ids = new Map<string, string>(fresh.map(({ externalId }) => [externalId, newId('pmt')]));
  const idOf = (externalId: string): string =>
    assertDefined(ids.get(externalId) ?? recorded.get(externalId)?.id, 'a payment that was found');
  const payments = fresh.map((draft): CustomerPayment => ({
    ...draft,
    id: idOf(draft.externalId),
    refundOf: draft.refundOf === null ? null : idOf(draft.refundOf),
  }));
  await insertPayments(uow.trx, payments, { at: uow.now, by: actorKey(actor) });
  const [first] = payments;
  if (first === undefined) return;
  // One entry for a report: each payment has its own moment and author in its row.
  const subject = { type: 'customer-payment', id: first.id };
  await recordAudit(uow, { actor, action: 'payment.record', subject, details: { payments: payments.length } });
}

async function recredit(uow: UnitOfWork, fresh: readonly PaymentDraft[], known: KnownOfPayments): Promise<void> {
  const dealIds = fresh.flatMap(
    ({ dealId, registrationId }) => dealId ?? known.dealOfRegistration.get(registrationId ?? '') ?? [],
  );
  await uow.enqueue([...new Set(dealIds)].map((key) => ({ kind: creditDealsWork, key })));
}

function draftOf({ amount, tax, ...payment }: NewPayment): PaymentDraft {
  return {
    ...payment,
    amountMinor: minorOf(amount, payment.currency),
    taxMinor: tax === null ? null : minorOf(tax, payment.currency),
  };
}

function minorOf(text: string, currency: Currency): bigint {
  const reading = parseMoney(text, currency);
  assert(reading.kind === 'money', 'the API lets only amounts through that the currency can have');
  return reading.money.amountMinor;
}
