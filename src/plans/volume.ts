import { decimalsOf, type Currency } from '../money/currency.js';
import { add, compareRatios, multiply, powerOfTen, ratio, type Ratio } from '../money/ratio.js';
import { periodOf, quarterOf, yearOf, type Day } from '../program/calendar.js';
import type { DraftLine, Refuse } from './draft-line.js';
import type { TierBoundary, TierPeriod, VolumeTerms } from './pay.js';
import type { Scope } from './scope.js';

/** A line in its place among those that add up to a volume with it. */
export interface PlacedLine {
  readonly line: DraftLine;
  /** Currency of the volume, where it is an amount. */
  readonly currency: Currency;
  /** The volume before this line, with it, and of the whole period. Amounts are exact minor units. */
  readonly before: Ratio;
  readonly after: Ratio;
  readonly total: Ratio;
  /** The most that the volume had come to before this line, whatever was given back since. */
  readonly peak: Ratio;
}

/** A line that adds to a volume, with what it adds while nothing is given back. */
export interface Sized {
  readonly line: DraftLine;
  readonly currency: Currency;
  readonly size: Ratio;
}

/** What lines are added up to: a partner's under a rule in a period, of amounts of one currency or of deals. */
export interface Volume {
  readonly partnerId: string;
  readonly slug: string;
  readonly ruleId: string;
  /** `2026-03`, `2026-Q1` or `2026`; a deal by itself has its id. */
  readonly period: string;
  /** A currency, or `deals`. */
  readonly measure: string;
}

const zero = ratio(0n);
const one = ratio(1n);

/**
 * Puts lines in their places: a volume is added up per partner, rule and period, in the order of time, of amounts of one
 * currency or of deals. What the customer got back no longer counts. A volume that is a metric is the same for every line.
 */
export function place(
  sized: readonly Sized[],
  termsOf: (line: DraftLine) => VolumeTerms,
  refuse: Refuse,
  scope: Scope,
): readonly PlacedLine[] {
  const groups = new Map<string, Sized[]>();
  for (const one of sized) {
    const name = nameOfVolume(volumeOfLine(one, termsOf(one.line)));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  const { elsewhere } = scope.facts;
  return [...groups].flatMap(([name, group]) =>
    placeGroup(group, elsewhere?.get(name) ?? zero, { termsOf, refuse, scope }),
  );
}

export function nameOfVolume({ partnerId, slug, ruleId, period, measure }: Volume): string {
  return `${partnerId}|${slug}|${ruleId}|${period}|${measure}`;
}

export function volumeOfLine({ line, currency }: Sized, { by, per }: VolumeTerms): Volume {
  return {
    partnerId: line.partnerId,
    slug: line.version.plan.slug,
    ruleId: line.rule.id,
    period: periodOfLine(line, per),
    measure: by === 'amount' ? currency : 'deals',
  };
}

/** What a line adds to its volume. Volume is net: what was given back does not count. */
export function countedSize({ line, size }: Sized, by: 'amount' | 'count'): Ratio {
  if (line.takeBacks.length === 0) return by === 'count' ? one : size;
  const left = leftOf(line);
  // A deal that was given back whole is not counted.
  if (by === 'count') return left.numerator === 0n ? zero : one;
  return multiply(size, left);
}

/** The period a line's volume counts in: a deal by itself, `2026-03`, `2026-Q1` or `2026`. */
export function periodOfLine({ occasion }: DraftLine, per: TierPeriod): string {
  return per === 'deal' ? (occasion.deal?.id ?? occasion.key) : periodName(occasion.on, per);
}

export function periodName(day: Day, per: Exclude<TierPeriod, 'deal'>): string {
  switch (per) {
    case 'month':
      return periodOf(day);
    case 'quarter':
      return quarterOf(day);
    case 'year':
      return yearOf(day);
  }
}

/** The last of the bands that a volume reaches; the first where it reaches none. */
export function bandReached<Band extends { readonly from: Ratio }>(
  bands: readonly Band[],
  volume: Ratio,
  boundary: TierBoundary,
  thresholdOf: (band: Band) => Ratio,
): Band | undefined {
  return bands.findLast((band, index) => {
    const order = compareRatios(volume, thresholdOf(band));
    // The first band has no lower neighbour to give a volume that is exactly its beginning to.
    return index === 0 || order > 0 || (order === 0 && boundary === 'at-or-above');
  });
}

/** A number of the plan in what a volume is measured in: amounts are minor units. */
export function inVolume(value: Ratio, by: VolumeTerms['by'], currency: Currency): Ratio {
  return by === 'amount' ? multiply(value, ratio(powerOfTen(decimalsOf(currency)))) : value;
}

/** What is earned by one thing goes in the order of the rules, whatever they pay by. */
export function inOrderOfTime(one: DraftLine, other: DraftLine): number {
  const [a, b] = [one.occasion, other.occasion];
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return placeOfRule(one) - placeOfRule(other);
}

function placeOfRule({ rule, version: { plan } }: DraftLine): number {
  return plan.rules.indexOf(rule);
}

/** What is left of a line's whole after everything the customer got back. */
export function leftOf({ takeBacks }: DraftLine): Ratio {
  return takeBacks.findLast(({ left }) => left !== null)?.left ?? one;
}

interface Placing {
  readonly termsOf: (line: DraftLine) => VolumeTerms;
  readonly refuse: Refuse;
  readonly scope: Scope;
}

/** @param elsewhere what deals that are not in the scope add to the volume */
function placeGroup(
  group: readonly Sized[],
  elsewhere: Ratio,
  { termsOf, refuse, scope }: Placing,
): readonly PlacedLine[] {
  const inOrder = group.length === 1 ? group : group.toSorted((a, b) => inOrderOfTime(a.line, b.line));
  const [first] = inOrder;
  if (first === undefined) return [];
  const { by } = termsOf(first.line);
  if (typeof by === 'object') return placeByMetric(inOrder, by.metric, refuse, scope);
  const sizes = inOrder.map((sized) => countedSize(sized, by));
  let before = add(openingOf(first, termsOf(first.line), scope), elsewhere);
  const total = sizes.reduce(add, before);
  let peak = before;
  return inOrder.map(({ line, size, currency }, index) => {
    const after = add(before, by === 'count' ? one : size);
    const placed = { line, currency, before, after, total, peak };
    if (compareRatios(after, peak) > 0) peak = after;
    before = add(before, sizes[index] ?? zero);
    return placed;
  });
}

function openingOf({ line, currency }: Sized, { opening, by }: VolumeTerms, scope: Scope): Ratio {
  if (opening === null) return zero;
  const value =
    opening.kind === 'number' ? opening.value : scope.metricOf(line.partnerId, opening.metric, line.occasion.on);
  return value === null ? zero : inVolume(value, by, currency);
}

/** The metric of the day is the volume of each; what was reached before is what an earlier one had. */
function placeByMetric(inOrder: readonly Sized[], metric: string, refuse: Refuse, scope: Scope): readonly PlacedLine[] {
  let peak = zero;
  return inOrder.flatMap(({ line, currency }) => {
    const value = scope.metricOf(line.partnerId, metric, line.occasion.on);
    if (value === null) {
      const period = periodOf(line.occasion.on);
      refuse(line, 'metric', 'metric-missing', { metric, partnerId: line.partnerId, period });
      return [];
    }
    const placed = { line, currency, before: value, after: value, total: value, peak };
    if (compareRatios(value, peak) > 0) peak = value;
    return [placed];
  });
}
