import type { Currency } from '../money/currency.js';
import { formatAmount } from '../money/money.js';
import type { FieldFault } from '../platform/domain-error.js';
import type { Day } from '../program/calendar.js';

/** From a day to another one, both included. */
export interface ServicePeriod {
  readonly from: Day;
  readonly to: Day;
}

/** Money a customer paid, or got back. */
export interface CustomerPayment {
  readonly id: string;
  /** What names it where it was booked first, such as a billing system. */
  readonly externalId: string;
  /** Ours; null where it names a registration. */
  readonly dealId: string | null;
  readonly registrationId: string | null;
  readonly kind: 'payment' | 'refund';
  /** Always above zero; a refund is money that went back. */
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** Part of the amount; null where nothing is known of it. */
  readonly taxMinor: bigint | null;
  readonly receivedOn: Day;
  readonly servicePeriod: ServicePeriod | null;
  /** Id of the payment that a refund gives back. */
  readonly refundOf: string | null;
}

/** A payment as it is reported: `refundOf` is an external id. */
export type PaymentDraft = Omit<CustomerPayment, 'id'>;

/** A draft, and where it stood in the report: what its faults begin with, such as `payments[3].`. */
export interface PlacedDraft {
  readonly place: string;
  readonly draft: PaymentDraft;
}

/** What a report has to agree with. */
export interface KnownOfPayments {
  readonly dealIds: ReadonlySet<string>;
  readonly registrationIds: ReadonlySet<string>;
  readonly dealOfRegistration: ReadonlyMap<string, string>;
  /** In the program's time zone. */
  readonly today: Day;
  /** By external id. */
  readonly recorded: ReadonlyMap<string, PaymentDraft>;
}

export type PaymentsJudgement =
  | { readonly kind: 'accepted'; readonly fresh: readonly PaymentDraft[] }
  | { readonly kind: 'refused'; readonly faults: readonly FieldFault[] }
  | { readonly kind: 'conflict'; readonly faults: readonly FieldFault[] };

/**
 * Whether a report can be recorded, and what of it is new. The same payment told again is nothing new; under the same external
 * id with other content it is a conflict. A refund may stand before its payment in the same report.
 */
export function judgePayments(report: readonly PlacedDraft[], known: KnownOfPayments): PaymentsJudgement {
  const told = new Map<string, PaymentDraft>(known.recorded);
  for (const { draft } of report) if (!told.has(draft.externalId)) told.set(draft.externalId, draft);
  const conflicts = report.flatMap((one) => conflictsOf(one, told.get(one.draft.externalId)));
  const fresh = report.filter(({ draft }) => !known.recorded.has(draft.externalId));
  const faults = fresh.flatMap((one) => [
    ...dayFaults(one, known),
    ...subjectFaults(one, known),
    ...refundFaults(one, told, known),
  ]);
  if (faults.length > 0) return { kind: 'refused', faults };
  if (conflicts.length > 0) return { kind: 'conflict', faults: conflicts };
  return {
    kind: 'accepted',
    fresh: paymentsFirst([...new Map(fresh.map(({ draft }) => [draft.externalId, draft])).values()]),
  };
}

/** Ids follow the order, and what happened on one day is read in the order of ids. */
function paymentsFirst(drafts: readonly PaymentDraft[]): readonly PaymentDraft[] {
  return drafts.toSorted((a, b) => Number(a.kind === 'refund') - Number(b.kind === 'refund'));
}

function conflictsOf({ place, draft }: PlacedDraft, first: PaymentDraft | undefined): readonly FieldFault[] {
  if (first === undefined || first === draft) return [];
  const [now, before] = [contentOf(draft), contentOf(first)];
  return Object.entries(now).flatMap(([field, value]) => {
    const stands = before[field] ?? null;
    if (value === stands) return [];
    const expected = `${stands ?? 'nothing'}, as recorded under ${draft.externalId}`;
    return [faultOf(place, field, value, expected)];
  });
}

/** What two reports of one payment are compared by, in words. */
function contentOf(draft: PaymentDraft): Readonly<Record<string, string | null>> {
  const { dealId, registrationId, kind, amountMinor, currency, taxMinor, receivedOn, servicePeriod, refundOf } = draft;
  return {
    dealId,
    registrationId,
    kind,
    amount: formatAmount(amountMinor, currency),
    currency,
    tax: taxMinor === null ? null : formatAmount(taxMinor, currency),
    receivedOn,
    servicePeriod: servicePeriod === null ? null : `${servicePeriod.from} to ${servicePeriod.to}`,
    refundOf,
  };
}

/** What is yet to come is no fact: it is told once it has come. */
function dayFaults({ place, draft }: PlacedDraft, { today }: KnownOfPayments): readonly FieldFault[] {
  if (draft.receivedOn <= today) return [];
  return [faultOf(place, 'receivedOn', draft.receivedOn, `a day that is not after today, ${today}`)];
}

function subjectFaults({ place, draft }: PlacedDraft, known: KnownOfPayments): readonly FieldFault[] {
  const { dealId, registrationId } = draft;
  if (dealId !== null && !known.dealIds.has(dealId)) {
    return [faultOf(place, 'dealId', dealId, 'the id of a deal that Introducer knows')];
  }
  if (registrationId !== null && !known.registrationIds.has(registrationId)) {
    return [faultOf(place, 'registrationId', registrationId, 'the id of a registration')];
  }
  return [];
}

function refundFaults(
  { place, draft }: PlacedDraft,
  told: ReadonlyMap<string, PaymentDraft>,
  known: KnownOfPayments,
): readonly FieldFault[] {
  if (draft.refundOf === null) return [];
  const paid = told.get(draft.refundOf);
  const wrong = (expected: string) => [faultOf(place, 'refundOf', draft.refundOf, expected)];
  if (paid === undefined) return wrong('the externalId of a payment that is recorded');
  if (paid.kind === 'refund') return wrong('a payment, not another refund');
  if (!isAboutTheSame(draft, paid, known)) return wrong('a payment of the same deal or registration');
  if (paid.currency !== draft.currency) {
    return [faultOf(place, 'currency', draft.currency, `${paid.currency}, as ${draft.refundOf} was paid in`)];
  }
  return [];
}

function isAboutTheSame(a: PaymentDraft, b: PaymentDraft, known: KnownOfPayments): boolean {
  if (a.registrationId !== null && a.registrationId === b.registrationId) return true;
  const dealOf = ({ dealId, registrationId }: PaymentDraft): string | null =>
    dealId ?? known.dealOfRegistration.get(registrationId ?? '') ?? null;
  return dealOf(a) !== null && dealOf(a) === dealOf(b);
}

function faultOf(place: string, field: string, value: string | null, expected: string): FieldFault {
  const name = `${place}${field}`;
  return {
    field: name,
    ...(value === null ? {} : { value }),
    expected,
    message: `${name} is ${value === null ? 'missing' : JSON.stringify(value)}; expected ${expected}.`,
  };
}
