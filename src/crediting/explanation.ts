import { createHash } from 'node:crypto';
import type { Currency } from '../money/currency.js';
import { formatAmount } from '../money/money.js';
import { formatRatio } from '../money/ratio.js';
import { canonicalJson } from '../platform/canonical-json.js';
import type { Json } from '../platform/json.js';
import type { DealFacts, Facts } from '../plans/facts.js';
import { baseOf, versionName, type PlanBase } from '../plans/plan.js';
import { describeTrail, type StepRecord, type Trail } from '../plans/step.js';
import type { WantedLine } from '../plans/wanted-line.js';
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
  readonly whyNot: (dealId: string, registrationId: string) => readonly string[];
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
    case 'undone':
      return explainUndone(line, cause.source, circumstances.facts);
  }
}

/** SHA-256 over the canonical JSON of the inputs, in hex: whoever keeps an explanation can prove what it was computed from. */
export function inputsHash(explanation: Explanation): string {
  return createHash('sha256').update(canonicalJson(explanation.inputs)).digest('hex');
}

function workingOf(wanted: WantedLine): readonly StepRecord[] {
  const { registration, version, deal, component, earnedOn, payableOn } = wanted;
  const { id, submittedAt, approvedAt, protectedUntil } = registration;
  const plan = versionName(version);
  const days = version.plan.holdDays;
  return [
    {
      step: 'credited',
      sentence:
        `Registration ${id} is credited: submitted ${String(submittedAt)}, approved ${String(approvedAt)}, ` +
        `protected until ${String(protectedUntil)}; the deal was won on ${deal.wonOn}.`,
      registrationId: id,
      submittedAt,
      approvedAt,
      protectedUntil,
      wonAt: deal.wonAt,
      wonOn: deal.wonOn,
    },
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

function inputsOf({ deal, registration, version, component, trail }: WantedLine, facts: Facts): Inputs {
  const { plan } = version;
  const rule = plan.rules.find(({ id }) => id === component);
  return {
    deal: dealInputs(deal, rule === undefined ? null : baseOf(rule.pay)),
    registration: { ...registration },
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
      rule: rule?.document ?? null,
    },
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

/** Of the mapped CRM fields only those that were looked at: the partner reads this, and the others are none of its business. */
function dealInputs(deal: DealFacts | undefined, base: PlanBase | null = null): Json {
  if (deal === undefined) return null;
  const fields = base?.kind === 'field' ? { [base.field]: deal.fields[base.field] ?? null } : {};
  return { ...deal, fields };
}

function sourceInputs({ id, amountMinor, currency, paid }: BookedLine): Json {
  return { lineId: id, amount: formatAmount(amountMinor, currency), currency, paid };
}

function dealIn(facts: Facts, dealId: string): DealFacts | undefined {
  return facts.deals.find(({ id }) => id === dealId);
}

function money({ amountMinor, currency }: { readonly amountMinor: bigint; readonly currency: Currency }): string {
  return `${formatAmount(amountMinor, currency)} ${currency}`;
}
