import { recordAudit } from '../audit/audit.store.js';
import { subjectOf } from '../crediting/commission-line.js';
import { findLines, lockCrediting } from '../crediting/commission-line.store.js';
import { settleLines } from '../crediting/line-settlement.store.js';
import { buildEntry } from '../ledger/entry.js';
import { appendEntries } from '../ledger/journal.store.js';
import { actorKey, type Actor } from '../platform/actor.js';
import { canonicalJson } from '../platform/canonical-json.js';
import { newId } from '../platform/ids.js';
import type { UnitOfWork } from '../platform/unit-of-work.js';
import { sha256 } from '../platform/hash.js';
import { dayIn, type Day } from '../program/calendar.js';
import { loadProgram } from '../program/program.store.js';
import { writeBackWork } from '../sync/rep-view-work.js';
import { faultsOfReport, paymentsOf, type Payment, type ReportedPayment } from './external-payment.js';
import { PaymentRefused } from './payout-errors.js';
import { findPayoutsByKeys, insertPayouts, type PayoutRow } from './payout.store.js';

export interface MarkedPaid {
  /** `already-recorded`: the same lines under the same reference; nothing was written. */
  readonly kind: 'recorded' | 'already-recorded';
  readonly payouts: readonly PayoutRow[];
}

/**
 * Records that lines were paid elsewhere: one payout for each partner and currency, posted from what is payable to what has
 * left. @throws PaymentRefused naming each line that is unknown or paid already, and nothing is recorded
 */
export async function markPaidExternally(uow: UnitOfWork, request: Report): Promise<MarkedPaid> {
  const { settings } = await loadProgram(uow.trx);
  const today = dayIn(uow.now, settings.timeZone);
  const report = { ...request, lines: [...new Set(request.lines)] };
  const subjectIds = await subjectsOf(uow, report.lines, today);
  // Crediting decides between a reversal and a clawback by what is paid, so it must not run in between.
  await lockCrediting(uow.trx, subjectIds);
  const found = await findLines(uow.trx, report.lines, today);
  const payments = paymentsOf(found);
  const recorded = await findPayoutsByKeys(
    uow.trx,
    payments.map((payment) => keyOf(report.reference, payment)),
  );
  if (payments.length > 0 && found.length === report.lines.length && recorded.length === payments.length) {
    return { kind: 'already-recorded', payouts: recorded };
  }
  const faults = faultsOfReport(report, found, today);
  if (faults.length > 0) throw new PaymentRefused(faults);

  const payouts = payments.map((payment) => payoutOf(payment, report, uow.now));
  await book(uow, payouts, report);
  await uow.enqueue(subjectIds.map((key) => ({ kind: writeBackWork, key })));
  return { kind: 'recorded', payouts: payouts.map(({ row }) => row) };
}

type Report = ReportedPayment & { readonly actor: Actor };

/** A payment with the row it becomes. */
interface NewPayout {
  readonly payment: Payment;
  readonly row: PayoutRow;
}

async function subjectsOf(uow: UnitOfWork, lineIds: readonly string[], today: Day): Promise<readonly string[]> {
  const lines = await findLines(uow.trx, lineIds, today);
  return [...new Set(lines.flatMap((line) => subjectOf(line) ?? []))];
}

function payoutOf(payment: Payment, report: Report, now: Date): NewPayout {
  const row: PayoutRow = {
    id: newId('pay'),
    entry_id: newId('jrn'),
    partner_id: payment.partnerId,
    currency: payment.currency,
    amount_minor: String(payment.amountMinor),
    method: 'external',
    reference: report.reference,
    paid_on: report.paidOn,
    idempotency_key: keyOf(report.reference, payment),
    created_by: actorKey(report.actor),
    created_at: now,
  };
  return { payment, row };
}

/** The same lines under the same reference are the same payment, in whatever order they are named. */
function keyOf(reference: string, { partnerId, currency, lines }: Payment): string {
  const named = canonicalJson({ reference, partnerId, currency, lines: lines.map(({ id }) => id).sort() });
  return `external|${sha256(named)}`;
}

async function book(
  uow: UnitOfWork,
  payouts: readonly NewPayout[],
  { actor, paidOn, reference }: Report,
): Promise<void> {
  const entries = payouts.map(({ payment, row }) =>
    buildEntry({
      id: row.entry_id,
      kind: payment.payee === 'customer' ? 'customer-payout' : 'payout',
      idempotencyKey: row.idempotency_key,
      partnerId: payment.partnerId,
      dealId: null,
      occurredOn: paidOn,
      memo: `paid elsewhere: ${reference}`,
      amount: payment,
    }),
  );
  const settlements = payouts.flatMap(({ payment, row }) =>
    payment.lines.map((line) => ({ lineId: line.id, payoutId: row.id })),
  );
  await appendEntries(uow.trx, entries, uow.now);
  await insertPayouts(
    uow.trx,
    payouts.map(({ row }) => row),
  );
  await settleLines(uow.trx, settlements, paidOn);
  const audited = payouts.map(({ row }) => ({
    actor,
    action: 'payout.external',
    subject: { type: 'payout', id: row.id },
    details: { reference, paidOn },
  }));
  await recordAudit(uow, ...audited);
}
