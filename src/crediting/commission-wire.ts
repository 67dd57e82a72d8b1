import type { z } from 'zod';
import type { Currency } from '../money/currency.js';
import { formatAmount } from '../money/money.js';
import { sentenceOfGate, type Gate, type GateName } from '../plans/gate.js';
import type { GateReport } from '../plans/findings.js';
import type { balancesShape, commissionShape, recomputationShape, whyShape } from './commission.api.js';
import type { CommissionLine, LineStatus, StandingLine } from './commission-line.js';
import type { Recomputation } from './recompute.js';

type LineView = z.input<typeof commissionShape>;

/** A line as it is shown. */
export function lineOnWire(line: StandingLine): LineView {
  return { ...bookedOnWire(line), status: line.status };
}

/** What of a line never changes: the part that may be signed. */
function bookedOnWire(line: CommissionLine): Omit<LineView, 'status'> {
  return {
    id: line.id,
    partnerId: line.partnerId,
    kind: line.kind,
    component: line.component,
    amount: formatAmount(line.amountMinor, line.currency),
    currency: line.currency,
    earnedOn: line.earnedOn,
    payableOn: line.payableOn,
    payee: line.payee,
    dealId: line.dealId,
    registrationId: line.registrationId,
    planVersion: line.planVersion,
    sourceLineId: line.sourceLineId,
    bookedAt: line.bookedAt.toISOString(),
  };
}

/** The working of a line: what is signed. */
export function explanationOnWire(line: CommissionLine) {
  const { summary, steps, inputs } = line.explanation;
  return {
    line: bookedOnWire(line),
    summary,
    sentences: steps.map((step) => step.sentence),
    steps: steps.map((step) => ({ ...step })),
    inputs: { ...inputs },
    inputsHash: line.inputsHash,
  };
}

/** What recomputing a line found. */
export function recomputationOnWire(found: Recomputation): z.input<typeof recomputationShape> {
  return {
    line: bookedOnWire(found.line),
    asOf: found.asOf,
    sound: found.hashMatches && found.isEqual,
    inputsHash: { stored: found.line.inputsHash, computed: found.computedHash, matches: found.hashMatches },
    equal: found.isEqual,
    amounts: found.sums.map(({ currency, wantedMinor, bookedMinor }) => ({
      currency,
      due: formatAmount(wantedMinor, currency),
      booked: formatAmount(bookedMinor, currency),
    })),
    working: found.working.map(({ summary, steps }) => ({
      summary,
      sentences: steps.map(({ sentence }) => sentence),
    })),
  };
}

/** @param withEvidence operators see what was looked at; partners only what follows from it */
export function whyOnWire(
  why: { readonly report: GateReport; readonly flags: readonly { readonly kind: string; readonly about: string }[] },
  withEvidence: boolean,
): z.input<typeof whyShape> {
  const ownGates = withEvidence ? null : gatesBeforeTheDeal(why.report.gates);
  const flags = ownGates === null ? why.flags : [];
  const report = { ...why.report, gates: withoutIdleHold(why.report, ownGates ?? why.report.gates) };
  return {
    registrationId: report.registrationId,
    dealId: report.dealId,
    partnerId: report.partnerId,
    credited: report.isEarning,
    gates: report.gates.map((gate) => ({
      gate: gate.gate,
      passed: gate.kind === 'passed',
      reason: gate.kind === 'blocked' ? gate.reason : null,
      sentence: sentenceOfGate(gate),
      evidence: withEvidence ? { ...gate.evidence } : {},
      opensOn: gate.kind === 'blocked' ? (gate.opensOn ?? null) : null,
    })),
    flags: flags.map(({ kind, about }) => ({ flag: kind, sentence: about === '' ? kind : `${kind}: ${about}` })),
  };
}

const claimGates: readonly GateName[] = ['registered', 'deal-linked', 'approved', 'in-time', 'protection'];

/**
 * What a partner learns whose claim does not stand: why, and nothing of the deal, which may be another's. That another one
 * came first says something only where nothing else is in the way. Null when the claim stands.
 */
function gatesBeforeTheDeal(gates: readonly Gate[]): readonly Gate[] | null {
  const own = gates.filter((gate) => claimGates.includes(gate.gate));
  if (own.some((gate) => gate.kind === 'blocked')) return own;
  const first = gates.find((gate) => gate.gate === 'first');
  return first?.kind === 'blocked' ? [...own, first] : null;
}

/** A hold says nothing while something before it keeps the commission from being earned at all. */
function withoutIdleHold({ isEarning }: GateReport, gates: readonly Gate[]): readonly Gate[] {
  return isEarning ? gates : gates.filter((gate) => gate.gate !== 'hold-over');
}

interface StatusTotal {
  readonly currency: Currency;
  readonly status: LineStatus;
  readonly amountMinor: bigint;
}

/** Sums by status, one row a currency: currencies never net. A negative payable sum is what the partner owes. */
export function balancesOnWire(partnerId: string, totals: readonly StatusTotal[]): z.input<typeof balancesShape> {
  const currencies = [...new Set(totals.map(({ currency }) => currency))];
  const balances = currencies.map((currency) => {
    const sum = (status: LineStatus): bigint =>
      totals
        .filter((total) => total.currency === currency && total.status === status)
        .reduce((all, total) => all + total.amountMinor, 0n);
    const payable = sum('payable');
    const shown = (minor: bigint): string => formatAmount(minor, currency);
    return {
      currency,
      pending: shown(sum('pending')),
      payable: shown(payable > 0n ? payable : 0n),
      onHold: shown(sum('on_hold')),
      paid: shown(sum('paid')),
      owedBack: shown(payable < 0n ? -payable : 0n),
    };
  });
  return { partnerId, balances };
}
