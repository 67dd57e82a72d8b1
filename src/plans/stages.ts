import { decimalsOf, type Currency } from '../money/currency.js';
import { multiply, powerOfTen, ratio, type Ratio } from '../money/ratio.js';
import { round } from '../money/rounding.js';
import type { BaseReading } from './base.js';
import type { RegistrationFacts } from './facts.js';
import type { BlockReason, Evidence, GateName } from './gate.js';
import { baseName, type PlanRule, type PlanVersion } from './plan.js';
import type { Scope, WonDeal } from './scope.js';
import { lastDayOf, periodOf } from '../program/calendar.js';
import { rateOn } from '../program/exchange-rates.js';
import { formatExact, type Step, type Trail } from './step.js';

/** A line in the making: an exact value that each stage carries further, and the steps that led there. */
export interface DraftLine {
  readonly deal: WonDeal;
  readonly registration: RegistrationFacts;
  readonly version: PlanVersion;
  readonly rule: PlanRule;
  readonly reading: BaseReading | null;
  /** Exact minor units of `currency`; zero until the first stage has set it. */
  readonly value: Ratio;
  readonly currency: Currency | null;
  readonly trail: Trail | null;
}

/** Says that a line is not made for now, and why. */
export type Refuse = (line: DraftLine, gate: GateName, reason: BlockReason, evidence: Evidence) => void;

/**
 * One step of the order inside a deal (design section 3), over all lines of the scope at once: a stage may change lines, drop
 * them with a reason, or make several of one, and it sees every other line of its period.
 */
export type Stage = (lines: readonly DraftLine[], refuse: Refuse, scope: Scope) => readonly DraftLine[];

/** base → rate → exchange → rounding. What a plan can say besides goes between these, in the order of the design. */
export const stages: readonly Stage[] = [takeBase, applyRate, exchange, roundOnce];

function takeBase(lines: readonly DraftLine[], refuse: Refuse): readonly DraftLine[] {
  return lines.flatMap((line) => {
    const { pay } = line.rule;
    if (pay.kind === 'flat') {
      const { amountMinor, currency } = pay.money;
      return [carried(line, ratio(amountMinor), { step: 'flat', money: pay.money }, currency)];
    }
    const { reading } = line;
    if (reading === null) return [];
    if (reading.kind === 'missing') {
      const evidence = { base: baseName(pay.of), value: reading.text, currency: reading.currency };
      refuse(line, reading.flag.startsWith('currency-') ? 'currency' : 'amount', reading.flag, evidence);
      return [];
    }
    return [carried(line, reading.minor, { step: 'base', base: pay.of, reading }, reading.currency)];
  });
}

function applyRate(lines: readonly DraftLine[]): readonly DraftLine[] {
  return lines.map((line) => {
    const { pay } = line.rule;
    if (pay.kind !== 'percent' || line.currency === null) return line;
    const result = multiply(line.value, pay.rate);
    return carried(line, result, { step: 'rate', rate: pay.rate, of: line.value, result, currency: line.currency });
  });
}

function exchange(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  return lines.flatMap((line) => {
    const { currency: from, value } = line;
    const { payIn: to, exchangeOn } = line.version.plan;
    if (from === null || to === null || to === from) return [line];
    const { wonOn } = line.deal;
    const day = exchangeOn === 'won' ? wonOn : lastDayOf(periodOf(wonOn));
    // The last day of a month has no rate before it is over.
    const found = day <= scope.facts.asOf ? rateOn(scope.facts.rateSheets, from, to, day) : null;
    if (found === null) {
      refuse(line, 'currency', 'exchange-rate-missing', { payIn: to, currency: from, day });
      return [];
    }
    const result = inMinorOf(to, multiply(inMajorOf(from, value), found.rate));
    return [
      carried(
        line,
        result,
        { step: 'exchange', from, to, rate: found.rate, rateDay: found.day, of: value, result },
        to,
      ),
    ];
  });
}

function inMajorOf(currency: Currency, minor: Ratio): Ratio {
  return ratio(minor.numerator, minor.denominator * powerOfTen(decimalsOf(currency)));
}

function inMinorOf(currency: Currency, major: Ratio): Ratio {
  return multiply(major, ratio(powerOfTen(decimalsOf(currency))));
}

function roundOnce(lines: readonly DraftLine[], refuse: Refuse): readonly DraftLine[] {
  return lines.flatMap((line) => {
    const { value, currency } = line;
    if (currency === null) return [];
    const mode = line.version.plan.rounding;
    const amountMinor = round(value, mode);
    if (amountMinor === 0n) {
      refuse(line, 'worth', 'rounds-to-nothing', { exact: formatExact(value, currency), currency });
      return [];
    }
    return [
      carried(line, ratio(amountMinor), { step: 'rounding', mode, exact: value, money: { amountMinor, currency } }),
    ];
  });
}

function carried(line: DraftLine, value: Ratio, step: Step, currency = line.currency): DraftLine {
  return { ...line, value, currency, trail: { step, before: line.trail } };
}
