import { loadavg } from 'node:os';
import { verdictOn, type Figure } from './figure.js';
import { spreadOf } from './statistics.js';

/** What one measure found. `notes` say how it was taken where the figures alone would mislead. */
export interface Finding {
  readonly measure: string;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

const nameWidth = 58;
const valueWidth = 12;
const rangeWidth = 21;

/** The findings as a table for a person. */
export function tableOf(findings: readonly Finding[]): string {
  return findings
    .map(({ measure, figures, notes }) =>
      [`\n${measure}`, ...figures.map(rowOf), ...notes.map((note) => `    ${note}`)].join('\n'),
    )
    .join('\n');
}

function rowOf(figure: Figure): string {
  const { median, lowest, highest } = spreadOf(figure.values);
  const range = figure.values.length > 1 ? `(${readable(lowest)} to ${readable(highest)})` : '';
  const { target } = figure;
  const wanted = target === undefined ? '' : `${target.comparison} ${readable(target.value)}`;
  const verdict = verdictOn(figure);
  return [
    `  ${figure.name.padEnd(nameWidth)}`,
    `${readable(median)} ${figure.unit}`.padEnd(valueWidth),
    range.padEnd(rangeWidth),
    wanted.padEnd(valueWidth),
    verdict === 'no target' ? '' : verdict,
  ]
    .join(' ')
    .trimEnd();
}

function readable(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 });
}

/** The same for a program: one line of JSON. Load averages tell whether the machine was busy with something else. */
export function jsonOf(findings: readonly Finding[], startedAt: Date, loadBefore: number): string {
  return JSON.stringify({
    startedAt: startedAt.toISOString(),
    seconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
    load: { before: loadBefore, after: loadavg()[0] },
    findings: findings.map(({ measure, figures, notes }) => ({
      measure,
      figures: figures.map((figure) => ({ ...figure, ...spreadOf(figure.values), verdict: verdictOn(figure) })),
      notes,
    })),
  });
}
