import { allocate, wholeNumbers } from '../money/allocate.js';
import type { Currency } from '../money/currency.js';
import { formatAmount, maxAmountMinor } from '../money/money.js';
import { formatRatio, multiply, ratio } from '../money/ratio.js';
import { round } from '../money/rounding.js';
import { addDays, addMonths, type Day } from '../program/calendar.js';
import { isBeside, roundedSlice, type DraftLine, type Refuse } from './draft-line.js';
import type { ManualDecision } from './facts.js';
import { reachedOn } from './milestone.js';
import { overridesOn } from './overrides.js';
import { told, type Part } from './part.js';
import { takesPart, type Scope } from './scope.js';
import { formatExact, type Step } from './step.js';
import type { TakenBack, WantedLine } from './wanted-line.js';

/**
 * Rounds each commission once, divides the rounded sum between the partners that share in it, adds what their recruiters get on
 * it, and divides each part into its instalments: the parts come to the whole, to the smallest unit.
 */
export function finish(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly WantedLine[] {
  const finished: WantedLine[] = [];
  for (const line of lines) {
    const whole = rounded(line, refuse);
    if (whole === null) continue;
    for (const divided of dividedPart(whole, refuse, scope)) {
      const part = asDecided(divided, scope);
      finished.push(...instalmentsOf(part, refuse, scope));
      for (const override of overridesOn(part, refuse, scope))
        finished.push(...instalmentsOf(asDecided(override, scope), refuse, scope));
    }
  }
  return finished;
}

function rounded(line: DraftLine, refuse: Refuse): Part | null {
  const { value, unchurned, currency, partnerId, slice } = line;
  if (currency === null) return null;
  const mode = line.version.plan.rounding;
  const gross = unchurned ?? value;
  const grossMinor = roundedSlice(line, gross);
  if (grossMinor === 0n) {
    refuse(line, 'worth', 'rounds-to-nothing', { exact: formatExact(gross, currency), currency });
    return null;
  }
  // What no deal can be worth no line can be: the book could not hold it.
  if (grossMinor > maxAmountMinor) {
    const evidence = { base: `what ${line.rule.id} pays`, value: formatAmount(grossMinor, currency), currency };
    refuse(line, 'amount', 'amount-out-of-range', evidence);
    return null;
  }
  const keptMinor = unchurned === null ? grossMinor : roundedSlice(line, value);
  const step: Step = { step: 'rounding', mode, exact: gross, money: { amountMinor: grossMinor, currency } };
  const trail =
    slice === null ? { step, before: line.trail } : told(line.trail, () => sliceWords(line, currency, grossMinor));
  return { line, partnerId, currency, grossMinor, keptMinor, share: null, trail, decision: null };
}

function sliceWords({ value, component, version }: DraftLine, currency: Currency, minor: bigint) {
  const [whole, part] = [formatExact(value, currency), formatAmount(minor, currency)];
  const sentence = `Of ${whole} ${currency}, ${part} ${currency} belong to ${component}, rounded (${version.plan.rounding}).`;
  return { step: 'slice', sentence, whole, part, currency };
}

/** The rounded sum by largest remainder. A partner that has left gets nothing, and nobody else gets its part. */
function dividedPart(whole: Part, refuse: Refuse, scope: Scope): readonly Part[] {
  const { line, grossMinor, keptMinor, currency } = whole;
  if (line.shares.length === 0) return [whole];
  const weights = wholeNumbers(line.shares.map(({ share }) => share));
  const [gross, kept] = [allocate(grossMinor, weights), allocate(keptMinor, weights)];
  return line.shares.flatMap(({ partnerId, share }, index): readonly Part[] => {
    const minor = gross[index] ?? 0n;
    if (!takesPart(scope, partnerId, line.occasion)) {
      refuse(line, 'partner-active', 'partner-inactive', { partnerId });
      return [];
    }
    if (minor === 0n) return [];
    const trail = told(whole.trail, () => {
      const [of, part] = [formatAmount(grossMinor, currency), formatAmount(minor, currency)];
      const percent = formatRatio(multiply(share, ratio(100n)));
      const sentence = `Divided between ${String(line.shares.length)} partners: ${percent} % of ${of} ${currency} is ${part} ${currency}.`;
      return { step: 'split', sentence, percent, of, part, currency };
    });
    return [{ ...whole, partnerId, grossMinor: minor, keptMinor: kept[index] ?? 0n, share, trail }];
  });
}

/** What a person decided that a rule pays for a deal goes before what the plan says (precedence manual). */
function asDecided(part: Part, scope: Scope): Part {
  const { line, partnerId } = part;
  const { decisions } = scope.facts;
  if (decisions.length === 0) return part;
  const decided = decisions.findLast(
    (one) =>
      one.kind === 'set' &&
      one.partnerId === partnerId &&
      one.dealId === line.occasion.deal?.id &&
      one.rule === line.component,
  );
  if (decided === undefined) return part;
  const { amountMinor, currency } = decided;
  return {
    ...part,
    line: { ...line, takeBacks: [] },
    currency,
    grossMinor: amountMinor,
    keptMinor: amountMinor,
    trail: told(part.trail, () => decisionWords(decided)),
    decision: decided,
  };
}

function decisionWords({ amountMinor, currency, reason, author, on }: ManualDecision) {
  const amount = `${formatAmount(amountMinor, currency)} ${currency}`;
  return {
    step: 'decision',
    sentence: `${author} decided on ${on} that it is ${amount}: ${reason}`,
    amount,
    author,
    on,
  };
}

function instalmentsOf(part: Part, refuse: Refuse, scope: Scope): readonly WantedLine[] {
  const { line, grossMinor, keptMinor } = part;
  const { instalments } = line.rule;
  if (instalments.length === 0 || isBeside(line) || line.slice !== null) return wantedLines(part, scope);
  const weights = wholeNumbers(instalments.map(({ share }) => share));
  const [gross, kept] = [allocate(grossMinor, weights), allocate(keptMinor, weights)];
  return instalments.flatMap((instalment, index): readonly WantedLine[] => {
    const minor = gross[index] ?? 0n;
    const on = reachedOn(instalment, line, refuse, scope);
    if ((minor === 0n && part.decision === null) || on === null) return [];
    const number = index + 1;
    const trail = told(part.trail, () => {
      const [of, own] = [formatAmount(grossMinor, part.currency), formatAmount(minor, part.currency)];
      const sentence = `Instalment ${String(number)} of ${String(instalments.length)}: ${own} of ${of} ${part.currency}.`;
      return { step: 'instalment', sentence, number, of, part: own, currency: part.currency };
    });
    const delay = { days: instalment.afterDays, months: instalment.afterMonths };
    const own: DraftLine = { ...line, component: `${line.component}/${String(number)}`, delay };
    return wantedLines({ ...part, line: own, grossMinor: minor, keptMinor: kept[index] ?? 0n, trail }, scope, on);
  });
}

function wantedLines(part: Part, scope: Scope, on: Day = part.line.occasion.on): readonly WantedLine[] {
  const { line, partnerId, currency, grossMinor, trail } = part;
  const { occasion, version, rule, delay } = line;
  // That it is nothing is worth a line where somebody decided so: it says who did.
  if (grossMinor === 0n && part.decision === null) return [];
  const earnedOn = earnedUnder(version, on);
  const due = delay.months === 0 ? earnedOn : addMonths(earnedOn, delay.months);
  return [
    {
      // What a customer gets is never set off against what the partner gets.
      key: `${occasion.key}|${line.payee === 'customer' ? 'customer of ' : ''}${partnerId}|${line.component}${line.suffix}`,
      occasion: occasion.key,
      partnerId,
      payee: line.payee,
      kind: line.kind,
      component: line.component,
      amountMinor: grossMinor,
      takenBack: takenBackOf(part),
      currency,
      earnedOn,
      payableOn:
        delay.days === 0
          ? scope.daysAfter(due, version.plan.holdDays)
          : addDays(due, delay.days + version.plan.holdDays),
      deal: occasion.deal,
      source: { kind: 'plan', registration: occasion.registration, version, rule },
      decision: part.decision,
      trail,
    },
  ];
}

/** What a version that puts another right newly gives is booked on the day it became known, not in the past. */
function earnedUnder({ plan, knownOn }: DraftLine['version'], on: Day): Day {
  return plan.corrects !== null && knownOn !== null && knownOn > on ? knownOn : on;
}

/** One after the other, each takes what the rounded rest shrinks by: together never more than the line. */
function takenBackOf({ line, grossMinor, keptMinor }: Part): readonly TakenBack[] {
  if (line.takeBacks.length === 0) return [];
  const mode = line.version.plan.rounding;
  let [whole, left, rest] = [grossMinor, ratio(1n), grossMinor];
  return line.takeBacks.flatMap(({ occasion, on, sentence, ...taken }) => {
    if (taken.left === null) whole = keptMinor;
    else left = taken.left;
    const after = round(multiply(ratio(whole), left), mode);
    const amountMinor = rest - after;
    rest = after;
    return amountMinor === 0n ? [] : [{ occasion, on, amountMinor, sentence }];
  });
}
