import { compareRatios, formatRatio, multiply, ratio, type Ratio } from '../money/ratio.js';
import { periodOf } from '../program/calendar.js';
import { carried, type DraftLine, type Refuse } from './draft-line.js';
import type { Multiplier } from './plan.js';
import type { Scope } from './scope.js';
import { bandReached } from './volume.js';

/** Multiplies by what the partner's metrics are worth. A metric that is not known yet makes the line wait, unless the plan says otherwise. */
export function applyMultipliers(lines: readonly DraftLine[], refuse: Refuse, scope: Scope): readonly DraftLine[] {
  if (lines.every(({ rule }) => rule.multipliers.length === 0)) return lines;
  return lines.flatMap((line) => {
    let result: DraftLine | null = line;
    for (const multiplier of line.rule.multipliers) {
      if (result !== null) result = multiplied(result, multiplier, refuse, scope);
    }
    return result ?? [];
  });
}

function multiplied(line: DraftLine, multiplier: Multiplier, refuse: Refuse, scope: Scope): DraftLine | null {
  const { metric, otherwise } = multiplier;
  const value = scope.metricOf(line.partnerId, metric, line.occasion.on);
  const times = value === null ? otherwise : timesOf(multiplier, value);
  if (times === null) {
    refuse(line, 'metric', 'metric-missing', { metric, partnerId: line.partnerId, period: periodOf(line.occasion.on) });
    return null;
  }
  const shown = value === null ? 'is not known' : `is ${formatRatio(value)}`;
  const sentence = `The metric ${metric} ${shown}: what was earned counts ${formatRatio(times)} times.`;
  const tell = () => ({ step: 'multiplier', sentence, metric, times: formatRatio(times) });
  return carried(line, multiply(line.value, times), { step: 'told', tell });
}

function timesOf(multiplier: Multiplier, value: Ratio): Ratio {
  if (multiplier.kind === 'bands') {
    const band = bandReached(multiplier.bands, value, multiplier.boundary, ({ from }) => from);
    return band === undefined || compareRatios(value, band.from) < 0 ? ratio(0n) : band.times;
  }
  const { target, least, most } = multiplier;
  const attained = ratio(value.numerator * target.denominator, value.denominator * target.numerator);
  if (least !== null && compareRatios(attained, least) < 0) return least;
  if (most !== null && compareRatios(attained, most) > 0) return most;
  return attained;
}
