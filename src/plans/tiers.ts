import { decimalsOf, type Currency } from '../money/currency.js';
import { add, compareRatios, multiply, powerOfTen, ratio, subtract, type Ratio } from '../money/ratio.js';
import { periodOf, quarterOf, yearOf } from '../program/calendar.js';
import { carried, type DraftLine, type Refuse } from './draft-line.js';
import { exchanged } from './exchange.js';
import type { TierBand, TierTable } from './plan.js';
import type { Scope } from './scope.js';

/** A line under tiers, ready to be put in its place among those of its period. */
interface TieredLine {
  readonly line: DraftLine;
  readonly currency: Currency;
  readonly tiers: TierTable;
  /** What it adds to the volume: exact minor units of `currency`, or one deal. */
  readonly size: Ratio;
}

const zero = ratio(0n);
const one = ratio(1n);

/**
 * Pays by volume: a rate from the band that was reached, over the partner's deals of a period in the order in which they were
 * won. Lines of other kinds pass through.
 */
export function applyTiers(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  if (lines.every(({ rule }) => rule.pay.kind !== 'tiers')) return lines;
  const groups = new Map<string, TieredLine[]>();
  const others: DraftLine[] = [];
  for (const line of lines) {
    const tiered = tieredLine(line, refuse, scope);
    if (tiered === 'other') others.push(line);
    else if (tiered !== null) {
      const key = groupOf(tiered);
      groups.set(key, [...(groups.get(key) ?? []), tiered]);
    }
  }
  return [...others, ...[...groups.values()].flatMap(rateGroup)];
}

function tieredLine(line: DraftLine, refuse: Refuse, scope: Scope): TieredLine | 'other' | null {
  const { pay } = line.rule;
  if (pay.kind !== 'tiers') return 'other';
  const inTheirCurrency = exchanged(line, pay.tiers.currency, refuse, scope);
  if (inTheirCurrency === null || inTheirCurrency.currency === null) return null;
  const size = pay.tiers.by === 'count' ? one : inTheirCurrency.value;
  return { line: inTheirCurrency, currency: inTheirCurrency.currency, tiers: pay.tiers, size };
}

/** Volumes add up per partner, rule and period; amounts of different currencies never do. */
function groupOf({ line, tiers, currency }: TieredLine): string {
  const { registration, version, rule } = line;
  const measured = tiers.by === 'amount' ? currency : 'deals';
  return [registration.partnerId, version.plan.slug, rule.id, periodOfLine(line, tiers), measured].join('|');
}

/** The period a line's volume counts in: a deal by itself, `2026-03`, `2026-Q1` or `2026`. */
function periodOfLine({ deal }: DraftLine, { per }: TierTable): string {
  switch (per) {
    case 'deal':
      return deal.id;
    case 'month':
      return periodOf(deal.wonOn);
    case 'quarter':
      return quarterOf(deal.wonOn);
    case 'year':
      return yearOf(deal.wonOn);
  }
}

function rateGroup(group: readonly TieredLine[]): readonly DraftLine[] {
  const inOrder = group.toSorted(({ line: a }, { line: b }) => (cameFirst(a, b) ? -1 : 1));
  const total = inOrder.reduce((sum, { size }) => add(sum, size), zero);
  let before = zero;
  return inOrder.map((tiered) => {
    const after = add(before, tiered.size);
    const rated = rateLine(tiered, before, after, total);
    before = after;
    return rated;
  });
}

function cameFirst(a: DraftLine, b: DraftLine): boolean {
  return a.deal.wonAt === b.deal.wonAt ? a.deal.id < b.deal.id : a.deal.wonAt < b.deal.wonAt;
}

function rateLine(tiered: TieredLine, before: Ratio, after: Ratio, total: Ratio): DraftLine {
  const { line, tiers, currency } = tiered;
  const volume = { by: tiers.by, period: periodOfLine(line, tiers), per: tiers.per, currency } as const;
  if (tiers.mode === 'marginal' && tiers.by === 'amount') {
    const started = carried(line, line.value, { step: 'volume', ...volume, mode: tiers.mode, before, after });
    return payBySlice(started, tiered, before, after);
  }
  // Counted deals each lie in one band as a whole: theirs, or with `retroactive` that of the whole period.
  const reached = tiers.mode === 'retroactive' ? total : after;
  const band = bandAt(tiered, reached);
  const started = carried(line, line.value, { step: 'volume', ...volume, mode: tiers.mode, before, after: reached });
  const result = multiply(line.value, band.rate);
  return carried(started, result, { step: 'rate', rate: band.rate, of: line.value, result, currency });
}

/** Each rate on the part of this deal's volume that lies in its band. */
function payBySlice(started: DraftLine, tiered: TieredLine, before: Ratio, after: Ratio): DraftLine {
  const { tiers, currency } = tiered;
  let paid = zero;
  let line = started;
  for (const [index, band] of tiers.bands.entries()) {
    const next = tiers.bands[index + 1];
    const from = greater(before, thresholdOf(band, tiered));
    const to = next === undefined ? after : lesser(after, thresholdOf(next, tiered));
    if (compareRatios(from, to) >= 0) continue;
    const of = subtract(to, from);
    const result = multiply(of, band.rate);
    paid = add(paid, result);
    line = carried(line, paid, { step: 'slice', rate: band.rate, of, result, total: paid, currency });
  }
  return line;
}

function bandAt(tiered: TieredLine, volume: Ratio): TierBand {
  const { bands, boundary } = tiered.tiers;
  const reached = bands.filter((band, index) => {
    const order = compareRatios(volume, thresholdOf(band, tiered));
    // The first band begins at zero and has no lower neighbour to give a zero to.
    return index === 0 || order > 0 || (order === 0 && boundary === 'at-or-above');
  });
  return reached.at(-1) ?? { from: zero, rate: zero };
}

/** Where a band begins, in what the volume is measured in. */
function thresholdOf({ from }: TierBand, { tiers, currency }: TieredLine): Ratio {
  return tiers.by === 'count' ? from : multiply(from, ratio(powerOfTen(decimalsOf(currency))));
}

function greater(a: Ratio, b: Ratio): Ratio {
  return compareRatios(a, b) < 0 ? b : a;
}

function lesser(a: Ratio, b: Ratio): Ratio {
  return compareRatios(a, b) < 0 ? a : b;
}
