import type { Currency } from '../money/currency.js';
import type { Money } from '../money/money.js';
import { add, compareRatios, multiply, ratio, subtract, type Ratio } from '../money/ratio.js';
import { rangeAround, type Day } from '../program/calendar.js';
import { assertDefined } from '../platform/assert.js';
import { bookedIn } from './booked-part.js';
import { carried, carriedBoth, type DraftLine, type Refuse } from './draft-line.js';
import { converted, rateFor } from './exchange.js';
import { calendarPeriods, type CalendarPeriod } from './pay.js';
import type { Limits } from './plan.js';
import type { Scope } from './scope.js';
import { portion } from './term.js';
import { inOrderOfTime, leftOf, periodName } from './volume.js';

/** Limits over several lines: a rule's by period, and over the payments of a deal, and the plan's over all its rules, by deal and by period. */
interface SharedLimit {
  readonly kind: 'floor' | 'cap';
  readonly per: CalendarPeriod | 'deal';
  /** Whose limit it is: one rule's, or that of all rules together. */
  readonly of: 'rule' | 'plan';
  readonly limit: Money;
  /** What the lines it holds for have in common. */
  readonly group: string;
}

/** A line with the limit that its version holds it to. */
interface HeldLine {
  readonly line: DraftLine;
  readonly limit: SharedLimit;
}

const zero = ratio(0n);

/** Holds what partners earn over a period within its floor and cap, rule by rule and then for the plan as a whole. */
export function applyPeriodLimits(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  const isLimited = lines.some(({ rule, version: { plan } }) =>
    [rule.floor, rule.cap, plan.floor, plan.cap].some((limits) => limits !== null),
  );
  if (!isLimited) return lines;
  const steps = [
    ['deal', 'rule'] as const,
    ...calendarPeriods.map((per) => [per, 'rule'] as const),
    ['deal', 'plan'] as const,
    ...calendarPeriods.map((per) => [per, 'plan'] as const),
  ];
  return steps.reduce<readonly DraftLine[]>((left, [per, of]) => {
    const floored = withLimit(left, (line) => limitOf(line, 'floor', per, of), refuse, scope);
    return withLimit(floored, (line) => limitOf(line, 'cap', per, of), refuse, scope);
  }, lines);
}

function limitOf(
  { partnerId, occasion, rule, payee, version: { plan } }: DraftLine,
  kind: 'floor' | 'cap',
  per: CalendarPeriod | 'deal',
  of: 'rule' | 'plan',
): SharedLimit | null {
  // A customer's reward is nothing that the partner earns.
  if (of === 'plan' && payee === 'customer') return null;
  const limits: Limits | null = of === 'rule' ? rule[kind] : plan[kind];
  const limit = limits?.[per] ?? null;
  if (limit === null) return null;
  // What a rule pays for a win is one line, which has been held to its limit by itself.
  if (per === 'deal' && of === 'rule' && occasion.payment === null) return null;
  const what = of === 'rule' ? `${plan.slug}/${rule.id}` : plan.slug;
  const when = per === 'deal' ? (occasion.deal?.id ?? occasion.key) : periodName(occasion.on, per);
  return { kind, per, of, limit, group: `${partnerId}|${what}|${when}` };
}

function withLimit(
  lines: readonly DraftLine[],
  limitOfLine: (line: DraftLine) => SharedLimit | null,
  refuse: Refuse,
  scope: Scope,
): readonly DraftLine[] {
  const free: DraftLine[] = [];
  const groups = new Map<string, HeldLine[]>();
  for (const line of lines) {
    const limit = limitOfLine(line);
    if (limit === null || line.currency === null) free.push(line);
    else {
      const known = groups.get(limit.group);
      if (known === undefined) groups.set(limit.group, [{ line, limit }]);
      else known.push({ line, limit });
    }
  }
  if (groups.size === 0) return lines;
  const held = [...groups.values()].flatMap((group) => {
    const inOrder = group.toSorted((a, b) => inOrderOfTime(a.line, b.line));
    return inOrder[0]?.limit.kind === 'cap' ? capped(inOrder, refuse, scope) : raised(inOrder, refuse, scope);
  });
  return [...free, ...held];
}

/**
 * In the order of time, each line gets what is left of the limit of its own version; what a customer got back frees room for the
 * lines after it.
 */
function capped(group: readonly HeldLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  const used = new Map(group.map(({ limit }) => [limit.limit.currency, zero]));
  return group.flatMap(({ line, limit: { limit, per } }) => {
    const rate = ratesBetween(line, limit.currency, refuse, scope);
    if (rate === null || line.currency === null) return [];
    const rest = subtract(ratio(limit.amountMinor), used.get(limit.currency) ?? zero);
    const room = compareRatios(rest, zero) < 0 ? zero : rest;
    const left = wholeOfSlice(line, rate.toLine(room));
    const lower = (value: Ratio): Ratio => (compareRatios(value, left) > 0 ? left : value);
    const result = lower(line.value);
    for (const [currency, before] of used) {
      const booked = bookedIn(line, result, currency, scope);
      if (booked !== null) used.set(currency, add(before, booked));
    }
    const isLowered = result !== line.value || (line.unchurned !== null && lower(line.unchurned) !== line.unchurned);
    if (!isLowered) return [line];
    const step = {
      step: 'limit',
      kind: 'cap',
      per,
      left,
      limit,
      of: line.value,
      result,
      currency: line.currency,
    } as const;
    return [carriedBoth(line, lower, step)];
  });
}

/** Once a period is over, what is wanting of its floor is added to its last line; who earned nothing has no floor. */
function raised(group: readonly HeldLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  const lines = group.map(({ line }) => line);
  const { line: last, limit: shared } = assertDefined(group.at(-1), 'a group has a line');
  const { limit, per, of } = shared;
  if (per !== 'deal' && !isOver(last.occasion.on, per, scope)) return lines;
  const rates = new Map(lines.map((line) => [line, ratesBetween(line, limit.currency, refuse, scope)]));
  if ([...rates.values()].includes(null)) return lines.filter((line) => rates.get(line) !== null);
  const earned = lines.reduce((sum, line) => {
    const net = multiply(portion(line.value, line.slice), leftOf(line));
    return add(sum, rates.get(line)?.toLimit(net) ?? zero);
  }, zero);
  const wanting = subtract(ratio(limit.amountMinor), earned);
  if (compareRatios(earned, zero) <= 0 || compareRatios(wanting, zero) <= 0 || last.currency === null) return lines;
  const top: DraftLine = {
    ...last,
    component: `${last.rule.id}/${of === 'plan' ? 'plan-' : ''}floor-${per}`,
    // A payment that is earned month by month may be the last thing of several months.
    suffix: per === 'deal' ? '' : `|${periodName(last.occasion.on, per)}`,
    kind: 'bonus',
    slice: null,
    unchurned: null,
    takeBacks: [],
    trail: null,
    value: zero,
  };
  const step = {
    step: 'limit',
    kind: 'floor',
    per,
    left: null,
    limit,
    of: earned,
    result: ratio(limit.amountMinor),
    currency: limit.currency,
  } as const;
  return [...lines, carried(top, wanting, step, limit.currency)];
}

function isOver(day: Day, per: CalendarPeriod, { facts }: Scope): boolean {
  return facts.asOf >= rangeAround(day, per).until;
}

/** When the periods end whose floors are not decided yet, by deal. */
export function endsOfFloors(lines: readonly DraftLine[], asOf: Day): readonly (readonly [string, Day])[] {
  const floored = lines.filter(({ rule, version: { plan } }) => rule.floor !== null || plan.floor !== null);
  return floored.flatMap(({ occasion, rule, version: { plan } }) =>
    calendarPeriods.flatMap((per): readonly (readonly [string, Day])[] => {
      if ((rule.floor?.[per] ?? plan.floor?.[per] ?? null) === null || occasion.deal === null) return [];
      const { until } = rangeAround(occasion.on, per);
      return until > asOf ? [[occasion.deal.id, until]] : [];
    }),
  );
}

/** A line that is a slice of its value is held as a whole: the room it has is as much larger. */
function wholeOfSlice({ slice }: DraftLine, room: Ratio): Ratio {
  if (slice === null) return room;
  const share = subtract(slice.to, slice.from);
  return ratio(room.numerator * share.denominator, room.denominator * share.numerator);
}

/** How amounts go from the limit's currency to the line's and back; null, and the line refused, while there is no rate. */
function ratesBetween(line: DraftLine, limitCurrency: Currency, refuse: Refuse, scope: Scope) {
  const { currency } = line;
  if (currency === null || currency === limitCurrency) {
    const same = (value: Ratio): Ratio => value;
    return { toLine: same, toLimit: same };
  }
  const found = rateFor(line, limitCurrency, currency, refuse, scope);
  if (found === null) return null;
  const back = { rate: ratio(found.rate.denominator, found.rate.numerator) };
  return {
    toLine: (value: Ratio): Ratio => converted(value, limitCurrency, currency, found),
    toLimit: (value: Ratio): Ratio => converted(value, currency, limitCurrency, back),
  };
}
