import { spreadOf } from './statistics.js';

/** What the issue asks of a figure. */
export interface Target {
  readonly comparison: 'at least' | 'at most';
  readonly value: number;
}

/** One measured figure. `values` holds it once per round; the median counts. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly target?: Target;
}

export type Verdict = 'met' | 'missed' | 'no target';

export function verdictOn({ target, values }: Figure): Verdict {
  if (target === undefined) return 'no target';
  const { median } = spreadOf(values);
  const met = target.comparison === 'at least' ? median >= target.value : median <= target.value;
  return met ? 'met' : 'missed';
}

export function atLeast(value: number): Target {
  return { comparison: 'at least', value };
}

export function atMost(value: number): Target {
  return { comparison: 'at most', value };
}
