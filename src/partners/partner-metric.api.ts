import { z } from 'zod';
import type { CsvForm } from '../platform/http/csv-form.js';
import { isMetricPeriod, metricName, metricValue } from './partner-metric.js';

const mostMetrics = 1_000;
const name = z.string().regex(metricName, {
  error: 'a letter, then letters, digits, hyphens and underscores, at most 50 characters',
});
const period = z
  .string()
  .refine(isMetricPeriod, { error: 'a month, quarter or year: YYYY-MM, YYYY-Qn or YYYY' })
  .meta({ description: 'A month, quarter or year.', example: '2026-Q1' });
const value = z
  .string()
  .regex(metricValue, { error: 'a decimal text with at most 18 digits on each side of the point' })
  .meta({ description: 'Decimal text, which may be negative.', example: '12.5' });

export const metricShape = z
  .object({ partnerId: z.string().min(1).max(100), name, period, value })
  .meta({ id: 'PartnerMetric' });

export const newMetric = z.strictObject(metricShape.shape).meta({ id: 'NewPartnerMetric' });

/** One figure, or many that are recorded together or not at all. */
export const metricsBody = z.union([
  newMetric,
  z.strictObject({ metrics: z.array(newMetric).min(1).max(mostMetrics) }).meta({ id: 'NewPartnerMetrics' }),
]);

export const metricsRecorded = z
  .object({ recorded: z.int().meta({ description: 'How many say something new.' }) })
  .meta({ id: 'PartnerMetricsRecorded' });

export const metricQuery = {
  partnerId: z.string().max(100).optional(),
  name: name.optional(),
  period: period.optional(),
};

/** A file of figures, named as the API names them. */
export const metricFile: CsvForm<z.output<typeof newMetric>> = {
  columns: ['partnerId', 'name', 'period', 'value'],
  bodyOf: (cells) => Object.fromEntries(cells),
  schema: newMetric,
};
