import { daysFrom, later, monthsLater } from './days.js';
import { Fraction, nothing, sumOf, whole, type HalfMode } from './fraction.js';

/** From one share of the whole up to another. */
export interface Slice {
  readonly from: Fraction;
  readonly to: Fraction;
}

/** The months of a time, both days included, each with its share of it: a last month that is not whole counts by its days. */
export function serviceMonths(first: string, last: string): { readonly begin: string; readonly slice: Slice }[] {
  const end = later(last, 1);
  const months: { readonly begin: string; readonly weight: Fraction }[] = [];
  for (let count = 0; monthsLater(first, count) < end; count += 1) {
    const [begin, next] = [monthsLater(first, count), monthsLater(first, count + 1)];
    const days = Fraction.of(BigInt(daysFrom(begin, end)), BigInt(daysFrom(begin, next)));
    months.push({ begin, weight: days.isAbove(whole) ? whole : days });
  }
  const all = sumOf(months.map(({ weight }) => weight));
  return months.map(({ begin, weight }, index) => {
    const from = sumOf(months.slice(0, index).map((month) => month.weight)).over(all);
    return { begin, slice: { from, to: from.plus(weight.over(all)) } };
  });
}

/** Whole units of a slice: what the rounded whole grows by over it. */
export function roundedSlice(slice: Slice | null, value: Fraction, mode: HalfMode): bigint {
  const { from, to } = slice ?? { from: nothing, to: whole };
  return value.times(to).rounded(mode) - value.times(from).rounded(mode);
}
