import { compareRatios, parseDecimal, type Ratio } from '../money/ratio.js';
import { assertDefined } from '../platform/assert.js';
import { fieldFault, type FieldFault } from '../platform/domain-error.js';

/** A figure about a partner in a month, quarter or year. */
export interface PartnerMetric {
  readonly partnerId: string;
  readonly name: string;
  /** `2026-03`, `2026-Q1` or `2026`. */
  readonly period: string;
  /** A decimal text, which may be negative. */
  readonly value: string;
}

/** A figure, and where it stood in a report: what its faults begin with, such as `metrics[3].`. */
export interface PlacedMetric {
  readonly place: string;
  readonly metric: PartnerMetric;
}

export const metricName = /^[A-Za-z][A-Za-z0-9_-]{0,49}$/;
/** At most 18 digits on each side of the point, so that a slip of the keyboard is told from a figure. */
export const metricValue = /^-?\d{1,18}(\.\d{1,18})?$/;
const periodPattern = /^(?!0000)\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$/;

/** Whether the text is a month, a quarter or a year. */
export function isMetricPeriod(text: string): boolean {
  return periodPattern.test(text);
}

/** What a figure is about: a later one about the same takes its place. */
export function subjectOf({ partnerId, name, period }: Omit<PartnerMetric, 'value'>): string {
  return [partnerId, name, period].join(' ');
}

/** Those of a report that say something new; of several about the same the last counts. @param known by subject */
export function freshMetrics(
  report: readonly PartnerMetric[],
  known: ReadonlyMap<string, PartnerMetric>,
): readonly PartnerMetric[] {
  const last = new Map(report.map((metric) => [subjectOf(metric), metric]));
  return [...last].flatMap(([subject, metric]) => {
    const before = known.get(subject);
    return before !== undefined && isSameValue(before.value, metric.value) ? [] : [metric];
  });
}

/** One fault for each figure about a partner that there is not. */
export function partnerFaults(report: readonly PlacedMetric[], partnerIds: ReadonlySet<string>): readonly FieldFault[] {
  return report.flatMap(({ place, metric }) => {
    if (partnerIds.has(metric.partnerId)) return [];
    return [fieldFault(`${place}partnerId`, metric.partnerId, 'the id of a partner')];
  });
}

function isSameValue(a: string, b: string): boolean {
  return compareRatios(valueOf(a), valueOf(b)) === 0;
}

function valueOf(text: string): Ratio {
  return assertDefined(parseDecimal(text) ?? undefined, 'the value of a metric is a decimal');
}
