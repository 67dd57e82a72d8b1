import { daysFrom, later, monthName, monthsLater } from './days.js';
import type { Earning } from './earning.js';
import { Fraction, nothing, sumOf, whole } from './fraction.js';

/** From one share of the whole up to another. */
export interface Slice {
  readonly from: Fraction;
  readonly to: Fraction;
}

/**
 * Straight-line: a payment is earned month by month over the time it is for, not before the money came in, and not before the
 * month has come. Everything else is earned at once.
 */
export function sliced(asOf: string, earning: Earning): Earning[] {
  const { rule, event } = earning;
  const period = event.payment?.servicePeriod ?? null;
  if (!('revshare' in rule.pay) || rule.pay.revshare.recognise !== 'straight-line' || period === null) return [earning];
  const months = monthsOf(period.from, period.to);
  const all = sumOf(months.map(({ weight }) => weight));
  return months.flatMap(({ begin, weight }, index) => {
    const on = begin < event.on ? event.on : begin;
    if (on > asOf) return [];
    const from = sumOf(months.slice(0, index).map((month) => month.weight)).over(all);
    return [
      {
        ...earning,
        event: { ...event, at: on, on },
        component: `${rule.id}/${monthName(begin)}`,
        slice: { from, to: from.plus(weight.over(all)) },
      },
    ];
  });
}

function monthsOf(first: string, last: string): { readonly begin: string; readonly weight: Fraction }[] {
  const end = later(last, 1);
  const months = [];
  for (let count = 0; monthsLater(first, count) < end; count += 1) {
    const [begin, next] = [monthsLater(first, count), monthsLater(first, count + 1)];
    const days = Fraction.of(BigInt(daysFrom(begin, end)), BigInt(daysFrom(begin, next)));
    months.push({ begin, weight: days.isAbove(whole) ? whole : days });
  }
  return months;
}

/** Whole units of a slice: what the rounded whole grows by over it. */
export function roundedSlice(
  { slice }: Pick<Earning, 'slice'>,
  value: Fraction,
  mode: 'half-even' | 'half-up',
): bigint {
  const { from, to } = slice ?? { from: nothing, to: whole };
  return value.times(to).rounded(mode) - value.times(from).rounded(mode);
}
