import type { Currency } from '../money/currency.js';
import type { Facts, PaymentFacts } from '../plans/facts.js';
import { sentenceOfGate } from '../plans/gate.js';
import { gateReports, position } from '../plans/position.js';
import { describeTrail } from '../plans/step.js';
import { versionName } from '../plans/plan.js';
import { netOf, type WantedLine } from '../plans/wanted-line.js';
import type { Day } from '../program/calendar.js';
import type { DealRecord, RegistrationRecord } from './load-facts.handler.js';

/** A deal that is not there: what a partner would earn by it is asked. `amount` is decimal text in major units. */
export interface ImaginedDeal {
  readonly partnerId: string;
  readonly amount: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly product: string | null;
  readonly country: string | null;
  /** CRM fields, by the names the program's field map gives them. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The ids of what is imagined; nothing that is stored has such ids. */
export const imaginedDealId = 'deal_imagined';
const imaginedRegistrationId = 'reg_imagined';
const imaginedPaymentId = 'pay_imagined';

/** What is imagined: registered and approved in time, won today, and paid for in full. */
export interface Imagined {
  readonly deal: DealRecord;
  readonly registration: RegistrationRecord;
  readonly payment: PaymentFacts;
}

/** @param protectedUntil the last day of protection of a registration that is approved today */
export function imagine(
  { partnerId, amount, amountMinor, currency, product, country, fields }: ImaginedDeal,
  { now, today, protectedUntil }: { readonly now: Date; readonly today: Day; readonly protectedUntil: Day },
): Imagined {
  const at = now.toISOString();
  return {
    deal: {
      ...{ id: imaginedDealId, outcome: 'won', archived: false, wonAt: at, closeDate: today },
      ...{ amount, currency, pipeline: null, churnedOn: null, fields, revision: 1 },
    },
    registration: {
      ...{ id: imaginedRegistrationId, partnerId, dealId: imaginedDealId, submittedAt: at, approvedAt: at },
      ...{ protectedUntil, endedAt: null, product, customer: { name: null, domain: null, country }, shares: [] },
    },
    payment: {
      ...{
        id: imaginedPaymentId,
        dealId: imaginedDealId,
        registrationId: null,
        kind: 'payment',
        amountMinor,
        currency,
      },
      ...{ taxMinor: null, receivedOn: today, servicePeriod: null, refundOf: null },
    },
  };
}

/** What a partner would earn by a part of its plan. */
export interface EstimatedLine {
  readonly component: string;
  readonly kind: WantedLine['kind'];
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly payableOn: Day;
  readonly planVersion: string | null;
  readonly sentences: readonly string[];
}

export interface CurrencySum {
  readonly currency: Currency;
  readonly amountMinor: bigint;
}

export interface Estimate {
  readonly day: Day;
  readonly lines: readonly EstimatedLine[];
  readonly totals: readonly CurrencySum[];
  /** What the partner's other deals would earn more, or less, by it: volumes that decide on rates move. */
  readonly others: readonly CurrencySum[];
  /** Why a part of the plan, or all of it, would earn nothing. */
  readonly whyNot: readonly string[];
}

/**
 * What a partner would earn by the imagined deal, by the very rules that credit real ones.
 * @param facts of the imagined deal and of all that bears on it
 */
export function estimate(facts: Facts, partnerId: string): Estimate {
  const isOwn = (line: WantedLine) => line.partnerId === partnerId && line.payee === 'partner';
  const isImagined = ({ deal, source }: WantedLine) =>
    deal?.id === imaginedDealId || (source.kind === 'plan' && source.registration.id === imaginedRegistrationId);
  const earned = position(facts).lines.filter(isOwn);
  const others = earned.filter((line) => !isImagined(line));
  const before = position(withoutImagined(facts)).lines.filter(isOwn);
  const lines = earned.filter(isImagined).map(estimatedLine);
  const owed = [...others.map(sumOf), ...before.map(sumOf).map(negated)];
  return {
    day: facts.asOf,
    lines,
    totals: sumsOf(lines),
    others: sumsOf(owed).filter(({ amountMinor }) => amountMinor !== 0n),
    whyNot: whyNot(facts),
  };
}

function withoutImagined(facts: Facts): Facts {
  return {
    ...facts,
    deals: facts.deals.filter(({ id }) => id !== imaginedDealId),
    registrations: facts.registrations.filter(({ id }) => id !== imaginedRegistrationId),
    payments: facts.payments.filter(({ id }) => id !== imaginedPaymentId),
  };
}

function estimatedLine(line: WantedLine): EstimatedLine {
  const { component, kind, currency, payableOn, source, trail } = line;
  return {
    ...{ component, kind, currency, payableOn, amountMinor: netOf(line) },
    planVersion: source.kind === 'plan' ? versionName(source.version) : null,
    sentences: describeTrail(trail).map(({ sentence }) => sentence),
  };
}

/** A hold keeps nothing from being earned. */
function whyNot(facts: Facts): readonly string[] {
  const alone = {
    ...facts,
    deals: facts.deals.filter(({ id }) => id === imaginedDealId),
    registrations: facts.registrations.filter(({ id }) => id === imaginedRegistrationId),
    payments: facts.payments.filter(({ id }) => id === imaginedPaymentId),
  };
  const report = gateReports(alone).find(({ registrationId }) => registrationId === imaginedRegistrationId);
  const blocked = report?.gates.filter(({ kind, gate }) => kind === 'blocked' && gate !== 'hold-over') ?? [];
  return blocked.map(sentenceOfGate);
}

function sumOf(line: WantedLine): CurrencySum {
  return { currency: line.currency, amountMinor: netOf(line) };
}

function negated({ currency, amountMinor }: CurrencySum): CurrencySum {
  return { currency, amountMinor: -amountMinor };
}

function sumsOf(parts: readonly CurrencySum[]): readonly CurrencySum[] {
  const sums = new Map<Currency, bigint>();
  for (const { currency, amountMinor } of parts) sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  return [...sums].map(([currency, amountMinor]) => ({ currency, amountMinor }));
}
