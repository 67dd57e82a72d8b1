import { z } from 'zod';
import { compareRatios, ratio } from '../money/ratio.js';
import {
  checked,
  figure,
  metricName,
  number,
  oneOf,
  storedFigure,
  storedNumber,
  storedRate,
} from './document-parts.js';
import { factorBands, volumeFields, volumeOf } from './pay-document.js';
import { tierBoundaries } from './pay.js';
import type { Accelerator, Multiplier } from './plan.js';

const expected = {
  multiply:
    'a list of factors, as { metric: NAME, bands: [{ from: 0, times: 0.8 }, { from: 90, times: 1 }] } or { metric: NAME, target: 100 }',
  bandsOrTarget: 'bands or target, one of them',
  target: 'a number above zero',
  ofTarget: '`target` beside it: with bands, the bands say what is least and most',
  most: 'at least `least`',
  accelerator:
    'an accelerator, as { per: quarter, quota: 50000, bands: [{ from: 100, times: 1.5 }] }, where from is a percentage of the quota',
} as const;

const maxFactors = 10;

const multiplier = checked(
  z.strictObject(
    {
      metric: metricName,
      bands: factorBands.optional(),
      boundary: z.enum(tierBoundaries, { error: oneOf(tierBoundaries) }).default('at-or-above'),
      target: number.optional(),
      least: number.optional(),
      most: number.optional(),
      otherwise: number.optional(),
    },
    { error: expected.multiply },
  ),
  ({ bands, target, least, most }, refuse) => {
    if ((bands === undefined) === (target === undefined)) refuse([], expected.bandsOrTarget);
    if (target !== undefined && storedNumber(target).numerator === 0n) refuse(['target'], expected.target);
    if (bands !== undefined && least !== undefined) refuse(['least'], expected.ofTarget);
    if (bands !== undefined && most !== undefined) refuse(['most'], expected.ofTarget);
    if (least !== undefined && most !== undefined && compareRatios(storedNumber(least), storedNumber(most)) > 0) {
      refuse(['most'], `${expected.most}, which is ${least}`);
    }
  },
);

export const accelerator = z.strictObject(
  { ...volumeFields, quota: figure, bands: factorBands },
  { error: expected.accelerator },
);

/** Factors that are applied one after the other. */
export const multipliers = z
  .array(multiplier, { error: expected.multiply })
  .min(1, { error: expected.multiply })
  .max(maxFactors, { error: expected.multiply });

export function acceleratorOf({ quota, bands, ...volume }: z.output<typeof accelerator>): Accelerator {
  const factors = bands.map(({ from, times }) => ({ from: storedRate(from), times: storedNumber(times) }));
  const [first] = factors;
  // What is below the first band counts once.
  const below = first === undefined || first.from.numerator > 0n ? [{ from: ratio(0n), times: ratio(1n) }] : [];
  return { volume: volumeOf(volume), quota: storedFigure(quota), bands: [...below, ...factors] };
}

export function multiplierOf(document: z.output<typeof multiplier>): Multiplier {
  const { metric, bands, boundary, target, least, most, otherwise } = document;
  const common = { metric, otherwise: otherwise === undefined ? null : storedNumber(otherwise) };
  if (bands !== undefined) {
    return {
      ...common,
      kind: 'bands',
      boundary,
      bands: bands.map(({ from, times }) => ({ from: storedNumber(from), times: storedNumber(times) })),
    };
  }
  return {
    ...common,
    kind: 'target',
    target: storedNumber(target ?? '1'),
    least: least === undefined ? null : storedNumber(least),
    most: most === undefined ? null : storedNumber(most),
  };
}
