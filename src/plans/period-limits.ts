import type { Currency } from '../money/currency.js';
import type { Money } from '../money/money.js';
import { add, compareRatios, multiply, ratio, subtract, type Ratio } from '../money/ratio.js';
import { round } from '../money/rounding.js';
import { rangeAround, type Day } from '../program/calendar.js';
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
  readonly limit: Money;
  /** What the lines it holds for have in common. */
  readonly group: string;
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
  { partnerId, occasion, rule, version: { plan } }: DraftLine,
  kind: 'floor' | 'cap',
  per: CalendarPeriod | 'deal',
  of: 'rule' | 'plan',
): SharedLimit | null {
  const limits: Limits | null = of === 'rule' ? rule[kind] : plan[kind];
  const limit = limits?.[per] ?? null;
  if (limit === null) return null;
  // What a rule pays for a win is one line, which has been held to its limit by itself.
  if (per === 'deal' && of === 'rule' && occasion.payment === null) return null;
  const what = of === 'rule' ? `${plan.slug}/${rule.id}` : plan.slug;
  const when = per === 'deal' ? (occasion.deal?.id ?? occasion.key) : periodName(occasion.on, per);
  return { kind, per, limit, group: `${partnerId}|${what}|${when}` };
}

function withLimit(
  lines: readonly DraftLine[],
  limitOfLine: (line: DraftLine) => SharedLimit | null,
  refuse: Refuse,
  scope: Scope,
): readonly DraftLine[] {
  const free: DraftLine[] = [];
  const groups = new Map<string, { readonly limit: SharedLimit; readonly lines: DraftLine[] }>();
  for (const line of lines) {
    const limit = limitOfLine(line);
    if (limit === null || line.currency === null) free.push(line);
    else {
      const known = groups.get(limit.group);
      if (known === undefined) groups.set(limit.group, { limit, lines: [line] });
      else known.lines.push(line);
    }
  }
  if (groups.size === 0) return lines;
  const held = [...groups.values()].flatMap(({ limit, lines: group }) => {
    const inOrder = group.toSorted(inOrderOfTime);
    return limit.kind === 'cap' ? capped(inOrder, limit, refuse, scope) : raised(inOrder, limit, refuse, scope);
  });
  return [...free, ...held];
}

/** In the order of time, each line gets what is left; what a customer got back frees room for the lines after it. */
function capped(
  lines: readonly DraftLine[],
  { limit, per }: SharedLimit,
  refuse: Refuse,
  scope: Scope,
): readonly DraftLine[] {
  let room = ratio(limit.amountMinor);
  return lines.flatMap((line) => {
    const rate = ratesBetween(line, limit.currency, refuse, scope);
    if (rate === null || line.currency === null) return [];
    const left = wholeOfSlice(line, rate.toLine(room));
    const lower = (value: Ratio): Ratio => (compareRatios(value, left) > 0 ? left : value);
    const result = lower(line.value);
    // What will be booked counts, to the cent, so that the rounded lines together keep within the cap.
    const used = ratio(round(multiply(portion(result, line.slice), leftOf(line)), line.version.plan.rounding));
    room = subtract(room, rate.toLimit(used));
    if (compareRatios(room, zero) < 0) room = zero;
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
function raised(
  lines: readonly DraftLine[],
  { limit, per }: SharedLimit,
  refuse: Refuse,
  scope: Scope,
): readonly DraftLine[] {
  const last = lines.at(-1);
  if (last === undefined || (per !== 'deal' && !isOver(last.occasion.on, per, scope))) return lines;
  let earned = zero;
  for (const line of lines) {
    const rate = ratesBetween(line, limit.currency, refuse, scope);
    if (rate === null) return lines.filter((other) => other !== line);
    earned = add(earned, rate.toLimit(multiply(portion(line.value, line.slice), leftOf(line))));
  }
  const wanting = subtract(ratio(limit.amountMinor), earned);
  if (compareRatios(earned, zero) <= 0 || compareRatios(wanting, zero) <= 0 || last.currency === null) return lines;
  const top: DraftLine = {
    ...last,
    component: `${last.rule.id}/floor-${per}`,
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
  return lines.flatMap(({ occasion, rule, version: { plan } }) =>
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
