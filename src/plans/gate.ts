import type { Day } from '../program/calendar.js';

/** The conditions of a one-off commission, in the order in which a person would ask about them. */
export type GateName =
  | 'registered'
  | 'deal-linked'
  | 'approved'
  | 'in-time'
  | 'protection'
  | 'first'
  | 'partner-active'
  | 'deal-won'
  | 'plan-in-force'
  | 'currency'
  | 'amount'
  | 'conditions'
  | 'metric'
  | 'term'
  | 'payment'
  | 'worth'
  | 'hold-over';

/** What about a deal makes its commission wait, visibly, until somebody mends it. */
export const flagKinds = [
  'partner-inactive',
  'currency-missing',
  'currency-unknown',
  'amount-missing',
  'amount-unreadable',
  'amount-out-of-range',
  'amount-zero',
  'amount-negative',
  'exchange-rate-missing',
  'metric-missing',
  'refund-without-payment',
] as const;
export type FlagKind = (typeof flagKinds)[number];

export type BlockReason =
  | 'not-registered'
  | 'not-submitted'
  | 'not-linked'
  | 'not-approved'
  | 'ended'
  | 'approved-after-winning'
  | 'submitted-after-winning'
  | 'protection-over'
  | 'earlier-registration'
  | 'deal-open'
  | 'deal-lost'
  | 'deal-archived'
  | 'no-plan'
  | 'conditions-not-met'
  | 'term-over'
  | 'below-baseline'
  | 'no-payment'
  | 'rounds-to-nothing'
  | 'hold-runs'
  | FlagKind;

/** What was looked at, by name: days, moments, ids and amounts as text. */
export type Evidence = Readonly<Record<string, string | null>>;

export type Gate =
  | { readonly kind: 'passed'; readonly gate: GateName; readonly evidence: Evidence }
  | {
      readonly kind: 'blocked';
      readonly gate: GateName;
      readonly reason: BlockReason;
      readonly evidence: Evidence;
      /** The day on which it passes by itself, where that is known. */
      readonly opensOn?: Day;
    };

export function passed(gate: GateName, evidence: Evidence): Gate {
  return { kind: 'passed', gate, evidence };
}

export function blocked(gate: GateName, reason: BlockReason, evidence: Evidence, opensOn?: Day): Gate {
  return { kind: 'blocked', gate, reason, evidence, ...(opensOn === undefined ? {} : { opensOn }) };
}

/** The gate as one sentence for a person. */
export function sentenceOfGate(gate: Gate): string {
  const text = gate.kind === 'passed' ? passedSentence[gate.gate] : blockedSentence[gate.reason];
  const sentence = text.replace(/\{(\w+)\}/g, (_whole, name: string) => gate.evidence[name] ?? 'not known');
  return gate.kind === 'blocked' && gate.opensOn !== undefined ? `${sentence} It passes on ${gate.opensOn}.` : sentence;
}

const passedSentence: Readonly<Record<GateName, string>> = {
  registered: 'The partner registered the customer on {submittedAt}.',
  'deal-linked': 'The registration is linked to deal {dealId}.',
  approved: 'The registration was approved on {approvedAt}.',
  'in-time': 'The registration was in time: the plan looks at when it was {creditWhen}.',
  protection: 'Protection runs until {protectedUntil} and covers {day}.',
  first: 'No other registration of this deal was submitted earlier.',
  'partner-active': 'The partner takes part in the program.',
  'deal-won': 'The deal was won on {wonOn}.',
  'plan-in-force': 'Plan {plan} holds: it was in force on {day}.',
  currency: 'The currency {currency} is one the program deals in.',
  amount: 'The deal has what the plan pays on: {base} {value} {currency}.',
  conditions: 'The deal is one that the plan pays for.',
  metric: 'The metrics that the plan looks at are known.',
  term: 'The term of the plan runs.',
  payment: 'The customer has paid.',
  worth: 'The commission comes to at least one minor unit.',
  'hold-over': 'The hold ended on {payableOn}.',
};

const blockedSentence: Readonly<Record<BlockReason, string>> = {
  'not-registered': 'This partner has no registration for the deal.',
  'not-submitted': 'The registration has not been submitted.',
  'not-linked': 'The registration is not linked to a deal yet.',
  'not-approved': 'The registration is not approved.',
  ended: 'The registration was rejected or withdrawn on {endedAt}.',
  'approved-after-winning': 'The registration was approved on {approvedAt}, after the deal was won on {wonAt}.',
  'submitted-after-winning': 'The registration was submitted on {submittedAt}, after the deal was won on {wonAt}.',
  'protection-over': 'Protection ended on {protectedUntil} and does not cover {day}.',
  'earlier-registration': 'Another registration of this deal was submitted earlier and is credited.',
  'deal-open': 'The deal is not won yet.',
  'deal-lost': 'The deal is lost.',
  'deal-archived': 'The deal is no longer in the CRM.',
  'no-plan': 'No commission plan is in force on {day}.',
  'conditions-not-met': 'The conditions of rule {rule} are not met.',
  'term-over': 'The term ended on {endedOn}, before {day}.',
  'below-baseline': 'What was paid, {value}, is not more than the baseline of {baseline}.',
  'no-payment': 'The plan pays when the customer pays, and no payment is known yet.',
  'rounds-to-nothing': 'The commission rounds to nothing: {exact} {currency}.',
  'hold-runs': 'The commission was earned on {earnedOn} and is on hold for {holdDays} days.',
  'partner-inactive': 'The partner did not take part in the program when the deal was won.',
  'currency-missing': 'The deal has no currency.',
  'currency-unknown': 'The program does not deal in the currency {currency}.',
  'amount-missing': 'The deal has no value for {base}.',
  'amount-unreadable': 'The value {value} of {base} is not a decimal number.',
  'amount-out-of-range': 'The value {value} of {base} is beyond any amount the program books.',
  'amount-zero': 'The value of {base} is zero.',
  'amount-negative': 'The value {value} of {base} is negative.',
  'exchange-rate-missing': 'There is no exchange rate from {currency} to {payIn} for {day} yet.',
  'metric-missing': 'The metric {metric} of the partner is not known for {period}.',
  'refund-without-payment':
    'The refund of {amount} {currency} on {day} names no payment, and no payment in {currency} is known until then.',
};
