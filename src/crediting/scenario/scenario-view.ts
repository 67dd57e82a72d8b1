import type { Currency } from '../../money/currency.js';
import { formatAmount } from '../../money/money.js';
import { formatRatio } from '../../money/ratio.js';
import { sentenceOfGate } from '../../plans/gate.js';
import type { Evidence } from '../../plans/gate.js';
import type { ScenarioOutcome } from './run-scenario.js';

/** A line as a scenario prints it; amounts are decimal text. */
export interface LineView {
  readonly id: string;
  readonly partner: string;
  /** `partner`, or `customer` where the plan rewards it. */
  readonly payee: string;
  readonly kind: string;
  readonly rule: string;
  readonly amount: string;
  readonly currency: string;
  readonly status: string;
  readonly earnedOn: string;
  readonly payableOn: string;
  readonly bookedOn: string;
  /** Null for a lead without a deal. */
  readonly deal: string | null;
  /** Null for what a person decided. */
  readonly plan: string | null;
  /** The line that this one takes back or puts right. */
  readonly source: string | null;
  readonly working: readonly string[];
}

export interface BalanceView {
  readonly partner: string;
  readonly currency: string;
  readonly pending: string;
  readonly payable: string;
  readonly paid: string;
  /** All of them together: what was earned, less what was taken back. */
  readonly total: string;
}

export interface FlagView {
  readonly deal: string;
  readonly flag: string;
  readonly about: string;
  readonly sentence: string;
  readonly evidence: Evidence;
}

export interface PayoutView {
  readonly on: string;
  readonly partner: string;
  readonly payee: string;
  readonly amount: string;
  readonly currency: string;
  /** What its lines come to, where the run converts it. */
  readonly from: string;
  readonly rate: string | null;
}

export interface OutcomeView {
  readonly asOf: string;
  readonly lines: readonly LineView[];
  readonly balances: readonly BalanceView[];
  readonly flags: readonly FlagView[];
  readonly payouts: readonly PayoutView[];
}

export function outcomeView({ asOf, lines, flags, payouts }: ScenarioOutcome): OutcomeView {
  return {
    asOf,
    lines: lines.map((line) => ({
      id: line.id,
      partner: line.partnerId,
      payee: line.payee,
      kind: line.kind,
      rule: line.component,
      amount: formatAmount(line.amountMinor, line.currency),
      currency: line.currency,
      status: line.status,
      earnedOn: line.earnedOn,
      payableOn: line.payableOn,
      bookedOn: line.bookedOn,
      deal: line.dealId,
      plan: line.planVersion,
      source: line.sourceLineId,
      working: line.explanation.steps.map(({ sentence }) => sentence),
    })),
    balances: balancesOf(lines),
    flags: flags.map(({ dealId, kind, about, evidence }) => ({
      deal: dealId,
      flag: kind,
      about,
      sentence: sentenceOfGate({ kind: 'blocked', gate: 'amount', reason: kind, evidence }),
      evidence,
    })),
    payouts: payouts.map((one) => ({
      on: one.on,
      partner: one.partnerId,
      payee: one.payee,
      amount: formatAmount(one.amountMinor, one.currency),
      currency: one.currency,
      from: `${formatAmount(one.lineMinor, one.lineCurrency)} ${one.lineCurrency}`,
      rate: one.rate === null ? null : formatRatio(one.rate),
    })),
  };
}

interface Sums {
  readonly partner: string;
  readonly currency: Currency;
  pending: bigint;
  payable: bigint;
  paid: bigint;
}

function balancesOf(lines: ScenarioOutcome['lines']): readonly BalanceView[] {
  const sums = new Map<string, Sums>();
  for (const { partnerId, payee, currency, status, amountMinor } of lines) {
    if (payee === 'customer') continue;
    const key = `${partnerId} ${currency}`;
    const sum = sums.get(key) ?? { partner: partnerId, currency, pending: 0n, payable: 0n, paid: 0n };
    sums.set(key, sum);
    // Nothing puts a line of a scenario on hold.
    if (status !== 'on_hold') sum[status] += amountMinor;
  }
  return [...sums.values()].map(({ partner, currency, pending, payable, paid }) => ({
    partner,
    currency,
    pending: formatAmount(pending, currency),
    payable: formatAmount(payable, currency),
    paid: formatAmount(paid, currency),
    total: formatAmount(pending + payable + paid, currency),
  }));
}
