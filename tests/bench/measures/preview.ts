import { assert } from '../../../src/platform/assert.js';
import { atMost } from '../figure.js';
import { deals, openManyPartners, partners, readEverything, type ManyPartners } from '../many-partners.js';
import type { Measure, MeasureContext } from '../measure.js';

const rounds = 3;
const mostSeconds = 10;
const mostTimes = 3;

const percent = (rate: number): string => `
plan: standard
effectiveFrom: 2026-01-01
rules:
  - { id: volume, pay: { percent: ${String(rate)}, of: amount } }
`;

/** What trying a plan on last month costs, against what reading its rows costs. */
export const preview: Measure = {
  name: 'preview',
  title: `A preview over ${deals.toLocaleString('en')} deals of ${partners.toLocaleString('en')} partners`,
  take,
};

async function take({ cleanup }: MeasureContext) {
  const program = await openManyPartners(cleanup, percent(10));
  const [seconds, reading]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    reading.push(await secondsOf(() => readEverything(program.db)));
    seconds.push(await secondsOf(() => previewOnce(program)));
  }
  return {
    figures: [
      { name: 'preview of another rate', unit: 's', values: seconds, target: atMost(mostSeconds) },
      {
        name: 'takes as long as reading the rows',
        unit: '×',
        values: seconds.map((value, index) => value / (reading[index] ?? value)),
        target: atMost(mostTimes),
      },
      { name: 'reading the rows', unit: 's', values: reading },
    ],
    notes: ['both in this process, on the same PostgreSQL, one after the other'],
  };
}

async function previewOnce({ previewPlan }: ManyPartners): Promise<void> {
  const plan = `${percent(12)}corrects: 1\n`;
  const { dealsCompared, dealsChanged } = await previewPlan({ slug: 'standard', plan, days: null, keep: 'changed' });
  assert(dealsCompared === deals && dealsChanged === deals, 'every deal to be compared, and to change');
}

async function secondsOf(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return (performance.now() - startedAt) / 1_000;
}
