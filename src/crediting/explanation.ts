import type { Currency } from '../money/currency.js';
import { formatAmount } from '../money/money.js';
import { formatRatio } from '../money/ratio.js';
import { canonicalJson } from '../platform/canonical-json.js';
import type { Json } from '../platform/json.js';
import { sha256 } from '../platform/hash.js';
import type { DealFacts, Facts, ManualDecision, RegistrationFacts } from '../plans/facts.js';
import { keyOfPayment } from '../plans/occasion.js';
import { fieldOf } from '../plans/base.js';
import { fieldsLookedAt, metricsLookedAt } from '../plans/fields-looked-at.js';
import { versionName, type PlanRule } from '../plans/plan.js';
import { describeTrail, type StepRecord, type Trail } from '../plans/step.js';
import { netOf, type WantedLine } from '../plans/wanted-line.js';
import type { BookedLine } from './booked-line.js';
import type { DueLine } from './difference.js';

type Inputs = { readonly [name: string]: Json };

/** The working of a line, written once, when it is booked, and kept with it. */
export interface Explanation {
  /** What happened, as one sentence. */
  readonly summary: string;
  /** How the amount came about, step by step. */
  readonly steps: readonly StepRecord[];
  /** Everything the line was computed from. */
  readonly inputs: Inputs;
}

/** What an explanation is made from besides the line itself. */
export interface Circumstances {
  readonly facts: Facts;
  /** Why a registration earns nothing on a deal now, as sentences. */
  readonly whyNot: (dealId: string | null, registrationId: string | null) => readonly string[];
}

export function explain(line: DueLine, circumstances: Circumstances): Explanation {
  const { cause } = line;
  switch (cause.kind) {
    case 'earned':
      return {
        summary: `${money(line)} ${line.kind} of rule ${line.component}, earned on ${line.earnedOn}.`,
        steps: workingOf(cause.wanted),
        inputs: inputsOf(cause.wanted, circumstances.facts),
      };
    case 'amended':
      return explainAmended(line, cause.wanted, cause.source, cause.bookedMinor, circumstances);
    case 'taken-back':
      return explainTakenBack(line, cause.wanted, cause.source, cause.sentence, circumstances.facts);
    case 'undone':
      return explainUndone(line, cause.source, circumstances.facts);
  }
}

/** SHA-256 over the canonical JSON of the inputs, in hex: whoever keeps an explanation can prove what it was computed from. */
export function inputsHash(explanation: Explanation): string {
  return sha256(canonicalJson(explanation.inputs));
}

function workingOf(wanted: WantedLine): readonly StepRecord[] {
  const { source, component, earnedOn, payableOn } = wanted;
  if (source.kind === 'manual') {
    const { author, on, reason, amountMinor, currency } = source.decision;
    const sentence = `${author} decided on ${on}: ${money({ amountMinor, currency })}. ${reason}`;
    return [{ step: 'decision', sentence, author, on, reason }];
  }
  const { registration, version } = source;
  const plan = versionName(version);
  const days = version.plan.holdDays;
  return [
    creditedStep(wanted, registration),
    { step: 'rule', sentence: `Rule ${component} of plan ${plan} applies.`, plan, rule: component },
    ...describeTrail(wanted.trail),
    {
      step: 'hold',
      sentence: `Earned on ${earnedOn} and payable from ${payableOn}, after ${days} days of hold.`,
      days,
      earnedOn,
      payableOn,
    },
  ];
}

function creditedStep({ deal }: WantedLine, registration: RegistrationFacts): StepRecord {
  const { id, submittedAt, approvedAt, protectedUntil } = registration;
  const won = deal?.wonOn == null ? '' : `; the deal was won on ${deal.wonOn}`;
  return {
    step: 'credited',
    sentence:
      `Registration ${id} is credited: submitted ${String(submittedAt)}, approved ${String(approvedAt)}, ` +
      `protected until ${String(protectedUntil)}${won}.`,
    registrationId: id,
    submittedAt,
    approvedAt,
    protectedUntil,
    wonAt: deal?.wonAt ?? null,
    wonOn: deal?.wonOn ?? null,
  };
}

function explainAmended(
  line: DueLine,
  wanted: WantedLine | null,
  source: BookedLine,
  bookedMinor: bigint,
  { facts, whyNot }: Circumstances,
): Explanation {
  const [before, now] = [
    money({ ...line, amountMinor: bookedMinor }),
    money({ ...line, amountMinor: wanted?.amountMinor ?? 0n }),
  ];
  const reasons = wanted === null ? whyNot(line.dealId, line.registrationId) : [];
  return {
    summary: `${money(line)} adjustment of line ${source.id}: ${now} is due instead of ${before}.`,
    steps: [
      ...(wanted === null ? [] : workingOf(wanted)),
      ...reasons.map((sentence) => ({ step: 'reason', sentence })),
      {
        step: 'difference',
        sentence: `Due now: ${now}. Booked before: ${before}. The difference is ${money(line)}.`,
        due: formatAmount(wanted?.amountMinor ?? 0n, line.currency),
        booked: formatAmount(bookedMinor, line.currency),
        difference: formatAmount(line.amountMinor, line.currency),
        currency: line.currency,
      },
      maturity(line, source),
    ],
    inputs: {
      ...(wanted === null ? { deal: dealInputs(dealIn(facts, line.dealId)) } : inputsOf(wanted, facts)),
      source: sourceInputs(source),
      booked: formatAmount(bookedMinor, line.currency),
    },
  };
}

function explainTakenBack(
  line: DueLine,
  wanted: WantedLine,
  source: BookedLine,
  sentence: string,
  facts: Facts,
): Explanation {
  const { currency } = line;
  const left = netOf(wanted);
  return {
    summary: `${money(line)} ${line.kind} of line ${source.id}.`,
    steps: [
      { step: 'reason', sentence },
      {
        step: 'taken-back',
        sentence: `Of ${money({ amountMinor: wanted.amountMinor, currency })} that were earned, ${money({ amountMinor: left, currency })} are left.`,
        original: formatAmount(wanted.amountMinor, currency),
        left: formatAmount(left, currency),
        taken: formatAmount(line.amountMinor, currency),
        currency,
      },
      maturity(line, source),
    ],
    inputs: { ...inputsOf(wanted, facts), source: sourceInputs(source) },
  };
}

function explainUndone(line: DueLine, source: BookedLine, facts: Facts): Explanation {
  const deal = dealIn(facts, line.dealId);
  const [taken, original] = [money(line), money(source)];
  return {
    summary: `${taken} ${line.kind} of line ${source.id}.`,
    steps: [
      {
        step: 'undone',
        sentence: `${stateOf(deal)} What line ${source.id} was earned by no longer stands.`,
        sourceLineId: source.id,
      },
      {
        step: 'taken-back',
        sentence: `Line ${source.id} of ${original} is taken back: ${taken}.`,
        original: formatAmount(source.amountMinor, source.currency),
        taken: formatAmount(line.amountMinor, line.currency),
        currency: line.currency,
      },
      maturity(line, source),
    ],
    inputs: { deal: dealInputs(deal), source: sourceInputs(source) },
  };
}

function maturity(line: DueLine, source: BookedLine): StepRecord {
  const { payableOn } = line;
  const sentence = source.paid
    ? `Line ${source.id} was paid already, so this counts from ${payableOn} on.`
    : `It matures together with line ${source.id}, on ${payableOn}.`;
  return { step: 'maturity', sentence, payableOn };
}

function stateOf(deal: DealFacts | undefined): string {
  if (deal === undefined || deal.archived) return 'The deal is no longer in the CRM.';
  if (deal.outcome === 'won') return `The deal was won anew on ${String(deal.wonOn)}.`;
  return deal.outcome === 'lost' ? 'The deal is lost.' : 'The deal is open again.';
}

function inputsOf(wanted: WantedLine, facts: Facts): Inputs {
  const { deal, source, trail, takenBack, occasion, currency } = wanted;
  if (source.kind === 'manual') {
    return { decision: decisionInputs(source.decision) };
  }
  const { registration, version, rule } = source;
  const { plan } = version;
  const { product, customer, shares, approvedOn: _day, ...claim } = registration;
  return {
    occasion,
    deal: dealInputs(deal ?? undefined, rule),
    registration: claim,
    ...(shares.length === 0
      ? {}
      : { shares: shares.map(({ partnerId, share }) => ({ partnerId, share: formatRatio(share) })) }),
    // Whom a partner registered is that partner's to know, and nobody's who recruited it or shares with it.
    ...(rule.when === null || wanted.partnerId !== registration.partnerId
      ? {}
      : { customer: { ...customer, product } }),
    ...measuredInputs(wanted, rule, facts),
    ...paymentInputs(wanted, facts),
    ...(takenBack.length === 0
      ? {}
      : { takenBack: takenBack.map((one) => ({ ...one, amountMinor: formatAmount(one.amountMinor, currency) })) }),
    ...(wanted.decision === null ? {} : { decision: decisionInputs(wanted.decision) }),
    exchange: exchangeInputs(trail),
    plan: {
      version: versionName(version),
      versionId: version.id,
      creditWhen: plan.creditWhen ?? facts.program.creditWhen,
      versionBy: plan.versionBy,
      payIn: plan.payIn,
      exchangeOn: plan.exchangeOn,
      holdDays: plan.holdDays,
      rounding: plan.rounding,
      rule: rule.document,
    },
  };
}

/** What was known of the partner of the registration that the rule looks at: what it was, and what was measured of it. */
function measuredInputs({ partnerId, earnedOn }: WantedLine, rule: PlanRule, facts: Facts): Inputs {
  const names = metricsLookedAt(rule);
  const metrics = facts.metrics.filter((one) => one.partnerId === partnerId && names.includes(one.name));
  const terms = facts.partners.get(partnerId)?.terms.findLast(({ since }) => since <= earnedOn);
  return {
    ...(metrics.length === 0 ? {} : { metrics: metrics.map((one) => ({ ...one, value: formatRatio(one.value) })) }),
    ...(rule.when === null || terms === undefined ? {} : { partner: { ...terms, tags: [...terms.tags] } }),
  };
}

function decisionInputs({ amountMinor, ...decision }: ManualDecision): Json {
  return { ...decision, amount: formatAmount(amountMinor, decision.currency) };
}

/** The customer's payment that a line was earned by. */
function paymentInputs({ occasion }: WantedLine, facts: Facts): Inputs {
  const payment = facts.payments.find(({ id }) => keyOfPayment(id) === occasion);
  if (payment === undefined) return {};
  const { id, amountMinor, taxMinor, currency, receivedOn, servicePeriod } = payment;
  const tax = taxMinor === null ? null : formatAmount(taxMinor, currency);
  const period = servicePeriod === null ? null : { ...servicePeriod };
  return {
    payment: { id, amount: formatAmount(amountMinor, currency), tax, currency, receivedOn, servicePeriod: period },
  };
}

/** The rate the line was exchanged at; null where it is paid in the currency of its base. */
function exchangeInputs(trail: Trail | null): Json {
  for (let at = trail; at !== null; at = at.before) {
    const { step } = at;
    if (step.step === 'exchange') {
      return { from: step.from, to: step.to, rate: formatRatio(step.rate), rateDay: step.rateDay };
    }
  }
  return null;
}

/** Of what is known of a deal only what was looked at: the partner reads this, and the rest is none of its business. */
function dealInputs(deal: DealFacts | undefined, rule: PlanRule | null = null): Json {
  if (deal === undefined) return null;
  const { pipeline: _pipeline, stages: _stages, churnedOn, ...looked } = deal;
  const names = rule === null ? [] : fieldsLookedAt(rule);
  const fields = Object.fromEntries(names.map((name) => [name, fieldOf(deal, name)]));
  return { ...looked, ...(churnedOn === null ? {} : { churnedOn }), fields };
}

function sourceInputs({ id, amountMinor, currency, paid }: BookedLine): Json {
  return { lineId: id, amount: formatAmount(amountMinor, currency), currency, paid };
}

function dealIn(facts: Facts, dealId: string | null): DealFacts | undefined {
  return facts.deals.find(({ id }) => id === dealId);
}

function money({ amountMinor, currency }: { readonly amountMinor: bigint; readonly currency: Currency }): string {
  return `${formatAmount(amountMinor, currency)} ${currency}`;
}
