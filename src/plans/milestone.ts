import { isCurrency } from '../money/currency.js';
import { readAmount } from '../money/money.js';
import { add, compareRatios, multiply, ratio, type Ratio } from '../money/ratio.js';
import type { Day } from '../program/calendar.js';
import type { DraftLine, Refuse } from './draft-line.js';
import { inCurrency } from './exchange.js';
import type { PaymentFacts } from './facts.js';
import { stageEntry } from './occasion.js';
import type { Instalment } from './plan.js';
import type { Scope } from './scope.js';

/** The day on which what an instalment waits for has happened, the win at the earliest; null while it has not. */
export function reachedOn({ milestone }: Instalment, line: DraftLine, refuse: Refuse, scope: Scope): Day | null {
  const { occasion } = line;
  if (milestone === null) return occasion.on;
  const { deal } = occasion;
  if (deal === null) return null;
  if (milestone.kind === 'paid') return paidOn(milestone.share, line, refuse, scope);
  const entry = stageEntry(deal, milestone.stage);
  return entry === null ? null : later(entry.on, occasion.on);
}

/**
 * The day of the payment with which the customer has paid a share of the deal's amount. A payment in another currency counts at
 * the rate of its day; where there is none the milestone may have been reached, and the line says what it waits for.
 */
function paidOn(share: Ratio, line: DraftLine, refuse: Refuse, scope: Scope): Day | null {
  const { deal, on } = line.occasion;
  if (deal?.amount == null || deal.currency === null || !isCurrency(deal.currency)) return null;
  const { currency } = deal;
  const whole = readAmount(deal.amount, currency);
  if (whole.kind !== 'amount') return null;
  const wanted = multiply(whole.minor, share);
  let paid = ratio(0n);
  const unknown: PaymentFacts[] = [];
  for (const payment of scope.paymentsOf(deal.id)) {
    const minor = inCurrency(scope, payment, currency, payment.receivedOn);
    if (minor === null) unknown.push(payment);
    else paid = add(paid, minor);
    if (compareRatios(paid, wanted) >= 0) return later(payment.receivedOn, on);
  }
  for (const payment of unknown) {
    const evidence = { payIn: currency, currency: payment.currency, day: payment.receivedOn };
    refuse(line, 'currency', 'exchange-rate-missing', evidence);
  }
  return null;
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
