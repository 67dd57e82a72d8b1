import { sql } from 'kysely';
import { isCurrency } from '../money/currency.js';
import { assert } from '../platform/assert.js';
import type { Reader, Tx } from '../platform/database.js';
import type { BigintColumn } from '../platform/platform-tables.js';
import type { Day } from '../program/calendar.js';
import type { CustomerPayment } from './customer-payment.js';

export interface CustomerPaymentRow {
  id: string;
  external_id: string;
  deal_id: string | null;
  registration_id: string | null;
  kind: 'payment' | 'refund';
  amount_minor: BigintColumn;
  currency: string;
  tax_minor: BigintColumn | null;
  received_on: string;
  service_from: string | null;
  service_to: string | null;
  refund_of: string | null;
  recorded_at: Date;
  recorded_by: string;
}

declare module '../platform/database.js' {
  interface Tables {
    customer_payments: CustomerPaymentRow;
  }
}

/** A payment as it stands in the table. */
export interface RecordedPayment extends CustomerPayment {
  /** The external id behind `refundOf`. */
  readonly refundOfExternalId: string | null;
  readonly recordedAt: Date;
}

/** Lets one transaction at a time record payments: two that tell of the same one must not both find it new. */
export async function lockPayments(trx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('customer_payments', 0))`.execute(trx);
}

/** Writes payments, one statement for all. */
export async function insertPayments(
  trx: Tx,
  payments: readonly CustomerPayment[],
  recorded: { readonly at: Date; readonly by: string },
): Promise<void> {
  if (payments.length === 0) return;
  const rows = payments.map((payment): CustomerPaymentRow => ({
    id: payment.id,
    external_id: payment.externalId,
    deal_id: payment.dealId,
    registration_id: payment.registrationId,
    kind: payment.kind,
    amount_minor: String(payment.amountMinor),
    currency: payment.currency,
    tax_minor: payment.taxMinor === null ? null : String(payment.taxMinor),
    received_on: payment.receivedOn,
    service_from: payment.servicePeriod?.from ?? null,
    service_to: payment.servicePeriod?.to ?? null,
    refund_of: payment.refundOf,
    recorded_at: recorded.at,
    recorded_by: recorded.by,
  }));
  await sql`
    insert into customer_payments
    select * from jsonb_populate_recordset(null::customer_payments, ${JSON.stringify(rows)}::jsonb)`.execute(trx);
}

export async function findPayments(db: Reader, externalIds: readonly string[]): Promise<readonly RecordedPayment[]> {
  const { rows } = await sql<JoinedRow>`
    ${recordedPayments} where payment.external_id = any(${[...externalIds]}::text[])`.execute(db);
  return rows.map(recordedPayment);
}

/**
 * Payments and refunds of these deals, in the order the money moved: those that name one of the deals, and those that name one
 * of the registrations, which are the ones linked to them.
 */
export async function paymentsOfDeals(
  db: Reader,
  dealIds: readonly string[],
  registrationIds: readonly string[],
): Promise<readonly CustomerPayment[]> {
  if (dealIds.length === 0 && registrationIds.length === 0) return [];
  const { rows } = await sql<CustomerPaymentRow>`
    select * from customer_payments
    where deal_id = any(${[...dealIds]}::text[]) or registration_id = any(${[...registrationIds]}::text[])
    order by received_on, id`.execute(db);
  return rows.map(paymentOf);
}

/** Ids of what was paid for on or after a day, or for a time that had not ended then: deals, and registrations it names instead. */
export async function subjectsPaidSince(db: Reader, day: Day): Promise<readonly string[]> {
  const { rows } = await sql<{ subject: string }>`
    select distinct coalesce(deal_id, registration_id) as subject from customer_payments
    where received_on >= ${day} or service_to >= ${day}`.execute(db);
  return rows.map(({ subject }) => subject);
}

/** Which payments to list; null: all of them. */
export interface PaymentFilter {
  readonly dealIds: readonly string[];
  readonly registrationIds: readonly string[];
}

/** Payments newest first. @param page.before the last id of the page before */
export async function listPayments(
  db: Reader,
  filter: PaymentFilter | null,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly RecordedPayment[]> {
  const wanted =
    filter === null
      ? sql`true`
      : sql`(payment.deal_id = any(${[...filter.dealIds]}::text[])
          or payment.registration_id = any(${[...filter.registrationIds]}::text[]))`;
  const rest = page.before === null ? sql`true` : sql`payment.id < ${page.before}`;
  const { rows } = await sql<JoinedRow>`
    ${recordedPayments} where ${wanted} and ${rest} order by payment.id desc limit ${page.limit}`.execute(db);
  return rows.map(recordedPayment);
}

type JoinedRow = CustomerPaymentRow & { readonly refund_of_external_id: string | null };

const recordedPayments = sql`
  select payment.*, paid.external_id as refund_of_external_id
  from customer_payments payment left join customer_payments paid on paid.id = payment.refund_of`;

function recordedPayment(row: JoinedRow): RecordedPayment {
  return { ...paymentOf(row), refundOfExternalId: row.refund_of_external_id, recordedAt: row.recorded_at };
}

function paymentOf(row: CustomerPaymentRow): CustomerPayment {
  assert(isCurrency(row.currency), 'a recorded payment is in a currency');
  return {
    id: row.id,
    externalId: row.external_id,
    dealId: row.deal_id,
    registrationId: row.registration_id,
    kind: row.kind,
    amountMinor: BigInt(row.amount_minor),
    currency: row.currency,
    taxMinor: row.tax_minor === null ? null : BigInt(row.tax_minor),
    receivedOn: row.received_on as Day,
    servicePeriod:
      row.service_from === null || row.service_to === null
        ? null
        : { from: row.service_from as Day, to: row.service_to as Day },
    refundOf: row.refund_of,
  };
}
