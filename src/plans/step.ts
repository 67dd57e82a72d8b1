import { decimalsOf, type Currency } from '../money/currency.js';
import { formatAmount, type Money } from '../money/money.js';
import { formatRatio, multiply, powerOfTen, ratio, type Ratio } from '../money/ratio.js';
import type { RoundingMode } from '../money/rounding.js';
import type { Day } from '../program/calendar.js';
import type { BaseReading } from './base.js';
import { baseName, type PlanBase, type TierMode, type TierPeriod } from './pay.js';

/** One step of the arithmetic of a line, with exact numbers; amounts are in minor units. */
export type Step =
  | { readonly step: 'flat'; readonly money: Money }
  | {
      readonly step: 'base';
      readonly base: PlanBase;
      readonly of: 'deal' | 'payment';
      readonly reading: BaseReading & { readonly kind: 'read' };
    }
  | {
      readonly step: 'rate';
      readonly rate: Ratio;
      readonly of: Ratio;
      readonly result: Ratio;
      readonly currency: Currency;
    }
  | {
      readonly step: 'volume';
      readonly mode: TierMode;
      /** What is added up, as people name it: `amount`, `count` or a metric. */
      readonly by: string;
      readonly per: TierPeriod;
      readonly period: string;
      /** What came before this deal, and what it comes to with it, or with the whole period. */
      readonly before: Ratio;
      readonly after: Ratio;
      readonly currency: Currency;
    }
  | {
      readonly step: 'slice';
      readonly rate: Ratio;
      readonly of: Ratio;
      readonly result: Ratio;
      readonly total: Ratio;
      readonly currency: Currency;
    }
  | {
      readonly step: 'limit';
      readonly kind: 'floor' | 'cap';
      readonly per: TierPeriod;
      /** What is left of a limit of a period for this line; null for a limit of its own. */
      readonly left: Ratio | null;
      readonly limit: Money;
      readonly of: Ratio;
      readonly result: Ratio;
      readonly currency: Currency;
    }
  | {
      readonly step: 'exchange';
      readonly from: Currency;
      readonly to: Currency;
      /** Units of `to` for one of `from`. */
      readonly rate: Ratio;
      readonly rateDay: Day;
      readonly of: Ratio;
      readonly result: Ratio;
    }
  /** A step of its own kind, put into words only when somebody reads it. */
  | { readonly step: 'told'; readonly tell: () => StepRecord }
  | { readonly step: 'rounding'; readonly mode: RoundingMode; readonly exact: Ratio; readonly money: Money };

/** Steps taken so far, the last one first: a stage adds one without copying the others. */
export interface Trail {
  readonly step: Step;
  readonly before: Trail | null;
}

/** A step as it is kept and shown: its name, one sentence, and every number in it as text, amounts in major units. */
export interface StepRecord {
  readonly step: string;
  readonly sentence: string;
  readonly [name: string]: string | number | null;
}

/** The steps in the order in which they were taken. */
export function describeTrail(trail: Trail | null): readonly StepRecord[] {
  const records: StepRecord[] = [];
  for (let at = trail; at !== null; at = at.before) records.push(describeStep(at.step));
  return records.reverse();
}

function describeStep(step: Step): StepRecord {
  switch (step.step) {
    case 'flat': {
      const amount = formatAmount(step.money.amountMinor, step.money.currency);
      const sentence = `It pays the fixed sum of ${amount} ${step.money.currency}.`;
      return { step: 'flat', sentence, amount, currency: step.money.currency };
    }
    case 'base': {
      const { text, currency, from } = step.reading;
      const base = baseName(step.base);
      const how = from === null ? '' : ` (${from})`;
      const sentence = `The ${base} of the ${step.of} is ${text} ${currency}${how}.`;
      return { step: 'base', sentence, base, value: text, currency, ...(from === null ? {} : { from }) };
    }
    case 'rate':
      return describeRate(step.rate, step.of, step.result, step.currency);
    case 'volume':
      return describeVolume(step);
    case 'slice': {
      const total = formatExact(step.total, step.currency);
      return { ...describeRate(step.rate, step.of, step.result, step.currency), step: 'slice', total };
    }
    case 'limit':
      return describeLimit(step);
    case 'exchange': {
      const { from, to, rateDay } = step;
      const [of, result, rate] = [formatExact(step.of, from), formatExact(step.result, to), formatRatio(step.rate)];
      const sentence = `${of} ${from} is ${result} ${to} at the rate of ${rateDay}, ${rate} ${to} for 1 ${from}.`;
      return { step: 'exchange', sentence, of, from, result, to, rate, rateDay };
    }
    case 'told':
      return step.tell();
    case 'rounding':
      return describeRounding(step.mode, step.exact, step.money);
  }
}

function describeVolume(step: Step & { readonly step: 'volume' }): StepRecord {
  const { by, per, mode, period, currency } = step;
  const shown = (volume: Ratio): string =>
    by === 'amount'
      ? `${formatExact(volume, currency)} ${currency}`
      : `${formatRatio(volume)} ${by === 'count' ? 'deals' : `(${by})`}`;
  const [before, after] = [shown(step.before), shown(step.after)];
  const where = per === 'deal' ? 'of this deal' : `of ${period}`;
  if (mode === 'retroactive') {
    // Which deal came before which decides nothing here, and what is not looked at is not told.
    const sentence = `The whole volume ${where} is ${after}, which decides the rate (${mode}).`;
    return { step: 'volume', sentence, mode, by, per, period, after };
  }
  const sentence = `The volume ${where} was ${before} before this deal and is ${after} with it (${mode}).`;
  return { step: 'volume', sentence, mode, by, per, period, before, after };
}

function describeLimit({ kind, limit, per, left, currency, ...step }: Step & { readonly step: 'limit' }): StepRecord {
  const [of, result] = [formatExact(step.of, currency), formatExact(step.result, currency)];
  const amount = `${formatAmount(limit.amountMinor, limit.currency)} ${limit.currency}`;
  const words = kind === 'floor' ? 'at least' : 'at most';
  const room = left === null ? '' : `, of which ${formatExact(left, currency)} ${currency} is left`;
  const sentence = `The plan pays ${words} ${amount} for a ${per}${room}: ${result} ${currency} instead of ${of} ${currency}.`;
  return { step: kind, sentence, limit: amount, per, of, result, currency };
}

function describeRate(rate: Ratio, of: Ratio, result: Ratio, currency: Currency): StepRecord {
  const percent = formatRatio(multiply(rate, ratio(100n)));
  const [base, value] = [formatExact(of, currency), formatExact(result, currency)];
  const sentence = `${percent} % of ${base} ${currency} is ${value} ${currency}.`;
  return { step: 'rate', sentence, percent, of: base, result: value, currency };
}

function describeRounding(mode: RoundingMode, exact: Ratio, { amountMinor, currency }: Money): StepRecord {
  const [from, to] = [formatExact(exact, currency), formatAmount(amountMinor, currency)];
  const sentence = `Rounded (${mode}) to the smallest unit of ${currency}: ${to} ${currency}.`;
  return { step: 'rounding', sentence, mode, from, to, currency };
}

/** An exact number of minor units in major units: `12.345` for 1234.5 cents, `12.30` for 1230. */
export function formatExact(minor: Ratio, currency: Currency): string {
  const { numerator, denominator } = minor;
  if (numerator % denominator === 0n) return formatAmount(numerator / denominator, currency);
  return formatRatio(ratio(numerator, denominator * powerOfTen(decimalsOf(currency))));
}
