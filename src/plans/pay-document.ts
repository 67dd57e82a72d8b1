import { z } from 'zod';
import { compareRatios, formatRatio, ratio, type Ratio } from '../money/ratio.js';
import { assertDefined } from '../platform/assert.js';
import {
  checked,
  currency,
  expected as part,
  fieldName,
  figure,
  metricName,
  money,
  months,
  number,
  numberOrText,
  oneOf,
  percent,
  readNumber,
  storedFigure,
  storedMoney,
  storedMoneyOrNull,
  storedNumber,
  storedRate,
} from './document-parts.js';
import { slipOfNumber, withSlip } from './slips.js';
import {
  namedBases,
  tierBoundaries,
  tierMeasures,
  tierModes,
  tierPeriods,
  type PlanBase,
  type PlanPay,
  type RevShare,
  type TierBand,
  type VolumeTerms,
} from './pay.js';

const expected = {
  base: `${namedBases.join(', ')}, or a CRM field that the program maps, as { field: NAME }`,
  pay: 'a percentage, as { percent: 10, of: amount }, a fixed sum, as { flat: 250 EUR }, { tiers: … } or { revshare: … }',
  tiers: 'tiers, as { of: amount, per: month, bands: [{ from: 0, percent: 5 }, { from: 10000, percent: 8 }] }',
  tierOf: 'what is paid on, where a band pays a percentage or the volume is an amount',
  bands: 'a list of 1 to 50 bands, each as { from: 0, percent: 5 } or { from: 0, flat: 50 EUR }',
  band: 'a band, as { from: 0, percent: 5 } or { from: 0, flat: 50 EUR }',
  bandPay: 'percent or flat, one of them',
  from: 'where the band begins: a number that is not negative, whole where deals are counted',
  firstBand: '0, so that no volume is below every band',
  nextBand: 'a number above the one before, whole where deals are counted: each band begins where the one before ends',
  factors: 'a list of 1 to 50 bands, each as { from: 80, times: 1.2 }',
  factorBand: 'a band, as { from: 80, times: 1.2 }',
  nextFactor: 'a number above the one before: each band begins where the one before ends',
  by: 'amount, count or { metric: NAME }',
  revshare:
    'a share of what the customer pays, as { percent: 20, months: 12 } or { schedule: [{ months: 12, percent: 25 }, { percent: 10 }] }',
  percentOrSchedule: 'percent or schedule, one of them',
  schedule: 'a list of 1 to 60 parts, each as { months: 12, percent: 25 }; only the last may go without months',
} as const;

const maxBands = 50;
const maxSchedule = 60;
const zero = ratio(0n);

const base = z.union([z.enum(namedBases), z.strictObject({ field: fieldName })], { error: expected.base });

const tierBand = checked(
  z.strictObject(
    {
      from: numberOrText(expected.from),
      percent: percent.optional(),
      flat: money.optional(),
      bonus: money.optional(),
    },
    { error: expected.band },
  ),
  (band, refuse) => {
    if ((band.percent === undefined) === (band.flat === undefined)) refuse([], expected.bandPay);
  },
);

/** What tiers and accelerators have in common. */
export const volumeFields = {
  by: z.union([z.enum(tierMeasures), z.strictObject({ metric: metricName })], { error: expected.by }).default('amount'),
  per: z.enum(tierPeriods, { error: oneOf(tierPeriods) }).default('month'),
  mode: z.enum(tierModes, { error: oneOf(tierModes) }).default('marginal'),
  boundary: z.enum(tierBoundaries, { error: oneOf(tierBoundaries) }).default('at-or-above'),
  currency: currency.optional(),
  opening: figure.optional(),
};

const tiers = checked(
  z.strictObject(
    {
      of: base.optional(),
      ...volumeFields,
      bands: z.array(tierBand, { error: expected.bands }).min(1, { error: expected.bands }).max(maxBands, {
        error: expected.bands,
      }),
    },
    { error: expected.tiers },
  ),
  ({ by, of, bands }, refuse) => {
    if (of === undefined && (by === 'amount' || bands.some((band) => band.percent !== undefined))) {
      refuse(['of'], expected.tierOf);
    }
    let before: Ratio | null = null;
    for (const [index, { from }] of bands.entries()) {
      const value = readThreshold(from, by);
      const words = before === null ? expected.firstBand : expected.nextBand;
      const follows =
        value !== null && (before === null ? compareRatios(value, zero) === 0 : compareRatios(value, before) > 0);
      if (!follows) refuse(['bands', index, 'from'], withSlip(words, slipOfNumber, from));
      before = value ?? before;
    }
  },
).transform(({ bands, ...terms }) => ({
  ...terms,
  bands: bands.map(({ from, ...band }) => ({ from: thresholdText(from), ...band })),
}));

const schedulePart = z.strictObject({ months: months.optional(), percent }, { error: expected.schedule });

const revshare = checked(
  z.strictObject(
    {
      percent: percent.optional(),
      months: months.optional(),
      schedule: z
        .array(schedulePart, { error: expected.schedule })
        .min(1, { error: expected.schedule })
        .max(maxSchedule, { error: expected.schedule })
        .optional(),
      of: base.default('amount'),
      start: z.enum(['won', 'first-payment'], { error: oneOf(['won', 'first-payment']) }).default('won'),
      baseline: money.optional(),
      recognise: z.enum(['cash', 'straight-line'], { error: oneOf(['cash', 'straight-line']) }).default('cash'),
    },
    { error: expected.revshare },
  ),
  ({ percent: rate, months: term, schedule }, refuse) => {
    if ((rate === undefined) === (schedule === undefined) || (schedule !== undefined && term !== undefined)) {
      refuse(['schedule'], expected.percentOrSchedule);
    }
    schedule?.slice(0, -1).forEach((one, index) => {
      if (one.months === undefined) refuse(['schedule', index, 'months'], part.months);
    });
  },
);

export const pay = z.union(
  [
    z.strictObject({ percent, of: base }),
    z.strictObject({ flat: money }),
    z.strictObject({ tiers }),
    z.strictObject({ revshare }),
  ],
  { error: expected.pay },
);
export type PayDocument = z.output<typeof pay>;

/** What a document says a rule pays. */
export function payOf(document: PayDocument): PlanPay {
  if ('flat' in document) return { kind: 'flat', money: storedMoney(document.flat) };
  if ('percent' in document) {
    return { kind: 'percent', rate: storedRate(document.percent), of: planBaseOf(document.of) };
  }
  if ('revshare' in document) {
    return { kind: 'revshare', revshare: revshareOf(document.revshare), of: planBaseOf(document.revshare.of) };
  }
  const { of, bands, ...terms } = document.tiers;
  return {
    kind: 'tiers',
    of: of === undefined ? null : planBaseOf(of),
    tiers: { ...volumeOf(terms), bands: bands.map((band) => tierBandOf(band)) },
  };
}

type Place = readonly (string | number)[];

/** Every percentage it pays, as text, with where in it that stands. */
export function percentagesOf(document: PayDocument): readonly (readonly [Place, string])[] {
  if ('flat' in document) return [];
  if ('percent' in document) return [[['percent'], document.percent]];
  if ('tiers' in document) {
    return document.tiers.bands.flatMap(({ percent: rate }, index): [Place, string][] =>
      rate === undefined ? [] : [[['tiers', 'bands', index, 'percent'], rate]],
    );
  }
  const { percent: rate, schedule = [] } = document.revshare;
  return [
    ...(rate === undefined ? [] : [[['revshare', 'percent'], rate] as const]),
    ...schedule.map((one, index) => [['revshare', 'schedule', index, 'percent'], one.percent] as const),
  ];
}

type VolumeDocument = Omit<Extract<PayDocument, { tiers: unknown }>['tiers'], 'of' | 'bands'>;

export function volumeOf({ currency: paidIn, opening, by, per, mode, boundary }: VolumeDocument): VolumeTerms {
  return {
    by,
    per,
    mode,
    boundary,
    currency: paidIn ?? null,
    opening: opening === undefined ? null : storedFigure(opening),
  };
}

function tierBandOf(band: Extract<PayDocument, { tiers: unknown }>['tiers']['bands'][number]): TierBand {
  const { from, percent: rate, flat, bonus } = band;
  return {
    from: storedNumber(from),
    pay:
      rate === undefined
        ? { kind: 'flat', money: storedMoney(assertDefined(flat, 'a band pays something')) }
        : { kind: 'rate', rate: storedRate(rate) },
    bonus: storedMoneyOrNull(bonus),
  };
}

function revshareOf(document: Extract<PayDocument, { revshare: unknown }>['revshare']): RevShare {
  const { percent: rate, months: term, schedule, start, baseline, recognise } = document;
  const parts = schedule ?? [{ months: term, percent: rate ?? '0' }];
  return {
    schedule: parts.map((one) => ({ months: one.months ?? null, rate: storedRate(one.percent) })),
    start,
    baseline: storedMoneyOrNull(baseline),
    recognise,
  };
}

function planBaseOf(document: z.output<typeof base>): PlanBase {
  return typeof document === 'string' ? { kind: document } : { kind: 'field', field: document.field };
}

/** Where a band begins, as a number; null where it cannot. */
function readThreshold(value: number | string, by: VolumeTerms['by']): Ratio | null {
  const threshold = readNumber(value);
  if (threshold === null) return null;
  return by === 'count' && threshold.numerator % threshold.denominator !== 0n ? null : threshold;
}

function thresholdText(value: number | string): string {
  const threshold = readNumber(value);
  return threshold === null ? String(value) : formatRatio(threshold);
}

/** Bands of factors, the first from zero. */
export const factorBands = checked(
  z
    .array(z.strictObject({ from: number, times: number }, { error: expected.factorBand }), { error: expected.factors })
    .min(1, { error: expected.factors })
    .max(maxBands, { error: expected.factors }),
  (bands, refuse) => {
    bands.forEach(({ from }, index) => {
      const before = bands[index - 1];
      if (before === undefined || compareRatios(storedNumber(before.from), storedNumber(from)) < 0) return;
      refuse([index, 'from'], expected.nextFactor);
    });
  },
);
