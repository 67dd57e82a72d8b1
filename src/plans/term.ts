import { add, multiply, ratio, subtract, type Ratio } from '../money/ratio.js';
import { addDays, addMonths, daysBetween, periodOf, type Day } from '../program/calendar.js';
import type { RevShare } from './pay.js';

/** A month, or the part of one, of the time that a payment is for. */
export interface ServiceMonth {
  readonly from: Day;
  /** `2026-03`: where it begins. */
  readonly name: string;
  /** Of all the months together: from one share up to another. */
  readonly slice: { readonly from: Ratio; readonly to: Ratio };
}

const zero = ratio(0n);
const one = ratio(1n);

/** How many whole months lie between two days; the day of the month is clamped to a month's end. Zero for an earlier day. */
export function monthsSince(start: Day, day: Day): number {
  let months = 0;
  while (addMonths(start, months + 1) <= day) months += 1;
  return months;
}

/** The rate of a RevShare in a month of its term, from 0; null when the term is over. */
export function rateInMonth({ schedule }: RevShare, month: number): Ratio | null {
  let end = 0;
  for (const { months, rate } of schedule) {
    if (months === null) return rate;
    end += months;
    if (month < end) return rate;
  }
  return null;
}

/** The day on which the term is over; null when it never is. */
export function endOfTerm({ schedule }: RevShare, start: Day): Day | null {
  const lengths = schedule.map(({ months }) => months);
  if (lengths.includes(null)) return null;
  return addMonths(
    start,
    lengths.reduce<number>((sum, months) => sum + (months ?? 0), 0),
  );
}

/** How many months a time has: the last counts by its days where it is not whole. */
export function monthsOf({ from, to }: { readonly from: Day; readonly to: Day }): Ratio {
  return weightsOf(from, to).reduce((sum, { weight }) => add(sum, weight), zero);
}

/** The months of a time, each with its share of the whole. */
export function serviceMonths({ from, to }: { readonly from: Day; readonly to: Day }): readonly ServiceMonth[] {
  const parts = weightsOf(from, to);
  const whole = parts.reduce((sum, { weight }) => add(sum, weight), zero);
  let before = zero;
  return parts.map((part) => {
    const after = add(before, part.weight);
    const slice = { from: over(before, whole), to: over(after, whole) };
    before = after;
    return { from: part.from, name: periodOf(part.from), slice };
  });
}

function weightsOf(from: Day, to: Day): readonly { readonly from: Day; readonly weight: Ratio }[] {
  const end = addDays(to, 1);
  const parts = [];
  for (let month = 0; addMonths(from, month) < end; month += 1) {
    const [begin, next] = [addMonths(from, month), addMonths(from, month + 1)];
    const weight = next <= end ? one : ratio(BigInt(daysBetween(begin, end)), BigInt(daysBetween(begin, next)));
    parts.push({ from: begin, weight });
  }
  return parts;
}

/** The part of a value that a slice is. */
export function portion(value: Ratio, slice: { readonly from: Ratio; readonly to: Ratio } | null): Ratio {
  return slice === null ? value : multiply(value, subtract(slice.to, slice.from));
}

function over(a: Ratio, b: Ratio): Ratio {
  return ratio(a.numerator * b.denominator, a.denominator * b.numerator);
}
