import { monthName, quarterName, yearName } from './days.js';
import { rateOf, times, type Earning } from './earning.js';
import { Fraction, greaterOf, lesserOf, nothing, percentOf, sumOf, whole } from './fraction.js';
import type { VolumeText } from './plan-text.js';
import { exchanged, metricOf, minorUnits, moneyText, type World } from './world.js';

/** Where an earning stands in a volume: what came before it, with it, and of the whole period. */
interface Place {
  readonly before: Fraction;
  readonly after: Fraction;
  readonly total: Fraction;
  /** The most it had come to before. */
  readonly peak: Fraction;
}

interface Counted {
  readonly earning: Earning;
  readonly volume: VolumeText;
  /** What it adds, in minor units of a currency, or one. */
  readonly size: Fraction;
  readonly currency: string;
}

/** Pays by the band that is reached, over the partner's deals of a period in the order in which they were won. */
export function withTiers(world: World, earnings: readonly Earning[]): Earning[] {
  const counted = earnings.flatMap((earning): Counted[] => {
    const { pay } = earning.rule;
    if (!('tiers' in pay)) return [];
    // Counted deals that are paid fixed sums have nothing that could be exchanged.
    const currency = (pay.tiers.of === undefined ? undefined : pay.tiers.currency) ?? earning.currency;
    const rate = rateOf(world, earning.event, earning.currency, currency);
    if (rate === null) return [];
    const value = exchanged(earning.value, earning.currency, currency, rate);
    const own = { ...earning, value, stayed: value, currency };
    return [{ earning: own, volume: pay.tiers, currency, size: pay.tiers.by === 'count' ? whole : value }];
  });
  const others = earnings.filter(({ rule }) => !('tiers' in rule.pay));
  return [...others, ...counted.flatMap((one) => paidByBand(one, placeOf(world, one, counted)))];
}

/** Volume is net of refunds; a deal that was given back whole is not counted. The one that is looked at counts in full. */
function placeOf(world: World, one: Counted, all: readonly Counted[]): Place {
  const together = all.filter((other) => isTogether(one, other)).toSorted(byTime);
  const net = ({ earning: { left }, size, volume }: Counted): Fraction => {
    if (volume.by === 'count') return left.is(nothing) ? nothing : whole;
    return size.times(left);
  };
  const opening = openingOf(world, together[0]!);
  const before = opening.plus(sumOf(together.slice(0, together.indexOf(one)).map(net)));
  const earlier = together.slice(0, together.indexOf(one));
  const heights = earlier.map((other, index) => opening.plus(sumOf(earlier.slice(0, index).map(net))).plus(other.size));
  const peak = heights.reduce(greaterOf, opening);
  return { before, after: before.plus(one.size), total: opening.plus(sumOf(together.map(net))), peak };
}

/** Of one partner, rule and period; amounts of one currency. Versions of one plan go on counting where the last one stopped. */
function isTogether(a: Counted, b: Counted): boolean {
  const measured = ({ volume, currency }: Counted): string => (volume.by === 'count' ? 'deals' : currency);
  return (
    a.earning.event.partnerId === b.earning.event.partnerId &&
    a.earning.event.version.text.plan === b.earning.event.version.text.plan &&
    a.earning.rule.id === b.earning.rule.id &&
    periodOf(a) === periodOf(b) &&
    measured(a) === measured(b)
  );
}

function periodOf({ earning: { event }, volume }: Counted): string {
  const per = volume.per ?? 'month';
  return per === 'deal' ? (event.deal?.id ?? event.occasion) : periodName(event.on, per);
}

export function periodName(day: string, per: 'month' | 'quarter' | 'year'): string {
  return per === 'month' ? monthName(day) : per === 'quarter' ? quarterName(day) : yearName(day);
}

/**
 * In the order of time. Silent: what happened at the same moment goes in the order of what names it, and what one event earns in
 * the order of the rules.
 */
export function inOrder(a: Earning, b: Earning): number {
  if (a.event.at !== b.event.at) return a.event.at < b.event.at ? -1 : 1;
  if (a.event.occasion !== b.event.occasion) return a.event.occasion < b.event.occasion ? -1 : 1;
  const place = ({ event, rule }: Earning): number => event.version.text.rules.indexOf(rule);
  return place(a) - place(b);
}

function byTime(a: Counted, b: Counted): number {
  return inOrder(a.earning, b.earning);
}

/** Silent: where versions of a plan open a period with different numbers, that of the first deal counts. */
function openingOf(world: World, { earning, volume, currency }: Counted): Fraction {
  const value = figureOf(world, earning, volume.opening ?? 0) ?? nothing;
  return volume.by === 'count' ? value : value.times(minorUnits(currency));
}

function figureOf(world: World, { event }: Earning, figure: number | { readonly metric: string }): Fraction | null {
  return typeof figure === 'number' ? Fraction.text(figure) : metricOf(world, event.partnerId, figure.metric, event.on);
}

/** The last band whose beginning a volume has reached; the first where it has reached none. */
function bandOf<Band extends object>(
  bands: readonly Band[],
  volume: Fraction,
  boundary: VolumeText['boundary'],
  begin: (band: Band) => Fraction,
): Band {
  let reached = bands[0]!;
  for (const band of bands) if (isReached(volume, begin(band), boundary)) reached = band;
  return reached;
}

function isReached(volume: Fraction, begin: Fraction, boundary: VolumeText['boundary'] = 'at-or-above'): boolean {
  return volume.isAbove(begin) || (boundary === 'at-or-above' && volume.is(begin));
}

function paidByBand({ earning, currency }: Counted, { before, after, total, peak }: Place): Earning[] {
  const { pay } = earning.rule;
  if (!('tiers' in pay)) return [];
  const { bands, by, mode = 'marginal', boundary } = pay.tiers;
  const begin = ({ from }: { readonly from: number }): Fraction =>
    by === 'count' ? Fraction.text(from) : Fraction.text(from).times(minorUnits(currency));
  const bonuses = bands.flatMap((band, index): Earning[] => {
    if (band.bonus === undefined || !isReached(after, begin(band), boundary)) return [];
    if (peak.isAbove(nothing) && isReached(peak, begin(band), boundary)) return [];
    const { minor, currency: paidIn } = moneyText(band.bonus);
    const component = `${earning.rule.id}/bonus-${String(index + 1)}`;
    return [{ ...earning, component, isBandBonus: true, currency: paidIn, value: minor, stayed: minor }];
  });
  const isSliced = mode === 'marginal' && by !== 'count' && bands.every(({ percent }) => percent !== undefined);
  if (isSliced) {
    const value = sumOf(
      bands.map((band, index) => {
        const next = bands[index + 1];
        const from = greaterOf(before, begin(band));
        const to = next === undefined ? after : lesserOf(after, begin(next));
        return to.isAbove(from) ? to.minus(from).times(percentOf(band.percent!)) : nothing;
      }),
    );
    return [{ ...earning, value, stayed: value }, ...bonuses];
  }
  // Counted deals, and fixed sums, lie in one band as a whole: with `retroactive` that of the whole period.
  const band = bandOf(bands, mode === 'retroactive' ? total : after, boundary, begin);
  if (band.flat === undefined) return [times(earning, percentOf(band.percent!)), ...bonuses];
  const { minor, currency: paidIn } = moneyText(band.flat);
  return [{ ...earning, currency: paidIn, value: minor, stayed: minor }, ...bonuses];
}

/** What is earned on the volume beyond a quota counts so many times. */
export function accelerated(world: World, earnings: readonly Earning[]): Earning[] {
  const isMeant = ({ rule, isBandBonus }: Earning): boolean => rule.accelerator !== undefined && !isBandBonus;
  const counted = earnings.filter(isMeant).flatMap((earning): Counted[] => {
    const volume = earning.rule.accelerator!;
    if (volume.by === 'count') return [{ earning, volume, currency: earning.currency, size: whole }];
    if (earning.base === null) return [];
    const currency = volume.currency ?? earning.base.currency;
    const rate = rateOf(world, earning.event, earning.base.currency, currency);
    if (rate === null) return [];
    const minor = exchanged(earning.base.minor, earning.base.currency, currency, rate);
    return [{ earning, volume, currency, size: minor.times(earning.event.ownShare ?? whole) }];
  });
  return [
    ...earnings.filter((earning) => !isMeant(earning)),
    ...counted.flatMap((one) => raised(world, one, placeOf(world, one, counted))),
  ];
}

function raised(world: World, { earning, volume, currency }: Counted, { before, after, total }: Place): Earning[] {
  const { quota, bands: written } = earning.rule.accelerator!;
  const wanted = figureOf(world, earning, quota);
  if (wanted === null) return [];
  const goal = volume.by === 'count' ? wanted : wanted.times(minorUnits(currency));
  // What is below the first band counts once.
  const bands = written[0]!.from > 0 ? [{ from: 0, times: 1 }, ...written] : written;
  const begin = ({ from }: { readonly from: number }): Fraction => percentOf(from).times(goal);
  if ((volume.mode ?? 'marginal') !== 'marginal' || volume.by === 'count') {
    const reached = volume.mode === 'retroactive' ? total : after;
    return [times(earning, Fraction.text(bandOf(bands, reached, volume.boundary, begin).times))];
  }
  const counts = sumOf(
    bands.map((band, index) => {
      const next = bands[index + 1];
      const from = greaterOf(before, begin(band));
      const to = next === undefined ? after : lesserOf(after, begin(next));
      return to.isAbove(from) ? to.minus(from).times(Fraction.text(band.times)) : nothing;
    }),
  );
  return [times(earning, counts.over(after.minus(before)))];
}

/** Multiplies by what the partner's metrics are worth; a metric that is not known makes the line wait. */
export function multiplied(world: World, earnings: readonly Earning[]): Earning[] {
  return earnings.flatMap((earning) => {
    let result: Earning | null = earning;
    for (const { metric, otherwise, bands, boundary, target, least, most } of earning.rule.multiply ?? []) {
      if (result === null) continue;
      const value = metricOf(world, earning.event.partnerId, metric, earning.event.on);
      let factor: Fraction | null = otherwise === undefined ? null : Fraction.text(otherwise);
      if (value !== null && bands !== undefined) {
        const band = bandOf(bands, value, boundary, ({ from }) => Fraction.text(from));
        // Silent: below the first band nothing is earned.
        factor = value.isBelow(Fraction.text(band.from)) ? nothing : Fraction.text(band.times);
      } else if (value !== null) {
        factor = value.over(Fraction.text(target!));
        if (least !== undefined) factor = greaterOf(factor, Fraction.text(least));
        if (most !== undefined) factor = lesserOf(factor, Fraction.text(most));
      }
      result = factor === null ? null : times(result, factor);
    }
    return result === null ? [] : [result];
  });
}
