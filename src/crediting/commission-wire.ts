import type { z } from 'zod';
import { formatAmount } from '../money/money.js';
import { sentenceOfGate } from '../plans/gate.js';
import type { GateReport } from '../plans/findings.js';
import type { Balance } from './balance.js';
import type { balancesShape, commissionShape, whyShape } from './commission.api.js';
import type { CommissionLine, StandingLine } from './commission-line.js';

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

/** @param withEvidence operators see what was looked at; partners only what follows from it */
export function whyOnWire(
  why: { readonly report: GateReport; readonly flags: readonly { readonly kind: string; readonly about: string }[] },
  withEvidence: boolean,
): z.input<typeof whyShape> {
  const { report, flags } = why;
  return {
    registrationId: report.registrationId,
    dealId: report.dealId,
    partnerId: report.partnerId,
    credited: report.gates.every((gate) => gate.kind === 'passed' || gate.gate === 'hold-over'),
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

/** One row a currency: currencies never net. */
export function balancesOnWire(partnerId: string, balances: readonly Balance[]): z.input<typeof balancesShape> {
  return {
    partnerId,
    balances: balances.map(({ currency, ...sums }) => ({
      currency,
      pending: formatAmount(sums.pendingMinor, currency),
      payable: formatAmount(sums.payableMinor, currency),
      onHold: formatAmount(sums.onHoldMinor, currency),
      paid: formatAmount(sums.paidMinor, currency),
      owedBack: formatAmount(sums.owedBackMinor, currency),
    })),
  };
}
