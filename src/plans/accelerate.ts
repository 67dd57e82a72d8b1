import { add, compareRatios, formatRatio, multiply, ratio, subtract, type Ratio } from '../money/ratio.js';
import { periodOf } from '../program/calendar.js';
import { carried, isBeside, readingIn, type DraftLine, type Refuse } from './draft-line.js';
import { converted, rateFor } from './exchange.js';
import type { Accelerator } from './plan.js';
import type { Scope } from './scope.js';
import { formatExact } from './step.js';
import { bandReached, inVolume, periodOfLine, place, type PlacedLine, type Sized } from './volume.js';

const zero = ratio(0n);
const one = ratio(1n);

/** Raises what is earned beyond a quota: on the part of the volume that lies beyond, or where the plan says so on all of it. */
export function accelerate(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  if (lines.every(({ rule }) => rule.accelerator === null)) return lines;
  const others = lines.filter((line) => line.rule.accelerator === null || isBeside(line));
  const sized = lines.flatMap((line) => (others.includes(line) ? [] : sizedLine(line, refuse, scope)));
  const placed = place(sized, (line) => acceleratorOf(line).volume, refuse, scope);
  return [...others, ...placed.flatMap((one) => raised(one, refuse, scope))];
}

function acceleratorOf({ rule }: DraftLine): Accelerator {
  if (rule.accelerator === null) throw new TypeError('only lines with an accelerator are placed');
  return rule.accelerator;
}

/** Volume is what the deal is worth to the plan, not what it earns. */
function sizedLine(line: DraftLine, refuse: Refuse, scope: Scope): readonly Sized[] {
  const { volume } = acceleratorOf(line);
  const { share } = line;
  if (volume.by !== 'amount') return line.currency === null ? [] : [{ line, currency: line.currency, size: one }];
  const reading = readingIn(line, refuse);
  if (reading === null) return [];
  const minor = share === null ? reading.minor : multiply(reading.minor, share);
  const to = volume.currency ?? reading.currency;
  if (to === reading.currency) return [{ line, currency: to, size: minor }];
  const rate = rateFor(line, reading.currency, to, refuse, scope);
  return rate === null ? [] : [{ line, currency: to, size: converted(minor, reading.currency, to, rate) }];
}

function raised(placed: PlacedLine, refuse: Refuse, scope: Scope): readonly DraftLine[] {
  const { line, before, after, total, currency } = placed;
  const { volume, quota, bands } = acceleratorOf(line);
  const wanted = quota.kind === 'number' ? quota.value : scope.metricOf(line.partnerId, quota.metric, line.occasion.on);
  if (wanted === null || compareRatios(wanted, zero) <= 0) {
    const metric = quota.kind === 'metric' ? quota.metric : null;
    refuse(line, 'metric', 'metric-missing', { metric, partnerId: line.partnerId, period: periodOf(line.occasion.on) });
    return [];
  }
  const goal = inVolume(wanted, volume.by, currency);
  const thresholdOf = ({ from }: { readonly from: Ratio }): Ratio => multiply(from, goal);
  const isSliced = volume.mode === 'marginal' && volume.by === 'amount';
  const reached = volume.mode === 'retroactive' ? total : after;
  const times = isSliced
    ? averageTimes(bands, thresholdOf, before, after)
    : (bandReached(bands, reached, volume.boundary, thresholdOf)?.times ?? one);
  if (compareRatios(times, one) === 0) return [line];
  const result = multiply(line.value, times);
  const tell = () => {
    const shown = (size: Ratio): string =>
      volume.by === 'amount' ? `${formatExact(size, currency)} ${currency}` : formatRatio(size);
    const sentence =
      `The volume of ${periodOfLine(line, volume.per)} goes from ${shown(before)} to ${shown(reached)}, against a quota of ` +
      `${shown(goal)}: what was earned counts ${formatRatio(times)} times.`;
    return { step: 'accelerator', sentence, quota: shown(goal), times: formatRatio(times) };
  };
  return [carried(line, result, { step: 'told', tell })];
}

/** How many times a deal counts whose volume lies in several bands. */
function averageTimes(
  bands: Accelerator['bands'],
  thresholdOf: (band: Accelerator['bands'][number]) => Ratio,
  before: Ratio,
  after: Ratio,
): Ratio {
  const size = subtract(after, before);
  if (compareRatios(size, zero) <= 0) return one;
  let sum = zero;
  bands.forEach((band, index) => {
    const next = bands[index + 1];
    const begin = thresholdOf(band);
    const from = compareRatios(before, begin) < 0 ? begin : before;
    const end = next === undefined ? after : thresholdOf(next);
    const to = compareRatios(after, end) < 0 ? after : end;
    if (compareRatios(from, to) < 0) sum = add(sum, multiply(subtract(to, from), band.times));
  });
  return ratio(sum.numerator * size.denominator, sum.denominator * size.numerator);
}
