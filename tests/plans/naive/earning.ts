import { baseOfDeal, baseOfPayment, type Amount } from './bases.js';
import { holds } from './conditions.js';
import { paymentsOf, type Event } from './credited.js';
import { daysFrom, later, monthEnd, monthName, monthsLater, monthsPassed } from './days.js';
import { Fraction, nothing, percentOf, whole } from './fraction.js';
import type { BaseText, RuleText } from './plan-text.js';
import { shareLeft } from './refunds.js';
import { serviceMonths, type Slice } from './service-months.js';
import { exchanged, moneyText, rateOn, type World } from './world.js';

/** What one rule pays for one event, in the making. Amounts are exact minor units. */
export interface Earning {
  readonly event: Event;
  readonly rule: RuleText;
  readonly component: string;
  /** Paid once for reaching a band. */
  readonly isBandBonus: boolean;
  /** Made up to a period's floor: a sum of its own that nothing takes back. */
  readonly isTopUp: boolean;
  readonly currency: string;
  /** What it comes to, and what it would come to had the customer stayed. */
  readonly value: Fraction;
  readonly stayed: Fraction;
  /** What the event is worth to the rule; null where that is not known. */
  readonly base: Amount | null;
  /** The part of it that is earned in this month of the time it is for; null for all of it. */
  readonly slice: Slice | null;
  /** The share that is left after everything the customer got back. */
  readonly left: Fraction;
}

/** A draft for every rule that applies to every event, at what it is worth, before any rate. */
export function basedEarnings(world: World, events: readonly Event[]): Earning[] {
  return events.flatMap((event) => rulesFor(world, event).flatMap((rule) => based(world, event, rule)));
}

function rulesFor(world: World, event: Event): RuleText[] {
  const { rules, match } = event.version.text;
  const applying = rules.filter(
    (rule) => triggerOf(rule) === event.what && (rule.when === undefined || holds(world, rule.when, event)),
  );
  return match === 'first' ? applying.slice(0, 1) : applying;
}

function triggerOf({ on, pay }: RuleText): Event['what'] {
  return on ?? ('revshare' in pay ? 'payment' : 'won');
}

function baseName({ pay }: RuleText): BaseText | null {
  if ('flat' in pay) return null;
  if ('tiers' in pay) return pay.tiers.of ?? null;
  return 'revshare' in pay ? (pay.revshare.of ?? 'amount') : pay.of;
}

function based(world: World, event: Event, rule: RuleText): Earning[] {
  const name = baseName(rule);
  // Beside a fixed sum the amount counts, where an accelerator or an override looks at the sale.
  const base = worth(event, name ?? 'amount');
  const common = {
    event,
    rule,
    base,
    component: rule.id,
    isBandBonus: false,
    isTopUp: false,
    slice: null,
    left: takesBackRefunds(rule, event) ? shareLeft(world, event) : whole,
  };
  const start = startingValue(rule, name === null ? null : base);
  if (start === null) return [];
  const shared = event.ownShare === null ? start.minor : start.minor.times(event.ownShare);
  const one: Earning = { ...common, currency: start.currency, value: shared, stayed: shared };
  return sliced(world.facts.asOf, one).flatMap((part) => lessBaseline(world, part) ?? []);
}

/** What an event is worth by a base; null where that makes no line. A lead is worth nothing yet. */
function worth({ what, deal, payment }: Event, name: BaseText): Amount | null {
  if (what === 'approved') return null;
  if (what === 'payment') return payment === null ? null : baseOfPayment(payment, name);
  return deal === null ? null : baseOfDeal(deal, name);
}

function startingValue({ pay }: RuleText, base: Amount | null): Amount | null {
  if ('flat' in pay) return moneyText(pay.flat);
  if (base !== null) return base;
  // Deals that are counted and paid fixed sums need no amount.
  const isCounted = 'tiers' in pay && pay.tiers.of === undefined;
  return isCounted ? { minor: nothing, currency: moneyText(pay.tiers.bands[0]!.flat!).currency } : null;
}

/** Beside a rule that pays on payments, what is paid once for the win is kept; else a refund takes its share of it. */
function takesBackRefunds(rule: RuleText, { what, version }: Event): boolean {
  if (what === 'approved') return false;
  if (rule.refunds !== undefined) return rule.refunds === 'take-back';
  return what === 'payment' || version.text.rules.every((other) => triggerOf(other) !== 'payment');
}

/**
 * Straight-line: a payment is earned month by month over the time it is for, not before the money came in, and not before the
 * month has come. Everything else is earned at once.
 */
function sliced(asOf: string, earning: Earning): Earning[] {
  const { rule, event } = earning;
  const period = event.payment?.servicePeriod ?? null;
  if (!('revshare' in rule.pay) || rule.pay.revshare.recognise !== 'straight-line' || period === null) return [earning];
  return serviceMonths(period.from, period.to).flatMap(({ begin, slice }) => {
    const on = begin < event.on ? event.on : begin;
    if (on > asOf) return [];
    return [{ ...earning, event: { ...event, at: on, on }, component: `${rule.id}/${monthName(begin)}`, slice }];
  });
}

/** What the customer pays in any case earns nothing; null where nothing is left. */
function lessBaseline(world: World, earning: Earning): Earning | null {
  const { rule, event, currency } = earning;
  if (!('revshare' in rule.pay) || rule.pay.revshare.baseline === undefined) return earning;
  const baseline = moneyText(rule.pay.revshare.baseline);
  // Silent: what is earned month by month has each month's own rate for the baseline, too.
  const rate = rateOf(world, event, baseline.currency, currency);
  if (rate === null) return null;
  const period = event.payment?.servicePeriod ?? null;
  const months = period === null ? whole : monthsIn(period.from, period.to);
  const least = exchanged(baseline.minor.times(months), baseline.currency, currency, rate);
  const value = earning.value.minus(least);
  return value.isAbove(nothing) ? { ...earning, value, stayed: value } : null;
}

/** Months of a time, both days included; a last month that is not whole counts by its days. */
function monthsIn(from: string, to: string): Fraction {
  const end = later(to, 1);
  let months = 0;
  while (monthsLater(from, months + 1) <= end) months += 1;
  const [begin, next] = [monthsLater(from, months), monthsLater(from, months + 1)];
  return Fraction.of(BigInt(months)).plus(Fraction.of(BigInt(daysFrom(begin, end)), BigInt(daysFrom(begin, next))));
}

/** The exchange rate an event goes by: that of its day, or of the last day of its month once that has come. */
export function rateOf(world: World, { on, version }: Event, from: string, to: string): Fraction | null {
  if (from === to) return whole;
  const day = version.text.exchangeOn === 'month-end' ? monthEnd(on) : on;
  return day <= world.facts.asOf ? rateOn(world, from, to, day) : null;
}

/** Applies percentages, and the RevShare's of the month of its term. Tiers come after, since they look at one another. */
export function withRates(world: World, earnings: readonly Earning[]): Earning[] {
  return earnings.flatMap((earning) => {
    const { pay } = earning.rule;
    if ('percent' in pay) return [times(earning, percentOf(pay.percent))];
    if (!('revshare' in pay)) return [earning];
    const { revshare } = pay;
    const { event } = earning;
    const first = event.deal === null ? undefined : paymentsOf(world, event.deal.id)[0];
    const start = revshare.start === 'first-payment' ? first!.receivedOn : event.deal!.wonOn!;
    // Silent: what the customer paid before the term began falls into its first month.
    let left = monthsPassed(start, event.on);
    const parts = revshare.schedule ?? [{ months: revshare.months, percent: revshare.percent! }];
    for (const { months, percent } of parts) {
      if (months === undefined || left < months) {
        const rate = percentOf(percent);
        return rate.is(nothing) ? [] : [times(earning, rate)];
      }
      left -= months;
    }
    return [];
  });
}

/** Keeps the share of the term that the customer stayed, where the rule takes back on churn. */
export function withChurn(earnings: readonly Earning[]): Earning[] {
  return earnings.map((earning) => {
    const { rule, event } = earning;
    const leftOn = event.deal?.churnedOn ?? null;
    if (rule.churn === undefined || leftOn === null || event.what !== 'won') return earning;
    const { months, takeBack = 'prorated' } = rule.churn;
    if (leftOn >= monthsLater(event.on, months)) return earning;
    const stayed = Fraction.of(BigInt(monthsPassed(event.on, leftOn)), BigInt(months));
    const kept = takeBack === 'prorated' ? stayed : takeBack === 'all' ? nothing : whole.minus(percentOf(takeBack));
    return { ...earning, value: earning.value.times(kept) };
  });
}

export function times(earning: Earning, factor: Fraction): Earning {
  return { ...earning, value: earning.value.times(factor), stayed: earning.stayed.times(factor) };
}
