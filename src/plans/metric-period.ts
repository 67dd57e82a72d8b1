import { isPeriod } from '../program/calendar.js';

/** Whether a text names a month (`2026-03`), a quarter (`2026-Q1`) or a year (`2026`). */
export function isMetricPeriod(text: string): boolean {
  return isPeriod(text) || /^(?!0000)\d{4}(-Q[1-4])?$/.test(text);
}
