import { compareRatios, multiply, ratio, subtract, type Ratio } from '../money/ratio.js';
import { accelerate } from './accelerate.js';
import { applyChurn } from './churn.js';
import { carried, readingIn, type DraftLine, type Refuse, type Stage } from './draft-line.js';
import { converted, exchange, rateFor } from './exchange.js';
import { applyCap, applyFloor } from './limits.js';
import { applyMultipliers } from './multipliers.js';
import { baseOf, type RevShare } from './pay.js';
import { applyPeriodLimits } from './period-limits.js';
import type { Scope } from './scope.js';
import { formatExact } from './step.js';
import { endOfTerm, monthsOf, monthsSince, rateInMonth } from './term.js';
import { applyTiers } from './tiers.js';

/**
 * base → rate → churn → floor → cap → exchange: what of the order inside a deal (design section 3) is exact arithmetic on each
 * whole commission. Rounding, dividing it and what follows from the rounded sum come after: finish.ts.
 */
export const stages: readonly Stage[] = [
  ...stagesBeforeVolume(),
  applyTiers,
  accelerate,
  applyMultipliers,
  applyChurn,
  applyFloor,
  applyCap,
  applyPeriodLimits,
  exchange,
];

const zero = ratio(0n);
const one = ratio(1n);

/** What a line is worth before anybody asks what it comes to together with others. */
export function stagesBeforeVolume(): readonly Stage[] {
  return [takeBase, applyRate];
}

function takeBase(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  return lines.flatMap((line) => {
    const based = withBase(line, refuse);
    const shared = based === null ? null : ofShare(based);
    return shared === null ? [] : (lessBaseline(shared, refuse, scope) ?? []);
  });
}

function withBase(line: DraftLine, refuse: Refuse): DraftLine | null {
  const { pay } = line.rule;
  if (pay.kind === 'flat') {
    const { amountMinor, currency } = pay.money;
    return carried(line, ratio(amountMinor), { step: 'flat', money: pay.money }, currency);
  }
  const base = baseOf(pay);
  // Tiers that count deals and pay fixed sums need no amount.
  if (base === null) return line;
  const reading = readingIn(line, refuse);
  if (reading === null) return null;
  const of = line.occasion.payment === null ? 'deal' : 'payment';
  return carried(line, reading.minor, { step: 'base', base, of, reading }, reading.currency);
}

/** Where partners that share a deal are each paid by their own plan, a plan sees only its partner's part. */
function ofShare(line: DraftLine): DraftLine {
  const { share, value, currency } = line;
  if (share === null || currency === null) return line;
  const result = multiply(value, share);
  return carried(line, result, { step: 'rate', rate: share, of: value, result, currency });
}

/** What the customer pays in any case earns nothing: the baseline of each month that the payment is for. */
function lessBaseline(line: DraftLine, refuse: Refuse, scope: Scope): DraftLine | null {
  const { rule, value, currency, occasion } = line;
  if (rule.pay.kind !== 'revshare' || rule.pay.revshare.baseline === null || currency === null) return line;
  const { baseline } = rule.pay.revshare;
  const months = occasion.payment?.servicePeriod == null ? one : monthsOf(occasion.payment.servicePeriod);
  const whole = multiply(ratio(baseline.amountMinor), months);
  const rate =
    currency === baseline.currency ? { rate: one } : rateFor(line, baseline.currency, currency, refuse, scope);
  if (rate === null) return null;
  const least = converted(whole, baseline.currency, currency, rate);
  const result = subtract(value, least);
  const [of, base, rest] = [value, least, result].map((minor) => `${formatExact(minor, currency)} ${currency}`);
  if (compareRatios(result, zero) <= 0) {
    refuse(line, 'worth', 'below-baseline', { value: of ?? null, baseline: base ?? null });
    return null;
  }
  const sentence = `Of ${String(of)}, the baseline of ${String(base)} earns nothing: ${String(rest)} are left.`;
  return carried(line, result, { step: 'told', tell: () => ({ step: 'baseline', sentence }) });
}

function applyRate(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  return lines.flatMap((line) => {
    const { pay } = line.rule;
    if (line.currency === null) return [line];
    if (pay.kind === 'percent') return [rated(line, pay.rate)];
    return pay.kind === 'revshare' ? (inTerm(line, pay.revshare, refuse, scope) ?? []) : [line];
  });
}

function rated(line: DraftLine, rate: Ratio): DraftLine {
  const { value, currency } = line;
  if (currency === null) return line;
  const result = multiply(value, rate);
  return carried(line, result, { step: 'rate', rate, of: value, result, currency });
}

/** The rate of the month of the term in which the money came in; null when the term is over. */
function inTerm(line: DraftLine, revshare: RevShare, refuse: Refuse, scope: Scope): DraftLine | null {
  const { occasion } = line;
  const [first] = occasion.deal === null ? [] : scope.paymentsOf(occasion.deal.id);
  const start = revshare.start === 'won' ? (occasion.deal?.wonOn ?? occasion.on) : (first?.receivedOn ?? occasion.on);
  const month = monthsSince(start, occasion.on);
  const rate = rateInMonth(revshare, month);
  if (rate === null) {
    const endedOn = endOfTerm(revshare, start);
    refuse(line, 'term', 'term-over', { day: occasion.on, endedOn });
    return null;
  }
  const sentence = `It falls into month ${String(month + 1)} of the term, which began on ${start}.`;
  const placed = carried(line, line.value, {
    step: 'told',
    tell: () => ({ step: 'term', sentence, month: month + 1, start }),
  });
  return rate.numerator === 0n ? null : rated(placed, rate);
}
