import { isCurrency, type Currency } from '../../money/currency.js';
import { parseMoney } from '../../money/money.js';
import { parseDecimal, ratio } from '../../money/ratio.js';
import { assertDefined } from '../../platform/assert.js';
import { readSignedMoney } from '../../plans/document-parts.js';
import type { Instant, ManualDecision, MetricFacts, PaymentFacts } from '../../plans/facts.js';
import { startOfDayIn, type Day } from '../../program/calendar.js';
import type { ScenarioDocument } from './scenario-document.js';

/** Something with when it became known. */
export interface Known<T> {
  readonly thing: T;
  readonly knownAt: Instant;
}

type PaymentDocument = ScenarioDocument['payments'][number];
type RefundDocument = ScenarioDocument['refunds'][number];
type MoneyDocument = Omit<PaymentDocument, 'service'> & Pick<RefundDocument, 'of'> & Pick<PaymentDocument, 'service'>;

const fromTheBeginning = '0001-01-01' as Day;

/** The currency that money of a scenario is in: its own, or that of its deal; null when neither is there. */
export function currencyOfMoney(
  document: ScenarioDocument,
  { currency, deal, registration }: Omit<MoneyDocument, 'id'>,
): Currency | null {
  if (currency !== undefined) return currency;
  const dealId = deal ?? document.registrations.find(({ id }) => id === registration)?.deal;
  const known = document.deals.find(({ id }) => id === dealId)?.currency ?? document.program.defaultCurrency;
  return known != null && isCurrency(known) ? known : null;
}

/** What customers paid and got back, in the order in which it was received. */
export function moneyOf(document: ScenarioDocument): readonly Known<PaymentFacts>[] {
  const factsOf = (kind: PaymentFacts['kind'], one: MoneyDocument, index: number): Known<PaymentFacts> => {
    const currency = assertDefined(currencyOfMoney(document, one), 'a payment that was accepted has a currency');
    const facts: PaymentFacts = {
      id: one.id ?? `${kind}-${index + 1}`,
      dealId: one.deal ?? null,
      registrationId: one.registration ?? null,
      kind,
      amountMinor: minorOf(one.amount, currency),
      currency,
      taxMinor: one.tax === undefined ? null : minorOf(one.tax, currency),
      receivedOn: one.on,
      servicePeriod: one.service ?? null,
      refundOf: one.of ?? null,
    };
    const knownOn = one.knownOn === undefined || one.knownOn < one.on ? one.on : one.knownOn;
    return { thing: facts, knownAt: momentOf(document, knownOn) };
  };
  const all = [
    ...document.payments.map((one, index) => factsOf('payment', one, index)),
    ...document.refunds.map((one, index) => factsOf('refund', one, index)),
  ];
  return all.toSorted((a, b) => compare(a.thing.receivedOn, b.thing.receivedOn));
}

/** In the order in which they became known: of the same metric and period, what was told last counts. */
export function metricsOf(document: ScenarioDocument): readonly Known<MetricFacts>[] {
  const told = document.metrics.map(({ partner, name, period, value, knownOn }) => ({
    thing: { partnerId: partner, name, period, value: parseDecimal(value) ?? ratio(0n) },
    knownAt: momentOf(document, knownOn ?? fromTheBeginning),
  }));
  return told.toSorted((a, b) => compare(a.knownAt, b.knownAt));
}

export function decisionsOf(document: ScenarioDocument): readonly Known<ManualDecision>[] {
  return document.decisions.map((one, index) => {
    const money = assertDefined(
      readSignedMoney(one.set ?? one.add ?? ''),
      'a decision that was accepted has an amount',
    );
    return {
      thing: {
        id: one.id ?? `decision-${index + 1}`,
        kind: one.set === undefined ? 'add' : 'set',
        partnerId: one.partner,
        dealId: one.deal ?? null,
        rule: one.rule ?? null,
        ...money,
        on: one.on,
        reason: one.reason,
        author: one.author,
      },
      knownAt: momentOf(document, one.on),
    };
  });
}

/** Whether an amount is one that can be paid: above zero, with no more decimals than its currency has. */
export function isPayable(amount: string, currency: Currency): boolean {
  const reading = parseMoney(amount, currency);
  return reading.kind === 'money' && reading.money.amountMinor > 0n;
}

function minorOf(amount: string, currency: Currency): bigint {
  const reading = parseMoney(amount, currency);
  return reading.kind === 'money' ? reading.money.amountMinor : 0n;
}

function momentOf({ program }: ScenarioDocument, day: Day): Instant {
  return startOfDayIn(day, program.timeZone).toISOString();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
