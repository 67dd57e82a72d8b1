import { isCurrency, type Currency } from '../money/currency.js';
import { readAmount } from '../money/money.js';
import { round } from '../money/rounding.js';
import { dayIn, periodOf, type Period } from '../program/calendar.js';

/** A registration as the overview looks at it, with the deal it became. */
export interface Sourced {
  readonly status: string;
  readonly source: string;
  readonly submittedAt: Date;
  readonly approvedAt: Date | null;
  readonly decidedAt: Date | null;
  readonly outcome: 'open' | 'won' | 'lost';
  /** The deal's present amount, or the registered one where there is no deal yet: a decimal. */
  readonly amount: string | null;
  readonly currency: string | null;
}

export interface WonDeal {
  readonly wonAt: Date;
  readonly amount: string | null;
  readonly currency: string | null;
}

export interface Sum {
  readonly currency: Currency;
  readonly amountMinor: bigint;
}

export interface MonthFigures {
  readonly month: Period;
  readonly submitted: number;
  readonly approved: number;
  readonly rejected: number;
  /** The median of whole hours from the submission to the first answer, of those that were answered in this month. */
  readonly answerHours: number | null;
  /** What the deals of those approved in this month are about. */
  readonly pipeline: readonly Sum[];
  /** How the deals of those approved in this month stand by now. */
  readonly cohort: { readonly won: number; readonly lost: number; readonly open: number };
  /** Deals that were won in this month, whenever they were registered. */
  readonly won: number;
  readonly revenue: readonly Sum[];
  /** What partners earned in this month, less what was taken back. */
  readonly commission: readonly Sum[];
  /** Commission over sourced revenue, in tenths of a percent, for each currency that has both. */
  readonly cost: readonly { readonly currency: Currency; readonly permille: bigint }[];
}

export interface OverviewFacts {
  readonly months: readonly Period[];
  readonly timeZone: string;
  readonly registrations: readonly Sourced[];
  readonly wonDeals: readonly WonDeal[];
  readonly earned: readonly (Sum & { readonly period: Period })[];
}

const msPerHour = 3_600_000;

/** The figures of each month, in the order of the months asked for. */
export function monthFigures({ months, timeZone, registrations, wonDeals, earned }: OverviewFacts): MonthFigures[] {
  const monthOf = (moment: Date): Period => periodOf(dayIn(moment, timeZone));
  const isIn = (moment: Date | null, month: Period): boolean => moment !== null && monthOf(moment) === month;
  return months.map((month) => {
    const approved = registrations.filter(({ approvedAt }) => isIn(approvedAt, month));
    const rejected = registrations.filter(({ status, decidedAt }) => status === 'rejected' && isIn(decidedAt, month));
    const won = wonDeals.filter(({ wonAt }) => isIn(wonAt, month));
    const revenue = sumsOf(won);
    const commission = earned.filter(({ period }) => period === month);
    return {
      month,
      submitted: registrations.filter(({ submittedAt }) => isIn(submittedAt, month)).length,
      approved: approved.length,
      rejected: rejected.length,
      answerHours: median([...approved, ...rejected].flatMap(hoursToAnswer)),
      pipeline: sumsOf(approved),
      cohort: cohortOf(approved),
      won: won.length,
      revenue,
      commission: commission.map(({ currency, amountMinor }) => ({ currency, amountMinor })),
      cost: costOf(commission, revenue),
    };
  });
}

/** What was brought over from another system was not answered here. */
function hoursToAnswer({ source, submittedAt, approvedAt, decidedAt }: Sourced): readonly number[] {
  const answeredAt = approvedAt ?? decidedAt;
  if (source === 'import' || answeredAt === null) return [];
  return [Math.floor((answeredAt.getTime() - submittedAt.getTime()) / msPerHour)];
}

/** The lower of the two in the middle, so that it is a time that somebody waited. */
function median(numbers: readonly number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? null;
}

function cohortOf(approved: readonly Sourced[]): MonthFigures['cohort'] {
  const count = (outcome: Sourced['outcome']): number => approved.filter((one) => one.outcome === outcome).length;
  return { won: count('won'), lost: count('lost'), open: count('open') };
}

/** Whole minor units for each currency, in its alphabetical order. Amounts that are missing or cannot be read add nothing. */
export function sumsOf(
  amounts: readonly { readonly amount: string | null; readonly currency: string | null }[],
): readonly Sum[] {
  const sums = new Map<Currency, bigint>();
  for (const { amount, currency } of amounts) {
    if (amount === null || currency === null || !isCurrency(currency)) continue;
    const reading = readAmount(amount, currency);
    if (reading.kind === 'amount') {
      sums.set(currency, (sums.get(currency) ?? 0n) + round(reading.minor, 'half-even'));
    }
  }
  return [...sums]
    .map(([currency, amountMinor]) => ({ currency, amountMinor }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Where partners are paid in another currency than the deals are in, one cannot be set against the other. */
function costOf(commission: readonly Sum[], revenue: readonly Sum[]): MonthFigures['cost'] {
  const currencies = (sums: readonly Sum[]): string => sums.map(({ currency }) => currency).join();
  if (currencies(commission) !== currencies(revenue)) return [];
  return commission.flatMap(({ currency, amountMinor }) => {
    const base = revenue.find((sum) => sum.currency === currency)?.amountMinor ?? 0n;
    if (base <= 0n) return [];
    return [{ currency, permille: round({ numerator: amountMinor * 1000n, denominator: base }, 'half-even') }];
  });
}
