import { isCurrency } from '../money/currency.js';
import { readAmount } from '../money/money.js';
import { add, compareRatios, multiply, ratio } from '../money/ratio.js';
import type { Day } from '../program/calendar.js';
import type { Occasion } from './occasion.js';
import { stageEntry } from './occasion.js';
import type { Instalment } from './plan.js';
import type { Scope } from './scope.js';

/** The day on which what an instalment waits for has happened, the win at the earliest; null while it has not. */
export function reachedOn({ milestone }: Instalment, occasion: Occasion, scope: Scope): Day | null {
  if (milestone === null) return occasion.on;
  const { deal } = occasion;
  if (deal === null) return null;
  if (milestone.kind === 'paid') return paidOn(milestone.share, occasion, scope);
  const entry = stageEntry(deal, milestone.stage);
  return entry === null ? null : later(entry.on, occasion.on);
}

/** The day of the payment with which the customer has paid a share of the deal's amount. */
function paidOn(share: ReturnType<typeof ratio>, { deal, on }: Occasion, scope: Scope): Day | null {
  if (deal?.amount == null || deal.currency === null || !isCurrency(deal.currency)) return null;
  const whole = readAmount(deal.amount, deal.currency);
  if (whole.kind !== 'amount') return null;
  const wanted = multiply(whole.minor, share);
  let paid = ratio(0n);
  for (const payment of scope.paymentsOf(deal.id)) {
    if (payment.currency !== deal.currency) continue;
    paid = add(paid, ratio(payment.amountMinor));
    if (compareRatios(paid, wanted) >= 0) return later(payment.receivedOn, on);
  }
  return null;
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
